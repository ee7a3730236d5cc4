import { join } from 'node:path';
import type { Log } from '#platform/engine/runtime';
import { type Database, migrate, openDatabase, shareEmbeddedPostgres } from '#platform/storage';

export interface State {
  readonly database: Database;
  close(): Promise<void>;
}

export interface StateOptions {
  /** Any PostgreSQL from 15 on; undefined: an embedded one under `directory`, which several processes may share. */
  readonly databaseUrl: string | undefined;
  readonly directory: string;
  /** Connections of the pool; see docs/several-nodes.md. Default 20. */
  readonly poolSize?: number;
  readonly log?: Log;
}

const defaultPoolSize = 20;

/** Longer than any statement of ours takes; a connection that was cut without a word is given up after it. */
const statementPatienceMs = 30_000;

/** Opens where the installation keeps its state, migrated: the given PostgreSQL, else an embedded one under `directory`. */
export async function openState({ databaseUrl, directory, poolSize, log }: StateOptions): Promise<State> {
  const embedded =
    databaseUrl === undefined
      ? await shareEmbeddedPostgres({ directory: join(directory, 'postgres') }, log)
      : undefined;
  const url = embedded?.url ?? databaseUrl ?? '';
  try {
    await migrate(url);
  } catch (thrown) {
    await embedded?.stop();
    throw thrown;
  }
  const database = openDatabase({ url, poolSize: poolSize ?? defaultPoolSize, statementPatienceMs });
  return {
    database,
    async close() {
      await database.close();
      await embedded?.stop();
    },
  };
}
