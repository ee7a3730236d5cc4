import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openTestStock, type TestStock } from './test-stock.ts';

let stock: TestStock;
beforeAll(async () => {
  stock = await openTestStock();
});
afterAll(() => stock.own.drop());

describe('a held claim', () => {
  const past = '2026-01-01T00:00:00.000Z';
  const later = '2026-01-02T00:00:00.000Z';

  test('becomes firm when it is confirmed, and then no longer expires', async () => {
    const a = await stock.stocked({ NORTH: '5' });
    const request = stock.want([[a, '2']]);
    await stock.inventory.hold({ ...request, until: past }, stock.fresh());
    expect((await stock.inventory.availability([a]))[0]?.terms).toContainEqual({
      term: 'reserved-soft',
      quantity: '-2',
    });
    expect(await stock.inventory.confirm(request, stock.fresh())).toEqual({ confirmed: true });
    expect(await stock.inventory.expire(later)).toEqual([]);
    expect((await stock.inventory.availability([a]))[0]?.terms).toContainEqual({
      term: 'reserved-firm',
      quantity: '-2',
    });
  });

  test('falls back at its time and cannot be confirmed then', async () => {
    const a = await stock.stocked({ NORTH: '5' });
    const request = stock.want([[a, '2']]);
    await stock.inventory.hold({ ...request, until: later }, stock.fresh());
    expect(await stock.inventory.expire(past)).toEqual([]);
    expect(await stock.inventory.expire(later)).toEqual([request.demand]);
    expect(await stock.inventory.confirm(request, stock.fresh())).toEqual({ confirmed: false });
    expect(await stock.available(a)).toEqual({ NORTH: '5' });
  });

  test('whose expiry races its confirmation is one or the other, never both', async () => {
    const a = await stock.stocked({ NORTH: '50' });
    const requests = Array.from({ length: 50 }, () => stock.want([[a, '1']]));
    await Promise.all(requests.map((request) => stock.inventory.hold({ ...request, until: past }, stock.fresh())));
    const confirmations = requests.map((request) => stock.inventory.confirm(request, stock.fresh()));
    const sweeps = [1, 2, 3].map(() => stock.inventory.expire(later));
    const confirmed = (await Promise.all(confirmations)).filter((answer) => answer.confirmed).length;
    const expired = (await Promise.all(sweeps)).flat().length;
    expect(confirmed + expired).toBe(50);
    expect(await stock.available(a)).toEqual({ NORTH: String(50 - confirmed) });
  });
});
