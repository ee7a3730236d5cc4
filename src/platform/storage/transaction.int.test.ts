import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { type TestDatabase, testDatabase } from './testing/index.ts';
import { inTransaction } from './transaction.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
  await own.database.pool.query('create table note (text text)');
});
afterAll(() => own.drop());
beforeEach(async () => {
  await own.database.pool.query('truncate note');
});
const notes = async (): Promise<readonly string[]> =>
  (await own.database.pool.query<{ text: string }>('select text from note order by text')).rows.map(({ text }) => text);

test('all of it is written, or nothing when it throws', async () => {
  await inTransaction(own.database, (client) => client.query(`insert into note values ('kept')`));
  const failing = inTransaction(own.database, async (client) => {
    await client.query(`insert into note values ('dropped')`);
    throw new RangeError('no');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(await notes()).toEqual(['kept']);
});

test('what is written through the pool after a rollback without an answer is durable', async () => {
  const database = openDatabase({ url: own.url, poolSize: 1, statementPatienceMs: 200 });
  const slow = inTransaction(database, (client) => client.query('select pg_sleep(0.5)'));
  await expect(slow).rejects.toThrow('Query read timeout');
  // A connection that is left inside the transaction would take this, say yes, and lose it with the transaction.
  await expect
    .poll(() => database.pool.query(`insert into note values ('after')`).catch(() => undefined))
    .toBeDefined();
  expect(await notes()).toEqual(['after']);
  await database.close();
});

test('a commit that was none is told', async () => {
  const swallowing = inTransaction(own.database, async (client) => {
    await client.query(`insert into note values ('lost')`);
    await client.query('select 1 / 0').catch(() => undefined);
  });
  await expect(swallowing).rejects.toThrow('rolled back');
  expect(await notes()).toEqual([]);
});

test('work that asks the pool for more while it holds a connection never holds the whole pool', async () => {
  const database = openDatabase({ url: own.url, poolSize: 2 });
  const works = Array.from({ length: 6 }, (_, n) =>
    inTransaction(database, () => database.pool.query(`insert into note values ('${n}')`), { needsMore: true }),
  );
  await Promise.all(works);
  expect(await notes()).toHaveLength(6);
  await database.close();
});

test('a pool of one is refused to work that needs two', async () => {
  const database = openDatabase({ url: own.url, poolSize: 1 });
  await expect(inTransaction(database, async () => undefined, { needsMore: true })).rejects.toThrow('at least two');
  await database.close();
});
