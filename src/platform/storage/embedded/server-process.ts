import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Place } from './place.ts';
import type { ServerUser } from './server-user.ts';

export interface ServerProcess {
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends the server fast: open transactions are rolled back, what was committed is kept. */
  stop(): Promise<void>;
}

export interface ServerStart {
  readonly place: Place;
  readonly user: ServerUser | undefined;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly url: string;
}

/**
 * The server must not outlive us, not even a kill -9. So a watchdog, detached from the server, reads a pipe whose other end only
 * we hold: a line means that the server has ended and all is well, the end of the pipe means that we are gone.
 */
const underWatch = `
( ( if read -r _ <&3; then :; else kill -INT "$$"; fi ) >/dev/null 2>&1 & )
exec "$@" 3<&-
`;

function launch({ place, user, port, settings, logFile }: ServerStart): ChildProcess {
  const flags = Object.entries({ ...settings, listen_addresses: '127.0.0.1', unix_socket_directories: '' });
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(
      '/bin/sh',
      ['-c', underWatch, 'sh', place.binaries.postgres, '-D', place.data, '-p', String(port)].concat(
        flags.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ),
      // In a session of its own: an interrupt at the keyboard is for us, and we stop it in our own order.
      { ...user, cwd: '/', detached: true, stdio: ['ignore', log, log, 'pipe'] },
    );
  } finally {
    closeSync(log);
  }
}

/** Whether a server takes connections there. */
export const accepts = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Starts the server and waits until it takes connections, which after a crash is when it has recovered. */
export async function startServer(start: ServerStart, patienceMs = 180_000): Promise<ServerProcess> {
  const child = launch(start);
  const watchdog = child.stdio[3];
  let ended = false;
  const end = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  }).then(() => {
    ended = true;
    if (watchdog && 'end' in watchdog) watchdog.end('\n');
  });
  if (watchdog) {
    watchdog.on('error', () => undefined);
    if ('unref' in watchdog && typeof watchdog.unref === 'function') watchdog.unref();
  }
  child.unref();
  const stop = async (): Promise<void> => {
    child.ref();
    if (!ended) child.kill('SIGINT');
    if ((await Promise.race([end, wait(20_000, 'late', { ref: false })])) === 'late') child.kill('SIGQUIT');
    await end;
  };
  for (const until = performance.now() + patienceMs; !(await accepts(start.url)); await wait(25)) {
    if (ended || performance.now() > until) {
      await stop();
      const said = (await readFile(start.logFile, 'utf8')).trimEnd().split('\n').slice(-8).join('\n');
      throw new Error(`the embedded PostgreSQL did not start; the end of ${start.logFile}:\n${said}`);
    }
  }
  return { ended: end, stop };
}
