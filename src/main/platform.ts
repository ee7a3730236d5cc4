import type { Logger } from 'pino';
import { type DoorCatalogue, type OrdersNeeds, ordersV1 } from '#business/apis/orders/v1';
import { fulfilment, orderNews, orderToCash } from '#business/flows';
import { crmNewsReadsTypes, inboundRoutes } from '#business/reactions';
import { connectors } from '#connectivity/connectors';
import { Catalogue, Stock } from '#model/capabilities';
import { createBackbone } from '#platform/backbone';
import { createEngine, type Engine, type EngineOptions, type Log } from '#platform/engine/runtime';
import { effectStandings, quarantineMessage } from '#platform/exceptions';
import { createGateway, createNumbers, type GatewayOptions } from '#platform/gateway/runtime';
import { createInventory } from '#platform/inventory';
import { convert, createMasterdata } from '#platform/masterdata';
import type { Database } from '#platform/storage';
import { routingFailures } from './capabilities/check-routing.ts';
import { ownCapabilities } from './capabilities/own.ts';
import { createProviders } from './capabilities/providers.ts';
import { keepCatalogueFresh } from './catalogue.ts';
import { type ConfigurationFile, ConfigurationRefused } from './configuration.ts';
import { acceptReadings } from './feeds/accept-reading.ts';
import { feedCursor } from './feeds/feed-cursors.ts';
import { runFeed } from './feeds/run-feed.ts';
import { createIntake } from './intake.ts';
import { platformMetrics } from './metrics.ts';
import { reactTo } from './react.ts';
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
}

/** A running Crossdock. */
export interface Platform {
  readonly url: string;
  readonly engine: Engine;
  /** Ends gracefully: takes no more, finishes what is under way. */
  stop(): Promise<void>;
}

/** CRMs send won opportunities; whatever else feeds orders sends files. */
const channelOf = (configuration: ConfigurationFile, instance: string): 'crm' | 'file' =>
  configuration.routing.some((rule) => rule.capability === 'opportunities' && rule.instance === instance)
    ? 'crm'
    : 'file';

const defaultCatalogueRhythmSeconds = 300;

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
  const flows = [orderToCash, fulfilment, orderNews];
  const wrong = routingFailures({ systems, own, rules, flows, others: [Catalogue.name, Stock.name] });
  if (wrong.length > 0) throw new ConfigurationRefused(file, wrong);
  const providers = createProviders(systems, own, rules);

  const catalogue = await keepCatalogueFresh(
    { providers, masterdata, inventory, sites: configuration.sites },
    (configuration.catalogueRhythmSeconds ?? defaultCatalogueRhythmSeconds) * 1_000,
    note,
  );
  const backbone = createBackbone({ database, log: note });
  const engine = await createEngine({ database, flows, providers, log: note, onFacts: backbone.wake }, options.engine);
  backbone.subscribe({ name: 'reactions', types: crmNewsReadsTypes, handle: reactTo(engine) });

  const numbers = createNumbers(database, { series: 'order' });
  const intake = createIntake({
    engine,
    numbers,
    catalogue: door,
    quarantine: async (instance, message) => {
      await quarantineMessage(database, { source: instance, ...message });
    },
    knowsCustomers: () => masterdata.size().customers > 0,
    channelOf: (instance) => channelOf(configuration, instance),
  });
  const accept = acceptReadings(inboundRoutes, intake);
  const feeds = systems.flatMap(({ instance, connection }) =>
    connection.feeds.map((feed) =>
      runFeed(`${instance}/${feed.name}`, feed, {
        cursor: feedCursor(database, instance, feed.name),
        accept: (reading) => accept(instance, reading),
        log: note,
      }),
    ),
  );

  const registry = platformMetrics({ engine, database, feeds });
  const ordersNeeds: OrdersNeeds = {
    engine,
    numbers,
    catalogue: door,
    effectStandings: (keys) => effectStandings(database, keys),
  };
  const gateway = createGateway(
    { apis: [ordersV1], needs: ordersNeeds, database, log, metrics: { registry } },
    {
      ...options.gateway,
      checks: {
        catalogue: async () => {
          if (masterdata.size().customers === 0) throw new Error('customers have not been read yet');
        },
      },
    },
  );
  const { url } = await gateway.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });

  return {
    url,
    engine,
    async stop() {
      await gateway.close();
      await Promise.all([...feeds.map((feed) => feed.stop()), catalogue.stop()]);
      await backbone.close();
      await engine.stop();
      await masterdata.close();
      await Promise.all(systems.map(({ connection }) => connection.close()));
    },
  };
}
