import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { type TestDatabase, testDatabase } from './testing/index.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

test('values come back exact: times as ISO text, numbers of any length as text', async () => {
  const { rows } = await own.database.pool.query(
    `select '2026-03-01 10:00+01'::timestamptz as moment, '2026-03-01'::date as day, 1.10::numeric as amount,
       9007199254740993::bigint as number, '{"a":1}'::jsonb as document`,
  );
  expect(rows).toEqual([
    {
      moment: '2026-03-01T09:00:00.000Z',
      day: '2026-03-01',
      amount: '1.10',
      number: '9007199254740993',
      document: { a: 1 },
    },
  ]);
});

test('a session uses our schema, generic plans and no compiler', async () => {
  const { rows } = await own.database.pool.query(
    `select current_schema() as schema, current_setting('plan_cache_mode') as plans, current_setting('jit') as jit,
       current_setting('application_name') as name`,
  );
  expect(rows).toEqual([{ schema: 'crossdock', plans: 'force_generic_plan', jit: 'off', name: 'crossdock' }]);
});

test('a connection that the server ends is replaced at the next question', async () => {
  const database = openDatabase({ url: own.url, applicationName: 'to-be-ended', poolSize: 1 });
  await database.pool.query('select 1');
  await own.database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to-be-ended'`,
  );
  await expect
    .poll(() => database.pool.query('select 1 as one').then(({ rows }) => rows, String))
    .toEqual([{ one: 1 }]);
  await database.close();
});

test('closing twice is closing once', async () => {
  const database = openDatabase({ url: own.url });
  await Promise.all([database.close(), database.close()]);
  await expect(database.pool.query('select 1')).rejects.toThrow();
});

test('a connection that somebody works with may be ended by the server without ending this process', async () => {
  const client = await own.database.pool.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const ended = new Promise((resolve) => client.once('end', resolve));
  await own.database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await ended;
  await expect(client.query('select 1')).rejects.toThrow();
  client.release(true);
});
