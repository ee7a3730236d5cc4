import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal, zero } from '#model/kernel';
import { openTestStock, type TestStock } from './test-stock.ts';

let stock: TestStock;
beforeAll(async () => {
  stock = await openTestStock();
});
afterAll(() => stock.own.drop());

describe('levels from the books', () => {
  test('are taken over once; a known position keeps what was counted here', async () => {
    const a = await stock.stocked({ NORTH: '5' });
    await stock.inventory.reserve(stock.want([[a, '2']]), stock.fresh());
    await stock.inventory.setLevels([
      { item: a, site: 'NORTH', unit: 'EA', onHand: decimal('99') },
      { item: a, site: 'SOUTH', unit: 'EA', onHand: decimal('7') },
    ]);
    expect(await stock.available(a)).toEqual({ NORTH: '3', SOUTH: '7' });
  });

  test('that name a position twice are refused', async () => {
    const level = { item: 'x', site: 'NORTH', unit: 'EA', onHand: zero };
    await expect(stock.inventory.setLevels([level, level])).rejects.toMatchObject({ code: 'invalid-stock-request' });
  });
});

test('an adjustment below nothing is refused and changes nothing', async () => {
  const a = await stock.stocked({ NORTH: '5' });
  const changes = [{ item: a, site: 'NORTH', unit: 'EA', by: decimal('-6') }];
  await expect(stock.inventory.adjust({ reason: 'count', changes }, stock.fresh())).rejects.toMatchObject({
    kind: 'permanent',
  });
  expect(await stock.available(a)).toEqual({ NORTH: '5' });
});
