import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedPostgres, migrate, startEmbeddedPostgres } from '#platform/storage';

/** How a PostgreSQL ends: orderly, without a checkpoint, or without knowing it. */
export type RestartHow = 'fast' | 'immediate' | 'kill';

/** A fresh, migrated database of the server. */
export interface OwnDatabase {
  readonly name: string;
  readonly url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** The PostgreSQL of a run of the harness: durable as in production, and ended and started at will. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  /** A copy of the migrated template. */
  database(): Promise<OwnDatabase>;
  /** Resolves when it takes connections again. */
  restart(how: RestartHow): Promise<void>;
  /** Ends it orderly, has its data folder worked on, and starts it again. */
  offline(work: (dataFolder: string) => Promise<void>, how?: RestartHow): Promise<void>;
  /** Starts it again when it has ended by itself; answers whether it had. Throws when it does not start. */
  supervise(): Promise<boolean>;
  /** As somebody with the right to look at everything: for breaking things, never for judging them. */
  ask<Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  stop(): Promise<void>;
}

const template = 'faults_template';
const signals = { fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' } as const satisfies Record<RestartHow, string>;

/** The server's own processes, e.g. its back ends. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.trim() === '' ? [] : text.trim().split(' ').map(Number);
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** What it is started with beyond the usual. */
export interface DatabaseServerOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** More of its environment: what is preloaded into it. */
  readonly env?: Readonly<Record<string, string>>;
}

/** It inherits what we have: nothing is started beside it meanwhile. */
async function withEnvironment<Value>(
  env: Readonly<Record<string, string>>,
  work: () => Promise<Value>,
): Promise<Value> {
  Object.assign(process.env, env);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
  }
}

/** Starts it in `directory`, with a migrated template. */
export async function startDatabaseServer(
  directory: string,
  { settings: more = {}, env = {} }: DatabaseServerOptions = {},
): Promise<DatabaseServer> {
  const settings = { max_connections: '120', shared_buffers: '128MB', ...more };
  let hasEnded = false;
  const launch = async (port?: number): Promise<EmbeddedPostgres> => {
    const launched = await withEnvironment(env, () =>
      startEmbeddedPostgres({ directory, settings, ...(port === undefined ? {} : { port }) }),
    );
    hasEnded = false;
    void launched.ended.then(() => {
      hasEnded = true;
    });
    return launched;
  };
  let server = await launch();
  const { hostname: host, port } = new URL(server.url);

  async function ask<Row extends pg.QueryResultRow>(
    statement: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: server.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(statement, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async function start(): Promise<void> {
    server = await launch(Number(port));
  }

  async function end(how: RestartHow): Promise<void> {
    const pid = Number((await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    const children = await childrenOf(pid);
    process.kill(pid, signals[how]);
    await server.stop();
    // Back ends that outlive their postmaster still write: another server on the same data would be a second one.
    for (const until = performance.now() + 10_000; children.some(isThere) && performance.now() < until; )
      await wait(10);
  }

  try {
    await ask(`create database ${template}`);
    await migrate(withDatabase(server.url, template));
  } catch (thrown) {
    await server.stop();
    throw thrown;
  }
  return {
    host,
    port: Number(port),
    database: async () => {
      const name = `faults_${randomBytes(6).toString('hex')}`;
      await ask(`create database ${name} template ${template} strategy file_copy`);
      return {
        name,
        url: withDatabase(server.url, name),
        drop: async () => {
          await ask(`drop database if exists ${name} with (force)`);
        },
      };
    },
    restart: async (how) => {
      await end(how);
      await start();
    },
    supervise: async () => {
      if (!hasEnded) return false;
      await server.stop();
      await start();
      return true;
    },
    offline: async (work, how = 'fast') => {
      await end(how);
      try {
        await work(join(directory, 'data'));
      } finally {
        await start();
      }
    },
    ask,
    stop: () => server.stop(),
  };
}
