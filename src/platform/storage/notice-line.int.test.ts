import { afterEach, beforeEach, expect, test } from 'vitest';
import { type NoticeLine, openNoticeLine } from './notice-line.ts';
import { type TestDatabase, testDatabase } from './testing/index.ts';

let own: TestDatabase;
let lines: NoticeLine[];

beforeEach(async () => {
  own = await testDatabase();
  lines = [];
});
afterEach(async () => {
  for (const line of lines) await line.close();
  await own.drop();
});

/** A node with its line: what it heard, and how often it was cut off and is back. */
async function listening() {
  const heard: string[] = [];
  const node = { heard, times: 0, tell: (_: string): Promise<void> => Promise.resolve() };
  const before = await listeners();
  const line = openNoticeLine({
    database: own.database,
    channel: 'notices_of_a_test',
    heard: (payload) => heard.push(payload),
    isBack: () => {
      node.times += 1;
    },
    notConnected: () => undefined,
  });
  lines.push(line);
  node.tell = line.tell;
  await expect.poll(listeners).toHaveLength(before.length + 1);
  return node;
}

/** Connections on which somebody listens, and nothing runs. */
async function listeners(): Promise<readonly number[]> {
  const { rows } = await own.database.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and query like '%listen notices_of_a_test' and state = 'idle'`,
  );
  return rows.map(({ pid }) => pid);
}

test('tells the other nodes, and not the one that tells', async () => {
  const one = await listening();
  const other = await listening();
  await one.tell('first');
  await Promise.all([one.tell(''), one.tell('second'), one.tell('third')]);
  await other.tell('back');
  await expect.poll(() => [one.heard, other.heard]).toEqual([['back'], ['first', '', 'second', 'third']]);
});

test('whose connection is cut listens again, and says that it may have missed something', async () => {
  const one = await listening();
  const other = await listening();
  await own.database.pool.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [await listeners()]);
  await expect.poll(() => [one.times, other.times], { timeout: 20_000 }).toEqual([1, 1]);
  await one.tell('still there');
  await expect.poll(() => other.heard).toEqual(['still there']);
});
