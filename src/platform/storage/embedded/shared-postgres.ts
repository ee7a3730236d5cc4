import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type EmbeddedOptions, type EmbeddedPostgres, ownerFile, startEmbeddedPostgres } from './embedded-postgres.ts';
import { FolderInUse, isOwned } from './owner-lock.ts';
import { runningEmbeddedPostgres } from './running-server.ts';
import { accepts } from './server-process.ts';

export interface SharedPostgres {
  /** For `openDatabase`; carries the password, so never log it. The same for as long as any process uses the folder. */
  readonly url: string;
  /** Whether the server is this process's now. */
  isOurs(): boolean;
  /** Leaves it. Ends the server when it is ours; a process that still uses it starts it again. */
  stop(): Promise<void>;
}

type Log = (event: string, details: Readonly<Record<string, string>>) => void;

const joinPatienceMs = 60_000;
const lookEveryMs = 250;

/** Starts the folder's server, or finds the one that another process has started; whichever comes to be. */
async function startOrFind(options: EmbeddedOptions): Promise<EmbeddedPostgres | string> {
  for (const until = performance.now() + joinPatienceMs; ; await wait(100)) {
    try {
      return await startEmbeddedPostgres({ ...options, patienceMs: 0 });
    } catch (thrown) {
      if (!(thrown instanceof FolderInUse)) throw thrown;
      // Its owner may be starting it, or ending it.
      const running = await runningEmbeddedPostgres(options.directory);
      if (running !== undefined && (await accepts(running))) return running;
      if (performance.now() > until) throw thrown;
    }
  }
}

/**
 * One embedded PostgreSQL for several processes of this machine and folder. The first starts it, the others join. When its owner
 * ends or is killed, the server ends with it, and one of the others starts it again on the same port: they are without a database for
 * a second or two, as with any restart. A server that was killed by itself is started again too.
 */
export async function shareEmbeddedPostgres(
  options: Omit<EmbeddedOptions, 'patienceMs'>,
  log: Log = () => undefined,
): Promise<SharedPostgres> {
  const directory = resolve(options.directory);
  const found = await startOrFind(options);
  const url = typeof found === 'string' ? found : found.url;
  let server = typeof found === 'string' ? undefined : found;
  let isStopped = false;
  const stopping = Promise.withResolvers<void>();

  async function succeed(): Promise<void> {
    if (await isOwned(join(directory, ownerFile))) return;
    try {
      server = await startEmbeddedPostgres({ ...options, directory, port: Number(new URL(url).port), patienceMs: 0 });
      log('database-taken-over', {});
    } catch (thrown) {
      // Another of us was quicker; or it cannot be started, which is tried again: all of us rely on this address.
      if (!(thrown instanceof FolderInUse)) log('database-not-started', { message: String(thrown) });
    }
  }

  /** While the server is ours: until it ends by itself, or by somebody else's hand. While it is another's: looks after it. */
  async function watch(): Promise<void> {
    while (!isStopped) {
      if (server !== undefined) {
        await Promise.race([server.ended, stopping.promise]);
        if (isStopped) return;
        log('database-ended', {});
        await server.stop();
        server = undefined;
      }
      await Promise.race([wait(lookEveryMs, undefined, { ref: false }), stopping.promise]);
      if (!isStopped) await succeed();
    }
  }

  const watching = watch();
  return {
    url,
    isOurs: () => server !== undefined,
    stop: async () => {
      isStopped = true;
      stopping.resolve();
      await watching;
      await server?.stop();
    },
  };
}
