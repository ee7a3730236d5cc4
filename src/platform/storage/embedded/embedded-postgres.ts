import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findBinaries } from './binaries.ts';
import { freePort } from './free-port.ts';
import { initialise } from './initialise.ts';
import { takeOwnership } from './owner-lock.ts';
import { keptPassword } from './password.ts';
import { findPlace } from './place.ts';
import { endPreviousServer } from './previous-server.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { serverSettings } from './server-settings.ts';
import { serverUser } from './server-user.ts';

export interface EmbeddedOptions {
  /** Holds the data, the password and the log; made when it is not there. */
  readonly directory: string;
  /** Default: a free one, another at each start. */
  readonly port?: number;
  /** Server settings on top of ours, e.g. `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How long a process that has the folder is given to end, ms. Default 5 000. */
  readonly patienceMs?: number;
}

export interface EmbeddedPostgres {
  /** For `openDatabase`; carries the password, so never log it. */
  readonly url: string;
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Says which process has the folder. */
export const ownerFile = 'owner.json';

/** A free port may be taken by another process before the server has it. */
const portTries = 3;

async function startOnPort(options: EmbeddedOptions, directory: string): Promise<EmbeddedPostgres> {
  const user = await serverUser(join(directory, 'data'));
  const place = await findPlace(directory, await findBinaries(), user);
  await endPreviousServer(place.data);
  const password = await keptPassword(join(directory, 'password'));
  await initialise(place, user, password);
  for (let left = portTries; ; left -= 1) {
    const port = options.port ?? (await freePort());
    const url = `postgres://crossdock:${password}@127.0.0.1:${port}/postgres`;
    const settings = { ...serverSettings, ...options.settings };
    try {
      const server: ServerProcess = await startServer({
        place,
        user,
        port,
        settings,
        logFile: join(directory, 'server.log'),
        url,
      });
      return { url, ended: server.ended, stop: server.stop };
    } catch (thrown) {
      const portTaken = String(thrown).includes('could not create any TCP/IP sockets');
      if (!portTaken || options.port !== undefined || left <= 1) throw thrown;
    }
  }
}

/** Others may pass through to the data folder, which is the server's own; they may list nothing. */
async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o711 });
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(
      `cannot write in ${directory}, perhaps another user made it: start as that user, choose another state folder, ` +
        'or set DATABASE_URL',
      { cause },
    );
  }
}

/**
 * Starts a real PostgreSQL of our own on 127.0.0.1, from the binaries that npm installed. Durable; survives a kill -9 of us (start
 * it again on the same directory); ends when this process ends, however it ends. As root it runs as an unprivileged user. Throws
 * `FolderInUse` when another process has one there.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const directory = resolve(options.directory);
  await makeFolder(directory);
  const ownership = await takeOwnership(join(directory, ownerFile), options.patienceMs);
  try {
    const server = await startOnPort(options, directory);
    return {
      url: server.url,
      ended: server.ended,
      stop: async () => {
        await server.stop();
        await ownership.release();
      },
    };
  } catch (thrown) {
    await ownership.release();
    throw thrown;
  }
}
