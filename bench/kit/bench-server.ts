import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#platform/storage';
import { compileFsyncShim } from './fsync-shim.ts';
import { familyCpuMs, parentOf } from './process-cpu.ts';

/** What the server has used since it started. */
export interface Usage {
  readonly walBytes: number;
  readonly fsyncs: number;
  readonly cpuMs: number;
}

/** A durable PostgreSQL of the bench's own, with the product's settings. */
export interface BenchServer {
  /** Makes an empty database and answers its address. */
  createDatabase(name: string): Promise<string>;
  usage(): Promise<Usage>;
  /** A connection for looking, and for what the bench does itself. */
  readonly client: pg.Client;
  /** Fsyncs are counted at the system call; else as the server's own statistics tell, which are a second late. */
  readonly countsExactly: boolean;
  stop(): Promise<void>;
}

/** More than the product's 100, for pools of 128. */
const settings = { max_connections: '300' };

const statistics = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as wal,
  (select coalesce(sum(fsyncs), 0)::float8 from pg_stat_io) as fsyncs`;

const withDatabase = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};

/**
 * Starts it in a folder of its own under `parent` (default: the system's temporary folder). With `fsyncMs` every fsync is that
 * much slower; undefined when that cannot be arranged here.
 */
export async function startBenchServer(options: {
  readonly parent?: string;
  readonly fsyncMs?: number;
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<BenchServer | undefined> {
  const directory = await mkdtemp(join(options.parent ?? tmpdir(), 'crossdock-bench-'));
  // The server's own user must be able to pass through.
  await chmod(directory, 0o711);
  const shim = await compileFsyncShim(directory);
  const { fsyncMs = 0 } = options;
  if (fsyncMs > 0 && shim === undefined) {
    await rm(directory, { recursive: true });
    return undefined;
  }
  const start = () =>
    startEmbeddedPostgres({ directory: join(directory, 'postgres'), settings: { ...settings, ...options.settings } });
  const server = shim === undefined ? await start() : await shim.preloading(fsyncMs, start);
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ id: number }>('select pg_backend_pid() as id');
  const postmaster = await parentOf(rows[0]?.id ?? 0);
  return {
    client,
    countsExactly: shim !== undefined,
    createDatabase: async (name) => {
      await client.query(`create database ${name}`);
      return withDatabase(server.url, name);
    },
    usage: async () => {
      const [{ rows: seen }, counted, cpuMs] = await Promise.all([
        client.query<{ wal: number; fsyncs: number }>(statistics),
        shim?.count(),
        postmaster === undefined ? 0 : familyCpuMs(postmaster),
      ]);
      return { walBytes: seen[0]?.wal ?? 0, fsyncs: counted ?? seen[0]?.fsyncs ?? 0, cpuMs };
    },
    stop: async () => {
      await client.end();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
