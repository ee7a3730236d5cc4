import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';

interface Owner {
  readonly pid: number;
  readonly identity: string;
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** The folder is another living process's. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

const isAlive = async (owner: Owner | undefined): Promise<boolean> =>
  owner !== undefined && (await processIdentity(owner.pid)) === owner.identity;

/** Whether a living process has the folder. */
export const isOwned = async (file: string): Promise<boolean> => isAlive(await readOwner(file));

/** Removes a dead owner's lock, and never one that another process has put in its place meanwhile. */
async function removeDead(file: string, dead: Owner | undefined): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
    const moved = await readOwner(aside);
    const isTheSame = moved?.pid === dead?.pid && moved?.identity === dead?.identity;
    if (!isTheSame) await link(aside, file).catch(() => undefined);
    await rm(aside, { force: true });
  } catch {
    // Somebody else was quicker: the next look tells who has it now.
  }
}

/**
 * Takes a folder for this process, so that two never start a server on the same data. A dead owner's lock is taken over; a
 * living owner is given `patienceMs` to finish (a restart overlaps with the end of its predecessor), then it is an error.
 */
export async function takeOwnership(file: string, patienceMs = 5_000): Promise<{ release(): Promise<void> }> {
  const mine: Owner = { pid: process.pid, identity: (await processIdentity(process.pid)) ?? '' };
  for (const end = performance.now() + patienceMs; ; ) {
    try {
      await writeFile(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
      return { release: () => rm(file, { force: true }) };
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
    }
    const owner = await readOwner(file);
    if (!(await isAlive(owner))) await removeDead(file, owner);
    else if (performance.now() > end) {
      throw new FolderInUse(
        `the database folder is in use by process ${owner?.pid} (lock ${file}): ` +
          'stop that process, choose another state folder, or set DATABASE_URL',
      );
    } else await wait(50);
  }
}
