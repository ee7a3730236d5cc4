import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { createKey } from '#platform/gateway/runtime';
import { openDatabase } from '#platform/storage';
import { createRandom } from '../../simulators/kit/index.ts';
import { eventually, report } from '../../test/index.ts';
import type { Effect } from '../check/evidence.ts';
import { type AlertReceiver, openAlertReceiver } from './alert-receiver.ts';
import { type Client, createClient } from './client.ts';
import { faultyConfiguration } from './configuration.ts';
import { crashDuring, revive } from './crash.ts';
import type { DatabaseServer, OwnDatabase } from './database-server.ts';
import { createFaultBook } from './fault-book.ts';
import { compileFaultShim, createFaultShim, type FaultShim } from './fault-shim.ts';
import { isAtRest, lookAt } from './look.ts';
import { type NetworkLink, openNetworkLink } from './network-link.ts';
import { createNode, type FaultyNode } from './node.ts';
import { type FaultySystems, startFaultySystems, startSystemsWithTryton } from './outside.ts';
import type { OwnServer } from './own-server.ts';
import type { Scenario, Stage } from './scenario.ts';
import { openTcpProxy } from './tcp-proxy.ts';
import { world } from './world.ts';

export interface StageOptions {
  readonly seed: number;
  readonly nodes: number;
  readonly isShort: boolean;
  /** The folder of a Tryton's state: it is the ERP then. */
  readonly trytonHome?: string;
  /** More of each node's command line and environment: how the seeded bugs get in. */
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How long orders, and the client, may take at the most, ms. Default 60 000, with a Tryton 180 000: it is one slow process. */
  readonly patienceMs?: number;
  /** Compiled source of all stages of a run. */
  readonly compileCache: string;
  /** The server is the scenario's own, on this ground. */
  readonly own?: OwnServer;
}

/** An open stage, with what only the runner may know of it. */
export interface OpenStage extends Stage {
  readonly allSystems: FaultySystems;
  /** What was reported by hand, in a warehouse's name. */
  readonly byHand: () => readonly Effect[];
  /** Breaches of what the scenario demanded, and what went wrong by itself. */
  readonly breaches: () => readonly string[];
  readonly retries: () => number;
  /** What the scenario measured. */
  readonly figures: () => Readonly<Record<string, number | string>>;
  close(): Promise<void>;
}

/** One that the scenario's setting asked for. */
function given<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the scenario's setting asks for no ${what}`);
  return value;
}

const scopes = ['orders:read', 'orders:write', 'orders:release-holds', 'orders:read-all'];
const defaultLeaseMs = 2_000;
const usualEngine = { sweepMs: 500, breakerCoolMs: 200, timerTickMs: 100, graceMs: 2_000 };

/** Starts everything that a scenario needs; when something does not start, the rest is ended and its reason thrown. */
export async function openStage(server: DatabaseServer, scenario: Scenario, options: StageOptions): Promise<OpenStage> {
  const isTryton = options.trytonHome !== undefined;
  const { seed, isShort, patienceMs = isTryton ? 180_000 : 60_000 } = options;
  const setting = scenario.setting ?? {};
  const leaseMs = setting.engine?.leaseMs ?? defaultLeaseMs;
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-faults-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const breaches: string[] = [];
  const byHand: Effect[] = [];
  const faults = createFaultBook();
  const random = createRandom(seed);
  const nodes: FaultyNode[] = [];
  const figures: Record<string, number | string> = {};
  const shims: FaultShim[] = [];
  const links: NetworkLink[] = [];
  let receiver: AlertReceiver | undefined;
  let retried = 0;
  let isOver = false;

  const close = async (): Promise<void> => {
    isOver = true;
    // One that does not end must not keep the others from ending.
    for (const end of ends.splice(0).reverse()) await end().catch(() => undefined);
  };

  async function listenToAlerts(): Promise<object | undefined> {
    if (setting.alertRules === undefined) return undefined;
    receiver = await openAlertReceiver();
    ends.push(receiver.close);
    const secretFile = join(directory, 'alerts.secret');
    await writeFile(secretFile, `whsec_${Buffer.alloc(24, 'faults').toString('base64')}`, { mode: 0o600 });
    return receiver.settings(setting.alertRules, secretFile);
  }

  async function build(): Promise<{ systems: FaultySystems; client: Client; own: OwnDatabase }> {
    const own = await server.database();
    ends.push(() => own.drop());
    const systems =
      options.trytonHome === undefined
        ? await startFaultySystems(directory, world)
        : await startSystemsWithTryton(directory, world, options.trytonHome);
    ends.push(() => systems.stop());
    const alerts = await listenToAlerts();
    const configuration = await faultyConfiguration(systems, directory, { setting, isTryton, alerts });
    const database = openDatabase({ url: own.url, poolSize: 1 });
    const { key: apiKey } = await createKey(database, { consumer: 'shop', scopes });
    await database.close();
    const library = setting.nodeClocks === undefined ? undefined : await compileFaultShim(directory);
    for (let place = 1; place <= options.nodes; place += 1) {
      if (setting.networkLinks !== undefined) {
        const link = await openNetworkLink(server, directory, place);
        links.push(link);
        ends.push(link.close);
      }
      if (library !== undefined) shims.push(await createFaultShim(library, join(directory, `node-${place}.shim`)));
      const proxy = await openTcpProxy(links.at(-1)?.target ?? server);
      const url = new URL(own.url);
      url.port = String(proxy.port);
      const node = createNode({
        name: `node-${place}`,
        directory,
        database: proxy,
        start: {
          databaseUrl: url.href,
          configuration,
          execArgv: [...(setting.execArgv ?? []), ...(options.execArgv ?? [])],
          env: { NODE_COMPILE_CACHE: options.compileCache, ...shims.at(-1)?.env, ...options.env },
        },
        engine: { ...usualEngine, leaseMs, ...setting.engine },
        poolSize: setting.poolSize ?? 10,
        ...(setting.plan === undefined ? {} : { plan: setting.plan }),
        ...(setting.evidence === undefined ? {} : { evidence: join(directory, 'evidence') }),
        apiKey,
        endedByItself: (name, how) => {
          breaches.push(`${name} ended by itself with ${how}`);
          // As a supervisor would, so that one defect shows as one finding.
          if (!isOver)
            node.start().catch((thrown: unknown) => breaches.push(`${name} does not start: ${String(thrown)}`));
        },
      });
      nodes.push(node);
      ends.push(async () => {
        await node.stop();
        await proxy.close();
      });
    }
    const ledgerFile = join(directory, 'client.ledger.jsonl');
    const client = createClient({ nodes, apiKey, ledgerFile, patienceMs, isOver: () => isOver });
    ends.push(() => client.close());
    await Promise.all(nodes.map((node) => node.start()));
    return { systems, client, own };
  }

  const built = await build().catch(async (thrown: unknown) => {
    await close();
    throw thrown;
  });
  const { systems, client, own } = built;

  const stage: OpenStage = {
    seed,
    random,
    isShort,
    leaseMs,
    nodes,
    node: (place) => {
      const found = nodes[place];
      if (found === undefined) throw new Error(`the scenario needs ${place + 1} nodes; give --nodes ${place + 1}`);
      return found;
    },
    systems,
    isTryton,
    client,
    faults,
    ownDatabase: own,
    allSystems: systems,
    byHand: () => byHand,
    breaches: () => breaches,
    retries: () => retried,
    figures: () => figures,
    close,

    submit: (lines, choices) => client.submit(lines, choices),
    submitMany: (count, lines, choices) =>
      Promise.all(Array.from({ length: count }, (_, place) => client.submit(lines(place), choices))),
    atRest: async (orderNumbers, withinMs = patienceMs) => {
      const left = new Set(orderNumbers);
      await eventually(
        'every order to be at an end',
        async () => {
          for (const orderNumber of left) {
            if (!(await isAtRest(client, orderNumber))) return undefined;
            left.delete(orderNumber);
          }
          return true;
        },
        { withinMs, soFar: async () => `Still open: ${[...left].join(', ')}` },
      );
    },
    reaches: async (orderNumber, states, withinMs = 30_000) => {
      await eventually(
        `order ${orderNumber} to be ${states.join(' or ')}`,
        async () => {
          const order = await lookAt(client, orderNumber);
          return order !== undefined && states.includes(order.state) ? order : undefined;
        },
        { withinMs },
      );
    },
    insist: (call) => client.insist(call),
    eventually: (what, ask, withinMs = 30_000) => eventually(what, ask, { withinMs }),

    crash: (plan, work, revival = 'at once') =>
      crashDuring({ nodes, faults, leaseMs, failed: (what) => void breaches.push(what) }, plan, work, revival),
    killNode: async (node, revival = 'at once') => {
      await node.kill();
      faults.fired(`kill -9 ${node.name}`);
      await revive(node, revival, leaseMs);
    },
    pauseNode: async (node, milliseconds) => {
      node.pause();
      faults.fired(`${node.name} stands still`);
      await wait(milliseconds);
      node.resume();
    },
    restartDatabase: async (how) => {
      const broken = await server.ask('select 1 from pg_stat_activity where datname = $1', [own.name]);
      await server.restart(how);
      faults.fired(`PostgreSQL restarted: ${how}`);
      return broken.length;
    },
    terminateConnections: async (most) => {
      const rows = await server.ask(
        `select pg_terminate_backend(pid) from (
           select pid from pg_stat_activity where datname = $1 order by md5(pid::text || $2) limit $3) as chosen`,
        [own.name, String(random()), most],
      );
      if (rows.length > 0) faults.fired('connections terminated');
      return rows.length;
    },
    offline: (work) => server.offline(work),
    askDatabase: (statement, values) => server.ask(statement, values),
    disk: () => given(options.own?.disk, 'disk'),
    serverShim: () => given(options.own?.shim, 'shim in its server'),
    nodeShim: (place) => given(shims[place], 'clocks of nodes'),
    link: (place) => given(links[place], 'network links'),
    cutPower: async () => {
      await given(options.own, 'server of its own').cutPower();
      faults.fired('the power of PostgreSQL and its disk is cut');
    },
    superviseDatabase: () => server.supervise(),
    exhaustConnections: async () => {
      const taken: pg.Client[] = [];
      for (let isFull = false; !isFull; ) {
        const one = new pg.Client({ connectionString: own.url });
        one.on('error', () => undefined);
        isFull = await one.connect().then(
          () => false,
          () => true,
        );
        if (!isFull) taken.push(one);
      }
      faults.fired(`every connection taken`);
      return async () => {
        await Promise.all(taken.map((one) => one.end().catch(() => undefined)));
      };
    },

    dial: async (system, changes) => {
      await systems[system].dial(changes);
      faults.fired(`${system} ${JSON.stringify(changes)}`);
    },
    script: (system, list) => systems[system].script(list),
    reportByHand: async (shipment) => {
      const fulfilmentNumber = `${shipment.orderNumber}-NORTH-1`;
      const advice = { ...shipment, fulfilmentNumber, item: 'HEART' };
      const name = await report(systems.north.seen, advice);
      const isKnown = byHand.some(({ shipmentNumber }) => shipmentNumber === shipment.shipmentNumber);
      if (!isKnown) {
        const lines = [{ line: 1, item: 'HEART', quantity: shipment.shipped }];
        const { purchaseOrder, shipmentNumber } = shipment;
        const at = new Date().toISOString();
        byHand.push({
          at,
          system: 'wms-NORTH',
          kind: 'shipped',
          fulfilmentNumber,
          purchaseOrder,
          shipmentNumber,
          isByHand: true,
          lines,
        });
      }
      return name;
    },
    cancel: async (orderNumber, reason) => {
      await client.callOff(orderNumber);
      await client.insist(async (api) => {
        const { status, json } = await api.cancel(orderNumber, reason);
        if (status >= 500) throw new Error(`the cancellation was answered ${status}: ${JSON.stringify(json)}`);
      });
    },
    ledger: (system) => systems[system].ledger(),

    must: (what, holds) => {
      if (!holds) breaches.push(what);
    },
    retried: (times) => {
      retried += times;
    },
    alerts: () => receiver?.told() ?? [],
    figure: (name, value) => {
      figures[name] = value;
    },
  };
  return stage;
}
