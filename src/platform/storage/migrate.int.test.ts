import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { type TestDatabase, testDatabase } from './testing/index.ts';

let own: TestDatabase;
let directory: string;
const put = (name: string, text: string) => writeFile(join(directory, name), text);

beforeEach(async () => {
  own = await testDatabase();
  await own.database.pool.query('drop schema crossdock cascade');
  directory = await mkdtemp(join(tmpdir(), 'crossdock-migrations-'));
  await put('0002-two.sql', '-- why\ncreate table two (n integer);');
});
afterEach(async () => {
  await own.drop();
  await rm(directory, { recursive: true });
});

describe('migrating', () => {
  test('applies what is new, in order, once', async () => {
    await put('0001-one.sql', '-- why\ncreate table one (n integer);');
    expect(await migrate(own.url, directory)).toEqual({ applied: ['0001-one', '0002-two'] });
    expect(await migrate(own.url, directory)).toEqual({ applied: [] });
    await own.database.pool.query('select from one, two');
  });

  test('applies a lower number that came later: each room numbers for itself', async () => {
    await migrate(own.url, directory);
    await put('0001-one.sql', '-- why\ncreate table one (n integer);');
    expect(await migrate(own.url, directory)).toEqual({ applied: ['0001-one'] });
  });

  test('by two nodes at once is done by one of them', async () => {
    const both = await Promise.all([migrate(own.url, directory), migrate(own.url, directory)]);
    expect(both.map(({ applied }) => applied.length).sort()).toEqual([0, 1]);
  });

  test('refuses a migration that was edited after it was applied', async () => {
    await migrate(own.url, directory);
    await put('0002-two.sql', '-- why\r\ncreate table two (n integer);');
    await expect(migrate(own.url, directory)).resolves.toEqual({ applied: [] });
    await put('0002-two.sql', '-- why\ncreate table two (n bigint);');
    await expect(migrate(own.url, directory)).rejects.toThrow(/0002-two was edited/);
  });

  test('refuses a database that a newer version has migrated', async () => {
    await migrate(own.url, directory);
    await rm(join(directory, '0002-two.sql'));
    await expect(migrate(own.url, directory)).rejects.toThrow(/0002-two.*newer version/);
  });

  test('that fails leaves nothing of itself behind, and keeps what went before', async () => {
    await put('0003-three.sql', '-- why\ncreate table three (n integer); select nonsense;');
    await expect(migrate(own.url, directory)).rejects.toThrow(/nonsense/);
    const { rows } = await own.database.pool.query(`select to_regclass('two') as two, to_regclass('three') as three`);
    expect(rows).toEqual([{ two: 'two', three: null }]);
    await put('0003-three.sql', '-- why\ncreate table three (n integer);');
    expect(await migrate(own.url, directory)).toEqual({ applied: ['0003-three'] });
  });

  test.each([
    ['Three.sql', '-- why\nselect 1;', /name it/],
    ['0003-three.sql', 'select 1;', /says why/],
  ])('refuses %s: %j', async (name, text, message) => {
    await put(name, text);
    await expect(migrate(own.url, directory)).rejects.toThrow(message);
  });
});

describe('a database that cannot be used', () => {
  test.each([
    ['a wrong password', (url: URL) => Object.assign(url, { password: 'guess' }), /password is wrong/],
    ['an unknown database', (url: URL) => Object.assign(url, { pathname: '/nowhere' }), /does not exist; create it/],
  ])('because of %s is told in a sentence without the password', async (_, spoil, message) => {
    const url = new URL(own.url);
    const { password } = url;
    const thrown = await migrate(spoil(url).href, directory).catch((error: unknown) => String(error));
    expect(thrown).toMatch(message);
    expect(thrown).not.toContain(password);
    expect(thrown).not.toContain('guess');
  });

  test('because nothing listens is told in a sentence', async () => {
    const url = new URL(own.url);
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const address = probe.address();
    url.port = String(typeof address === 'object' ? address?.port : '');
    await new Promise((resolve) => probe.close(resolve));
    await expect(migrate(url.href, directory)).rejects.toThrow(/nothing listens there/);
  });
});
