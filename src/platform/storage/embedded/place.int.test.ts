import { access, chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBinaries } from './binaries.ts';
import { findPlace } from './place.ts';
import { serverUser } from './server-user.ts';

let home: string;
let shared: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'crossdock-home-'));
  shared = await mkdtemp(join(tmpdir(), 'crossdock-shared-'));
  await chmod(shared, 0o755);
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
  await rm(shared, { recursive: true, force: true });
});

const isRoot = process.getuid?.() === 0;

test('a private home keeps the data when we own it, and root moves it to where the server may go', async () => {
  const user = await serverUser(join(home, 'data'));
  const binaries = await findBinaries();
  const place = await findPlace(home, binaries, user, shared);
  expect(place.data.startsWith(isRoot ? shared : home)).toBe(true);
  await access(place.binaries.postgres);
  if (isRoot) expect((await stat(place.data)).uid).toBe(user?.uid);
  if (isRoot) expect(await readFile(join(home, 'location'), 'utf8')).toBe(place.data);
  expect(await findPlace(home, binaries, user, shared)).toEqual(place);
});

test('where there is no place it says who cannot reach what, and what to do', async () => {
  const user = { uid: 65_534, gid: 65_534 };
  const binaries = { root: home, initdb: join(home, 'none'), postgres: join(home, 'none') };
  const place = findPlace(home, binaries, isRoot ? user : undefined, join(home, 'private'));
  await expect(place).rejects.toThrow(/cannot reach .*set DATABASE_URL/);
});
