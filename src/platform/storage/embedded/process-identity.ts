import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Program name and start of a process; a number alone may since have been given to another. Undefined when it does not run. */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') {
    return run('ps', ['-o', 'comm=,lstart=', '-p', String(pid)]).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
  }
  try {
    const [text, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    ]);
    const afterName = text.lastIndexOf(')');
    const fields = text.slice(afterName + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet. Field 22 of the line is the start time.
    if (fields[0] === 'Z') return undefined;
    return `${text.slice(text.indexOf('(') + 1, afterName)} ${fields[19]} ${boot.trim()}`;
  } catch {
    return undefined;
  }
}

/** Whether the process is a PostgreSQL server. */
export const isPostgres = async (pid: number): Promise<boolean> =>
  /^(\S*\/)?postgres\b/.test((await processIdentity(pid)) ?? '');
