import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface RunningProcess {
  /** The program's name as it calls itself now: it may change. */
  readonly name: string;
  /** When it started; with its number it names one process for ever. */
  readonly start: string;
}

async function find(pid: number): Promise<RunningProcess | undefined> {
  if (process.platform !== 'linux') {
    const ask = async (column: string) => (await run('ps', ['-o', `${column}=`, '-p', String(pid)])).stdout.trim();
    return Promise.all([ask('comm'), ask('lstart')]).then(
      ([name, start]) => ({ name, start }),
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
    return { name: text.slice(text.indexOf('(') + 1, afterName), start: `${fields[19]} ${boot.trim()}` };
  } catch {
    return undefined;
  }
}

/**
 * What tells a process from a later one with the same number. Undefined when it does not run. Its name is no part of it: a
 * program may rename itself while it runs.
 */
export const processIdentity = async (pid: number): Promise<string | undefined> => (await find(pid))?.start;

/** Whether the process is a PostgreSQL server. */
export const isPostgres = async (pid: number): Promise<boolean> =>
  /^(\S*\/)?postgres\b/.test((await find(pid))?.name ?? '');
