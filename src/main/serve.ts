import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineOptions } from '#platform/engine/runtime';
import { createLog } from '#platform/telemetry';
import { ConfigurationRefused, readConfiguration } from './configuration.ts';
import { NodeNameRefused } from './node-name.ts';
import { startPlatform } from './platform.ts';
import { openState } from './state.ts';

const usage = `npm run serve -- --config FILE [--port N] [--host ADDRESS] [--node NAME] [--pool N] [--drain SECONDS]
                 [--after-restore FROM] [--nothing-lost] [--allow-stranded]
  --config  the installation: systems, routing, sites (see docs/configuration.md)
  --port    HTTP port; default PORT or 8080; 0 takes a free one
  --host    address to bind; default 127.0.0.1
  --node    this node's name, when several run on one database; default the first of node-1, node-2, … that is free
  --pool    connections to the database at most; default 20 (see docs/several-nodes.md)
  --drain   how long open connections are given when it stops, seconds; default 5
  --after-restore   the database was restored and knows nothing after FROM, e.g. 2026-03-01T09:30:00Z: what may have been done
                    since then is asked about before it is sent (see docs/decisions/0006-after-a-restore.md)
  --nothing-lost    the database looks restored or failed over, and yet it has lost nothing
  --allow-stranded  start although unfinished runs have a version of their flow that is unknown here, or changed
Start it several times, each on a port of its own, and the nodes share the work.
Environment: DATABASE_URL (any PostgreSQL from 15 on; default an embedded one under .crossdock/), PORT, LOG_LEVEL,
OTEL_EXPORTER_OTLP_ENDPOINT (a collector for traces; see docs/observability.md)`;

/** What was written on the command line cannot be used. */
class UsageRefused extends Error {}

interface Arguments {
  readonly config: string;
  readonly port: number;
  readonly host: string;
  readonly node?: string;
  readonly pool: number;
  readonly drainMs: number;
  readonly history: NonNullable<EngineOptions['history']>;
  readonly allowStranded: boolean;
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageRefused(`${name} ${text}: give a whole number from ${least} to ${most}`);
}

function readArguments(): Arguments {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  const { values } = parseArgs({
    options: {
      config: text,
      port: text,
      host: text,
      node: text,
      pool: text,
      drain: text,
      'after-restore': text,
      'nothing-lost': yes,
      'allow-stranded': yes,
    },
  });
  if (values.config === undefined) throw new UsageRefused('--config is missing');
  return {
    config: values.config,
    port: whole('--port or PORT', values.port ?? process.env.PORT ?? '8080', 0, 65_535),
    host: values.host ?? '127.0.0.1',
    ...(values.node === undefined ? {} : { node: values.node }),
    // Fewer than eight and the engine waits for itself.
    pool: whole('--pool', values.pool ?? '20', 8, 500),
    drainMs: whole('--drain', values.drain ?? '5', 0, 600) * 1_000,
    history: declaredHistory(values['after-restore'], values['nothing-lost'] === true),
    allowStranded: values['allow-stranded'] === true,
  };
}

function declaredHistory(from: string | undefined, isNothingLost: boolean): Arguments['history'] {
  const evidence = join('.crossdock', 'evidence');
  if (from === undefined) return isNothingLost ? { evidence, declared: 'nothing-lost' } : { evidence };
  const at = Date.parse(from);
  if (isNothingLost) throw new UsageRefused('--after-restore and --nothing-lost: give one of them');
  if (!/^\d{4}-\d\d-\d\dT/.test(from) || Number.isNaN(at) || at > Date.now())
    throw new UsageRefused(`--after-restore ${from}: give a moment of the past, e.g. 2026-03-01T09:30:00Z`);
  return { evidence, declared: { from: new Date(at).toISOString() } };
}

/** So long it may take to stop, beyond the time that open connections are given. */
const stopWithinMs = 30_000;

async function serve(): Promise<void> {
  const { config, port, host, node, pool, drainMs, history, allowStranded } = readArguments();
  const configuration = readConfiguration(config);
  const log = createLog({ level: process.env.LOG_LEVEL ?? 'info' });
  const state = await openState({
    databaseUrl: process.env.DATABASE_URL,
    directory: '.crossdock',
    poolSize: pool,
    log: (event, details) => log.info({ event, ...details }, event),
  });
  const engine = { history, allowStranded, ...(node === undefined ? {} : { node }) };
  const needs = { file: config, configuration, database: state.database, log };
  // When it does not start the process ends, and with it all that it has begun.
  const observation = { otlpEndpoint: process.env.OTEL_EXPORTER_OTLP_ENDPOINT };
  const platform = await startPlatform(needs, { port, host, engine, gateway: { drainMs }, observation });
  log.info({ url: platform.url, node: platform.node }, 'Crossdock is up');
  if (!(await platform.people.isAnybodyThere())) {
    log.warn('nobody can sign in yet: npm run people -- add USER --name NAME --role administrator makes the first');
  }
  const stop = async (): Promise<void> => {
    await platform.stop();
    await state.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A second time means now.
    process.once(signal, () => {
      process.once(signal, () => process.exit(130));
      // Unlike a supervisor's patience, a database that is away has no end: what is written is taken over, as after a crash.
      setTimeout(() => {
        log.fatal({ node: platform.node }, 'it could not stop in order; this node ends as it is');
        process.exit(1);
      }, drainMs + stopWithinMs).unref();
      void stop().then(() => process.exit(0));
    });
  }
  await platform.replaced;
  log.fatal(
    { node: platform.node },
    'another process has taken the name of this node, or the database went back under it; this one ends',
  );
  process.exit(1);
}

function advice(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE')
    return `${thrown.message}: another program listens there, perhaps another node; give --port`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

try {
  await serve();
} catch (thrown) {
  process.stderr.write(`${advice(thrown)}\n`);
  const isUsage = thrown instanceof UsageRefused || (thrown instanceof TypeError && 'code' in thrown);
  if (isUsage && !(thrown instanceof ConfigurationRefused) && !(thrown instanceof NodeNameRefused))
    process.stderr.write(`\n${usage}\n`);
  process.exit(1);
}
