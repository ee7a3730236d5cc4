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

  test('goes on with a database that a newer version has migrated: the program may be rolled back', async () => {
    await put('0003-three.sql', '-- why\nalter table two add column more integer;');
    await migrate(own.url, directory);
    await rm(join(directory, '0003-three.sql'));
    expect(await migrate(own.url, directory)).toEqual({ applied: [] });
  });

  test('refuses one when its migration says that this program is too old for it', async () => {
    await put('0003-three.sql', '-- why\n-- compatible-from: 0003\nalter table two rename to three;');
    await migrate(own.url, directory);
    await rm(join(directory, '0003-three.sql'));
    await expect(migrate(own.url, directory)).rejects.toThrow(/0003-three.*newer version.*know migration 0003/);
    await put('0004-four.sql', '-- why\n-- compatible-from: three\nselect 1;');
    await expect(migrate(own.url, directory)).rejects.toThrow(/four digits/);
  });

  test('gives way to who holds a lock, and is tried again', async () => {
    await migrate(own.url, directory);
    await put('0003-three.sql', '-- why\nalter table two add column more integer;');
    const reader = await own.database.pool.connect();
    await reader.query('begin; select from two');
    const migrating = migrate(own.url, directory);
    // Whoever comes while the migration waits is not held up behind it.
    let longest = 0;
    for (let round = 0; round < 8; round += 1) {
      const asked = performance.now();
      await own.database.pool.query('insert into two (n) values (1)');
      longest = Math.max(longest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await reader.query('commit');
    reader.release();
    expect(await migrating).toEqual({ applied: ['0003-three'] });
    expect(longest).toBeLessThan(1_000);
  });

  test('builds an index beside the writers, and again when it was cut off half way', async () => {
    const index = '-- why\n-- without-transaction: the table may be large\ncreate index concurrently two_n on two (n);';
    await put('0003-index.sql', index);
    await put('0004-four.sql', '-- why\ncreate table four (n integer);');
    expect(await migrate(own.url, directory)).toEqual({ applied: ['0002-two', '0003-index', '0004-four'] });
    await own.database.pool.query(`delete from migration where name = '0003-index'`);
    expect(await migrate(own.url, directory)).toEqual({ applied: ['0003-index'] });
    await put('0005-more.sql', `${index} select 1;`);
    await expect(migrate(own.url, directory)).rejects.toThrow(/and nothing else/);
  });

  test('by nodes that start together builds an index once, and none of them stands in its way', async () => {
    await put('0003-index.sql', '-- why\n-- without-transaction: large\ncreate index concurrently two_n on two (n);');
    await put('0004-more.sql', '-- why\n-- without-transaction: large\ncreate index concurrently two_m on two (n);');
    const all = await Promise.all(Array.from({ length: 4 }, () => migrate(own.url, directory)));
    expect(all.flatMap(({ applied }) => applied)).toEqual(['0002-two', '0003-index', '0004-more']);
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
