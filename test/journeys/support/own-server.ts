import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, type EmbeddedPostgres, migrate, openDatabase, startEmbeddedPostgres } from '#platform/storage';

/** A PostgreSQL of the test's own, which it may maltreat. */
export interface OwnServer {
  readonly url: string;
  readonly database: Database;
  /** Ends it and starts it again at the same address; resolves when it takes connections. */
  restart(how: 'fast' | 'immediate' | 'kill'): Promise<void>;
  /** Ends this part of all the connections of others; answers how many there were. */
  cut(part: number): Promise<number>;
  stop(): Promise<void>;
}

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' } as const;

export async function startOwnServer(): Promise<OwnServer> {
  const home = await mkdtemp(join(tmpdir(), 'crossdock-own-'));
  await chmod(home, 0o711);
  const directory = join(home, 'state');
  const settings = { fsync: 'off' };
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ directory, settings });
  const { url } = server;
  const port = Number(new URL(url).port);
  await migrate(url);
  const database = openDatabase({ url });
  return {
    url,
    database,
    restart: async (how) => {
      const pid = Number((await readFile(join(directory, 'data/postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, signals[how]);
      await server.ended;
      await server.stop();
      server = await startEmbeddedPostgres({ directory, settings, port });
    },
    cut: async (part) => {
      const client = new pg.Client({ connectionString: url, application_name: 'the-cutter' });
      await client.connect();
      try {
        const { rowCount } = await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where backend_type = 'client backend' and pid <> pg_backend_pid() and random() < $1`,
          [part],
        );
        return rowCount ?? 0;
      } finally {
        await client.end();
      }
    },
    stop: async () => {
      await database.close();
      await server.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
    },
  };
}
