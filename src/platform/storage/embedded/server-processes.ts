import { readdir, realpath, stat } from 'node:fs/promises';
import { isPostgres } from './process-identity.ts';

const isSameFolder = async (path: string, device: number, inode: number): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  return found?.dev === device && found.ino === inode;
};

/**
 * Every PostgreSQL process that works on the data, with or without its postmaster: each stands in the data folder. Only Linux can
 * be asked so; elsewhere PostgreSQL alone keeps guard: it refuses to start while its shared memory of this folder is in use.
 */
export async function serverProcesses(data: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') return [];
  const folder = await realpath(data)
    .then((path) => stat(path))
    .catch(() => undefined);
  if (folder === undefined) return [];
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  const found = await Promise.all(
    pids.map(
      async (pid) => (await isSameFolder(`/proc/${pid}/cwd`, folder.dev, folder.ino)) && (await isPostgres(pid)),
    ),
  );
  return pids.filter((_, index) => found[index]);
}
