import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres.ts';
import { migrate } from '../migrate.ts';

/** The migrated database that every test's own is copied from. */
export const templateName = 'crossdock_template';

/** Where workers ask for the server of this run. */
export const testServerVariable = 'CROSSDOCK_TEST_SERVER';

export const withDatabase = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};

export interface TestServer {
  stop(): Promise<void>;
}

async function startMigrated(directory: string): Promise<{ url: string; stop(): Promise<void> }> {
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
  const server = await startEmbeddedPostgres({ directory, settings });
  try {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(`create database ${templateName}`);
    await client.end();
    await migrate(withDatabase(server.url, templateName));
    return server;
  } catch (thrown) {
    await server.stop();
    throw thrown;
  }
}

/**
 * One PostgreSQL for a whole test run, started when the first test asks for it: a run of pure tests pays nothing. Workers find
 * it by an environment variable, as processes that they start do.
 */
export async function startTestServer(): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-test-'));
  // The server's own user must be able to pass through.
  await chmod(directory, 0o711);
  let server: ReturnType<typeof startMigrated> | undefined;
  const door = createServer((_, answer) => {
    server ??= startMigrated(directory);
    server.then(
      ({ url }) => answer.end(url),
      (thrown: unknown) => answer.writeHead(500).end(String(thrown)),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  process.env[testServerVariable] = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    stop: async () => {
      door.closeAllConnections();
      door.close();
      await server?.then(
        ({ stop }) => stop(),
        () => undefined,
      );
      await rm(directory, { recursive: true, force: true });
    },
  };
}
