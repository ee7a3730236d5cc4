import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chown, cp, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, binariesIn } from './binaries.ts';
import type { ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** Where the server's files are. */
export interface Place {
  readonly binaries: Binaries;
  readonly data: string;
}

async function canUse(user: ServerUser | undefined, { binaries, data }: Place): Promise<boolean> {
  const script = 'test -x "$1" && test -r "$2/share" && test -w "$3" && test -x "$3"';
  return run('/bin/sh', ['-c', script, 'sh', binaries.postgres, binaries.root, data], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function prepareData(data: string, user: ServerUser | undefined): Promise<void> {
  await mkdir(data, { recursive: true, mode: 0o700 });
  if (user !== undefined) await chown(data, user.uid, user.gid);
}

async function copyBinaries(binaries: Binaries, shared: string): Promise<Binaries> {
  const version = JSON.parse(await readFile(join(binaries.root, '../package.json'), 'utf8')) as { version: string };
  const copy = binariesIn(join(shared, `postgresql-${version.version}`));
  if (await exists(copy.postgres)) return copy;
  const half = `${copy.root}.${process.pid}`;
  try {
    await cp(binaries.root, half, { recursive: true, verbatimSymlinks: true });
    await rename(half, copy.root);
  } catch (thrown) {
    await rm(half, { recursive: true, force: true });
    // Another process may have put it there in the meantime: then that one is used.
    if (!(await exists(copy.postgres))) throw thrown;
  }
  return copy;
}

/**
 * A checkout under a private home such as `/root` cannot be entered by the user that root lends to the server. Then the data
 * lives in a folder of its own below `shared`, and a file in the state folder remembers which: whoever deletes the state folder
 * starts afresh, as expected.
 */
async function elsewhere(directory: string, binaries: Binaries, user: ServerUser, shared: string): Promise<Place> {
  const pointer = join(directory, 'location');
  await mkdir(shared, { recursive: true, mode: 0o755 });
  const remembered = await readFile(pointer, 'utf8').catch(() => undefined);
  const data = remembered ?? join(shared, `data-${randomBytes(6).toString('hex')}`);
  await prepareData(data, user);
  if (remembered === undefined) await writeFile(pointer, data, { mode: 0o600 });
  return { binaries: await copyBinaries(binaries, shared), data };
}

/** Decides where the server's files are, and makes the data folder. Throws a sentence when there is no place that it may use. */
export async function findPlace(
  directory: string,
  binaries: Binaries,
  user: ServerUser | undefined,
  shared = '/var/lib/crossdock',
): Promise<Place> {
  const here: Place = { binaries, data: join(directory, 'data') };
  await prepareData(here.data, user);
  if (await canUse(user, here)) return here;
  await rmdir(here.data).catch(() => undefined);
  if (user !== undefined) {
    const there = await elsewhere(directory, binaries, user, shared).catch(() => undefined);
    if (there !== undefined && (await canUse(user, there))) return there;
  }
  throw new Error(
    `the user that runs PostgreSQL${user === undefined ? '' : ` (uid ${user.uid})`} cannot reach ${directory} or ${binaries.root}: ` +
      'start as an ordinary user, move the checkout out of the private folder, or set DATABASE_URL',
  );
}
