import pg from 'pg';
import { temporalParsers } from './timestamps.ts';

/** The schema that holds every table of ours. */
export const schemaName = 'crossdock';

export interface Database {
  readonly pool: pg.Pool;
  readonly url: string;
  /** Ends the pool after the queries under way. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/name` */
  readonly url: string;
  /** Connections at most; default 10. */
  readonly poolSize?: number;
  /** Shown in `pg_stat_activity`; default `crossdock`. */
  readonly applicationName?: string;
  /**
   * A statement without an answer for so long has failed, ms: its connection was cut without a word. Default: never. What was sent
   * may still be done.
   */
  readonly statementPatienceMs?: number;
}

/**
 * What every connection is set to. Generic plans because the statements are few, hot and written for their indexes: a plan
 * made for one value (or while a table was young) must not be chosen for all. No JIT, and no parallel workers: a generic plan takes
 * a range for a third of its table, and either would cost more than our statements. And the server must notice that we are gone
 * (cut off, or standing still in the middle of a transaction), or what we had locked stays locked.
 */
export const sessionSettings: Readonly<Record<string, string>> = {
  search_path: schemaName,
  plan_cache_mode: 'force_generic_plan',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  idle_in_transaction_session_timeout: '30s',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '30s',
};

/** What every client of ours is made with: the session settings and how values are read. */
export const clientSettings = (url: string, applicationName: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: applicationName,
  options: Object.entries(sessionSettings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' '),
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  connectionTimeoutMillis: 10_000,
  types: {
    getTypeParser: (type: number, format?: 'text' | 'binary') =>
      (format === 'binary' ? undefined : temporalParsers[type]) ?? pg.types.getTypeParser(type, format),
  } as pg.CustomTypesConfig,
});

/**
 * Opens a pool on any PostgreSQL from version 15; no connection is made yet. Values come back as: `timestamptz` ISO text with
 * milliseconds, `numeric`, `bigint`, `date` text, `jsonb` parsed. Statements need no schema name.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, poolSize = 10, applicationName = 'crossdock', statementPatienceMs } = options;
  const pool = new pg.Pool({
    ...clientSettings(url, applicationName),
    max: poolSize,
    ...(statementPatienceMs === undefined ? {} : { query_timeout: statementPatienceMs }),
  });
  // An idle connection that the server ends is replaced by the pool; without a listener it would end this process.
  pool.on('error', () => undefined);
  // So would one that somebody has taken out of the pool: whoever has it learns of the end by its next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  let closing: Promise<void> | undefined;
  return {
    pool,
    url,
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}
