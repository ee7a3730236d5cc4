import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseServer, startDatabaseServer } from '../kit/database-server.ts';

/** What the scenarios of one run share: a PostgreSQL, and a folder for what was compiled. */
export interface Session {
  readonly server: DatabaseServer;
  readonly compileCache: string;
  close(): Promise<void>;
}

export async function openSession(): Promise<Session> {
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-faults-run-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    // The server's own user must be able to pass through.
    await chmod(directory, 0o711);
    const server = await startDatabaseServer(join(directory, 'postgres'));
    return {
      server,
      compileCache: join(directory, 'compiled'),
      close: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}
