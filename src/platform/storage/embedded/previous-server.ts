import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isPostgres } from './process-identity.ts';
import { serverProcesses } from './server-processes.ts';

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

const askAfterMs = 500;

/** The postmaster sees to its own; back ends that have lost it are asked one by one, and may be too busy to notice that they have. */
const requests = (isOrphaned: boolean): { readonly kindly: NodeJS.Signals; readonly atOnce: NodeJS.Signals } => ({
  kindly: isOrphaned ? 'SIGTERM' : 'SIGINT',
  atOnce: 'SIGQUIT',
});

/**
 * Makes sure that no server is left on the data, nor a back end of one. One whose owner was killed is normally already going (its
 * watchdog saw to it); one that is not is asked to, fast and then at once. Back ends may outlive a postmaster that was killed, and
 * PostgreSQL refuses to start beside them. The lock file goes last: while anything runs it is PostgreSQL's own guard. One that names
 * no PostgreSQL is from a crash. Call it only as the owner of the folder.
 */
export async function endPreviousServer(data: string, patienceMs = 30_000): Promise<void> {
  const pid = await postmaster(data);
  const begin = performance.now();
  let asked: 'nothing' | 'kindly' | 'at once' = 'nothing';
  let wasOrphaned = false;
  for (;;) {
    const isOrphaned = pid === undefined || !(await isPostgres(pid));
    const left = isOrphaned ? await serverProcesses(data) : [pid];
    if (left.length === 0) break;
    const waited = performance.now() - begin;
    if (waited > patienceMs + 5_000) {
      throw new Error(`an old PostgreSQL (process ${left.join(', ')}) does not end: end it by hand`);
    }
    if (isOrphaned && !wasOrphaned) asked = 'nothing';
    wasOrphaned = isOrphaned;
    const { kindly, atOnce } = requests(isOrphaned);
    if (waited > askAfterMs && asked === 'nothing') {
      asked = 'kindly';
      for (const each of left) signal(each, kindly);
    } else if (waited > patienceMs && asked === 'kindly') {
      asked = 'at once';
      for (const each of left) signal(each, atOnce);
    }
    await wait(25);
  }
  if (pid !== undefined) await rm(join(data, 'postmaster.pid'), { force: true });
}
