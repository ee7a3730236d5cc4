import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { confirm } from './sql/confirm.ts';
import { expire, nextExpiry } from './sql/expire.ts';
import { availability } from './sql/positions.ts';
import { release } from './sql/release.ts';
import { reserve } from './sql/reserve.ts';
import { ship } from './sql/ship.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

const hot = { reserve, release, ship, confirm, expire, nextExpiry, availability };

describe.each(['empty', 'full'])('on %s tables', (fill) => {
  beforeAll(async () => {
    if (fill === 'empty') return;
    await own.database.pool.query(`
      insert into stock_position select 'item' || n, 'NORTH', 'EA', 10, 0, 0 from generate_series(1, 100000) as n;
      insert into reservation select 'demand' || n, 1, 'NORTH', 'firm', 'item' || n, 1 from generate_series(1, 100000) as n;
      insert into inventory_act select 'key' || n, 'reserve', 'demand' || n, '{}' from generate_series(1, 100000) as n;
      analyze stock_position, reservation, inventory_act;`);
  });
  test.each(Object.entries(hot))('%s reads no table from end to end', async (_, { text }) => {
    expect(await tablesReadWhole(own.database.pool, text)).toEqual([]);
  });
});

test('the look at a plan does see a table read from end to end', async () => {
  expect(await tablesReadWhole(own.database.pool, 'select from stock_position where on_hand > $1')).toEqual([
    'stock_position',
  ]);
});
