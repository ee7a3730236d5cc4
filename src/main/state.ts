import { join } from 'node:path';
import { type Database, migrate, openDatabase, startEmbeddedPostgres } from '#platform/storage';

export interface State {
  readonly database: Database;
  close(): Promise<void>;
}

/** Opens where the installation keeps its state, migrated: the given PostgreSQL, else an embedded one under `directory`. */
export async function openState(options: {
  readonly databaseUrl: string | undefined;
  readonly directory: string;
}): Promise<State> {
  const embedded =
    options.databaseUrl === undefined
      ? await startEmbeddedPostgres({ directory: join(options.directory, 'postgres') })
      : undefined;
  const url = embedded?.url ?? options.databaseUrl ?? '';
  try {
    await migrate(url);
  } catch (thrown) {
    await embedded?.stop();
    throw thrown;
  }
  const database = openDatabase({ url, poolSize: 20 });
  return {
    database,
    async close() {
      await database.close();
      await embedded?.stop();
    },
  };
}
