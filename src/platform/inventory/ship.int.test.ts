import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal, zero } from '#model/kernel';
import { openTestStock, type TestStock } from './test-stock.ts';

let stock: TestStock;
beforeAll(async () => {
  stock = await openTestStock();
});
afterAll(() => stock.own.drop());

describe('goods that leave', () => {
  test('lower claim and on-hand; what was not found falls out of both', async () => {
    const a = await stock.stocked({ NORTH: '10' });
    const request = stock.want([
      [a, '4'],
      [a, '3'],
    ]);
    await stock.inventory.reserve(request, stock.fresh());
    const answer = await stock.inventory.ship(
      {
        demand: request.demand,
        site: 'NORTH',
        lines: [
          { lineNumber: 1, item: a, shipped: decimal('4'), short: zero },
          { lineNumber: 2, item: a, shipped: decimal('1'), short: decimal('2') },
        ],
      },
      stock.fresh(),
    );
    expect(answer).toEqual({ unexplained: [] });
    expect((await stock.inventory.availability([a]))[0]?.terms).toEqual([
      { term: 'on-hand', quantity: '3' },
      { term: 'reserved-firm', quantity: '0' },
      { term: 'reserved-soft', quantity: '0' },
      { term: 'safety-stock', quantity: '0' },
    ]);
  });

  test('in part leave the rest claimed, and a repeated message changes nothing', async () => {
    const a = await stock.stocked({ NORTH: '10' });
    const request = stock.want([[a, '4']]);
    await stock.inventory.reserve(request, stock.fresh());
    const part = {
      demand: request.demand,
      site: 'NORTH',
      lines: [{ lineNumber: 1, item: a, shipped: decimal('1'), short: zero }],
    };
    await Promise.all([1, 2, 3].map(() => stock.inventory.ship(part, { key: 'part' })));
    expect(await stock.available(a)).toEqual({ NORTH: '6' });
    expect(await stock.inventory.release(request, stock.fresh())).toEqual({
      released: [{ lineNumber: 1, site: 'NORTH', quantity: '3' }],
    });
    expect(await stock.available(a)).toEqual({ NORTH: '9' });
  });

  test('without a claim still left, and what the shelves gave beyond our count is told', async () => {
    const a = await stock.stocked({ NORTH: '2' });
    const lines = [{ lineNumber: 1, item: a, shipped: decimal('5'), short: zero }];
    const answer = await stock.inventory.ship({ demand: 'nobody', site: 'NORTH', lines }, stock.fresh());
    expect(answer).toEqual({ unexplained: [{ item: a, quantity: '3' }] });
    expect(await stock.available(a)).toEqual({ NORTH: '0' });
  });

  test('that were promised to others leave them oversold, visibly', async () => {
    const a = await stock.stocked({ NORTH: '5' });
    const request = stock.want([[a, '2']]);
    await stock.inventory.reserve(request, stock.fresh());
    await stock.inventory.reserve(stock.want([[a, '3']]), stock.fresh());
    const lines = [{ lineNumber: 1, item: a, shipped: zero, short: decimal('2') }];
    await stock.inventory.ship({ demand: request.demand, site: 'NORTH', lines }, stock.fresh());
    await stock.inventory.adjust(
      { reason: 'count', changes: [{ item: a, site: 'NORTH', unit: 'EA', by: decimal('-2') }] },
      stock.fresh(),
    );
    expect((await stock.inventory.availability([a]))[0]).toMatchObject({ available: '0', oversold: '2' });
  });
});
