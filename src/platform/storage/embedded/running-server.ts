import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where the port stands in PostgreSQL's own lock file, counted from 0. */
const portLine = 3;

/** The address of an embedded server that another process of this machine runs on the folder; undefined when none does. */
export async function runningEmbeddedPostgres(directory: string): Promise<string | undefined> {
  const folder = resolve(directory);
  // The data is elsewhere when the server's user cannot enter the folder (see `place`).
  const data = await readFile(join(folder, 'location'), 'utf8').catch(() => join(folder, 'data'));
  try {
    const lock = await readFile(join(data, 'postmaster.pid'), 'utf8');
    const port = Number(lock.split('\n')[portLine]);
    const password = (await readFile(join(folder, 'password'), 'utf8')).trim();
    return Number.isInteger(port) && port > 0
      ? `postgres://crossdock:${password}@127.0.0.1:${port}/postgres`
      : undefined;
  } catch {
    return undefined;
  }
}
