import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isPostgres } from './process-identity.ts';

async function postmaster(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended: what we wanted.
  }
}

/**
 * Makes sure that no server is left on the data. One whose owner was killed is normally already going (its watchdog saw to it);
 * one that is not is asked to, fast and then at once. A lock file that names no PostgreSQL is from a crash and removed.
 * Call it only as the owner of the folder.
 */
export async function endPreviousServer(data: string, patienceMs = 30_000): Promise<void> {
  const pid = await postmaster(data);
  if (pid === undefined) return;
  const begin = performance.now();
  let asked: NodeJS.Signals | undefined;
  while (await isPostgres(pid)) {
    const waited = performance.now() - begin;
    if (waited > patienceMs + 5_000) throw new Error(`an old PostgreSQL (process ${pid}) does not end: end it by hand`);
    if (waited > 500 && asked === undefined) {
      asked = 'SIGINT';
      signal(pid, asked);
    } else if (waited > patienceMs && asked === 'SIGINT') {
      asked = 'SIGQUIT';
      signal(pid, asked);
    }
    await wait(25);
  }
  await rm(join(data, 'postmaster.pid'), { force: true });
}
