import { join } from 'node:path';
import type { Logger } from 'pino';
import type { DoorCatalogue } from '#business/apis/orders/v1';
import { customerNotices, fulfilment, orderNews, orderToCash } from '#business/flows';
import { crmNewsReadsTypes, inboundRoutes } from '#business/reactions';
import { connectors } from '#connectivity/connectors';
import { Catalogue, Stock } from '#model/capabilities';
import { systemClock } from '#model/kernel';
import { createBackbone } from '#platform/backbone';
import { createEngine, type Engine, type EngineOptions, type Log, type Loss } from '#platform/engine/runtime';
import { closeReplacedMessages, effectStandings, quarantineMessage } from '#platform/exceptions';
import { createGateway, createNumbers, type GatewayOptions } from '#platform/gateway/runtime';
import type { PeopleDesk } from '#platform/identity';
import { createInventory } from '#platform/inventory';
import { convert, createMasterdata } from '#platform/masterdata';
import { createLeadership, type Database } from '#platform/storage';
import { databaseClock, jumpNumbers, recallingNumbers } from './after-restore.ts';
import { readAlerts } from './alerts.ts';
import { keepWatch } from './alerts-watch.ts';
import { type ApiNeeds, apis } from './apis.ts';
import { openApprovals } from './approvals.ts';
import { approvalPolicy } from './approvals-settings.ts';
import { openAuditBook } from './audit-book.ts';
import { createCalendars } from './calendars.ts';
import { routingFailures } from './capabilities/check-routing.ts';
import { ownCapabilities } from './capabilities/own.ts';
import { createProviders } from './capabilities/providers.ts';
import { openCaseDesks } from './cases.ts';
import { keepCatalogueFresh } from './catalogue.ts';
import { type ConfigurationFile, ConfigurationRefused } from './configuration.ts';
import { noticePreferences } from './customer-notices.ts';
import { expireClaims } from './expire-claims.ts';
import { declaredFeeds, feedFailures } from './feeds/declared-feeds.ts';
import { createFeedBook } from './feeds/feed-book.ts';
import { feedCursor } from './feeds/feed-cursors.ts';
import { createFeedDesk } from './feeds/feed-desk.ts';
import { createMessageDoor } from './feeds/message-door.ts';
import { runFeed } from './feeds/run-feed.ts';
import { openFigures } from './figures.ts';
import { openIdentity } from './identity.ts';
import { readOidc } from './identity-settings.ts';
import { createIntake } from './intake.ts';
import { openLetters } from './letters.ts';
import { openLive } from './live.ts';
import { takeNodeName } from './node-name.ts';
import { beginObservation, type ObservationOptions } from './observation.ts';
import { auditOrders } from './order-audit.ts';
import { orderLists } from './order-lists.ts';
import { productCatalogue } from './products.ts';
import { keepProgress } from './progress.ts';
import { reactions } from './react.ts';
import { openReplays } from './replays.ts';
import { resolveSecret } from './secrets.ts';
import { connectSystems } from './systems.ts';

export interface PlatformNeeds {
  /** The configuration's file name, for messages. */
  readonly file: string;
  readonly configuration: ConfigurationFile;
  readonly database: Database;
  readonly log: Logger;
}

export interface PlatformOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly engine?: EngineOptions;
  readonly gateway?: GatewayOptions;
  readonly observation?: ObservationOptions;
}

/** A running Crossdock. */
export interface Platform {
  readonly url: string;
  /** Its name among the nodes of the installation. */
  readonly node: string;
  readonly engine: Engine;
  /** Who may sign in. */
  readonly people: PeopleDesk;
  /**
   * Resolves when another process has taken this node's name, or the database went back under it: the engine has ended, and the process
   * is of no more use.
   */
  readonly replaced: Promise<void>;
  /** Ends gracefully: takes no more, finishes what is under way. */
  stop(): Promise<void>;
}

/** CRMs send won opportunities; whatever else feeds orders sends files. */
const channelOf = (configuration: ConfigurationFile, instance: string): 'crm' | 'file' =>
  configuration.routing.some((rule) => rule.capability === 'opportunities' && rule.instance === instance)
    ? 'crm'
    : 'file';

/** How patient subscribers are with facts that they cannot take. */
const triesOf = ({ messages: { attempts } = {} }: ConfigurationFile) => (attempts === undefined ? {} : { attempts });

const defaultCatalogueRhythmSeconds = 300;

/** A node that could write nothing for so long is not ready, ms. */
const mostStuckMs = 2_000;

const builtConsole = join(import.meta.dirname, '../../console/dist');

/**
 * Wires the rooms and starts them: systems, master data and stock, engine, reactions, feeds, and last the gateway. Throws
 * `ConfigurationRefused` when the configuration cannot be used.
 */
export async function startPlatform(needs: PlatformNeeds, options: PlatformOptions = {}): Promise<Platform> {
  const { file, configuration, database, log } = needs;
  const note: Log = (event, details) => log.info({ event, ...details }, event);
  const systems = connectSystems(file, configuration.systems, connectors, note);
  const masterdata = await createMasterdata({ database });
  const door: DoorCatalogue = { customer: masterdata.customer, item: masterdata.item, convert };
  const inventory = createInventory({ database });
  const own = ownCapabilities(inventory, masterdata);
  const rules = configuration.routing;
  const notices = configuration.customerNotices;
  // Who tells nobody needs no mail server.
  const flows = [orderToCash, fulfilment, orderNews, ...(notices === undefined ? [] : [customerNotices])];
  const wrong = [
    ...routingFailures({ systems, own, rules, flows, others: [Catalogue.name, Stock.name] }),
    ...feedFailures(configuration, systems),
  ];
  if (wrong.length > 0) throw new ConfigurationRefused(file, wrong);
  const providers = createProviders(systems, own, rules);
  const calendars = createCalendars(configuration);
  const plan = readAlerts(configuration.alerts, Object.keys(calendars.byName), resolveSecret);
  if (!plan.ok) throw new ConfigurationRefused(file, plan.failures);
  const provider = readOidc(configuration.identity, configuration.sites, resolveSecret);
  if (!provider.ok) throw new ConfigurationRefused(file, provider.failures);

  const leadership = createLeadership(database, note);
  const { lead } = leadership;
  const node = await takeNodeName(leadership, options.engine?.node);
  const observation = await beginObservation({ file, configuration, node, log: note }, options.observation);
  const catalogue = await keepCatalogueFresh(
    { providers, masterdata, inventory, sites: configuration.sites, lead },
    (configuration.catalogueRhythmSeconds ?? defaultCatalogueRhythmSeconds) * 1_000,
    note,
  );
  const backbone = createBackbone({ database, log: note });
  const replaced = Promise.withResolvers<void>();
  const history = {
    otherClock: databaseClock(database),
    onLoss: (loss: Loss) => jumpNumbers(database, loss),
    onDatabaseReplaced: () => replaced.resolve(),
  };
  const progress = keepProgress({ database, flows, lead, log: note, stayed: observation.stayed });
  const engine = await createEngine(
    {
      database,
      flows,
      providers,
      lanes: systems,
      log: note,
      onFacts: backbone.wake,
      onAdvanced: (advanced) => {
        progress.advanced(advanced);
        observation.advanced(advanced);
      },
      watch: observation.watch,
      onReplaced: replaced.resolve,
      ...history,
    },
    { calendar: calendars.deadlines, ...options.engine, node },
  );
  backbone.subscribe({
    name: 'reactions',
    types: crmNewsReadsTypes,
    ...reactions(engine, database, noticePreferences(notices)),
    patience: triesOf(configuration),
  });

  const numbers = recallingNumbers(createNumbers(database, { series: 'order' }), engine);
  const intake = createIntake({
    engine,
    numbers,
    catalogue: door,
    quarantine: async (message) => {
      await quarantineMessage(database, message);
    },
    taken: async (instance, ids) => {
      await closeReplacedMessages(database, instance, ids);
    },
    knowsCustomers: () => masterdata.size().customers > 0,
    channelOf: (instance) => channelOf(configuration, instance),
  });
  const messageDoor = createMessageDoor(inboundRoutes, intake);
  const feedBook = createFeedBook({ database, node, clock: systemClock, log: note });
  const feedDesk = createFeedDesk(database, declaredFeeds(configuration, systems));
  const feeds = systems.flatMap(({ instance, connection }) =>
    connection.feeds.map((feed) =>
      runFeed(`${instance}/${feed.name}`, feed, {
        cursor: feedCursor(database, instance, feed.name),
        accept: (reading) => messageDoor.accept(instance, reading),
        page: feedBook.page(instance, feed.name),
        log: note,
        lead,
      }),
    ),
  );

  const expiry = lead('expire-claims', (signal) => expireClaims({ inventory, log: note }, signal));

  const { caseHours = {}, mostEscalations } = configuration.deadlines ?? {};
  const watch = keepWatch({
    database,
    lead,
    plan: plan.value,
    calendars,
    feeds: systems.flatMap(({ instance, connection }) =>
      connection.feeds.map(({ name, sync }) => ({ feed: `${instance}/${name}`, rhythmMs: sync.rhythmMs })),
    ),
    escalation: { patience: caseHours, ...(mostEscalations === undefined ? {} : { mostLevels: mostEscalations }) },
    log: note,
    traceparent: observation.alerts,
  });

  const calendar = calendars.deadlines;
  const settings = configuration.messages ?? {};
  const letters = openLetters({ database, backbone, door: messageDoor, lead, calendar, settings, log: note });
  const replays = openReplays({ database, backbone, persons: settings.replayPersons, log: note });
  const desks = openCaseDesks({
    ...{ database, engine, flows, letters: letters.desk, calendar, patience: caseHours, node },
    log: note,
  });

  const subscribers = [{ name: 'reactions', types: crmNewsReadsTypes }];
  observation.measure({ engine, database, feeds, feedDesk, subscribers, summary: progress.summary });
  const entrance = openIdentity({ database, provider: provider.value, lead, log: note });
  const { people, door: peopleDoor, proveBearer: tokens } = entrance.identity;
  const orderAudit = auditOrders(database);
  const second = openApprovals({
    ...{ database, engine, orderAudit, lead, log: note },
    policy: approvalPolicy(configuration.approvals),
    desks: desks.needs,
  });
  const live = openLive({
    ...{ database, progress, engine, feeds: feedDesk.feeds, approvals: second.approvals, log: note },
  });
  const figures = openFigures({ database, flows, configuration, lead, log: note });
  const apiNeeds: ApiNeeds = {
    ...figures.needs,
    ...openAuditBook(database),
    ...productCatalogue(),
    live,
    approvals: second.approvals,
    people,
    sites: configuration.sites,
    laneDesk: engine,
    feedDesk,
    ...desks.needs,
    ...replays.needs,
    engine,
    numbers,
    catalogue: door,
    orderAudit,
    effectStandings: (keys) => effectStandings(database, keys),
    lists: orderLists({ database, engine, providers, configuration }),
  };
  const gateway = createGateway(
    {
      apis,
      ...{ needs: apiNeeds, database, log, metrics: { registry: observation.registry }, trace: observation.requests },
      ...{ people: peopleDoor, ...(tokens === undefined ? {} : { tokens }) },
    },
    {
      ...(configuration.identity?.publicUrl === undefined ? {} : { publicUrl: configuration.identity.publicUrl }),
      trustedProxies: configuration.trustedProxies ?? [],
      console: { directory: builtConsole },
      ...options.gateway,
      checks: {
        catalogue: async () => {
          if (masterdata.size().customers === 0) throw new Error('customers have not been read yet');
        },
        node: async () => {
          const { isReplaced, holdsLease, stuckMs } = engine.health();
          if (isReplaced || !holdsLease || stuckMs > mostStuckMs) throw new Error('this node cannot work');
        },
      },
    },
  );
  const { url } = await gateway.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });

  return {
    url,
    node,
    engine,
    people,
    replaced: replaced.promise,
    async stop() {
      await Promise.all([
        gateway.close(),
        ...[...feeds, catalogue, expiry, watch, letters, replays, desks, second, entrance, figures].map((each) =>
          each.stop(),
        ),
      ]);
      await feedBook.stop();
      await backbone.close();
      await engine.stop();
      await observation.close();
      await progress.stop();
      await masterdata.close();
      // Last: until here the name is ours.
      await leadership.close();
      await Promise.all(systems.map(({ connection }) => connection.close()));
    },
  };
}
