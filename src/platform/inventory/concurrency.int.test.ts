import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { decimal, sum } from '#model/kernel';
import { openTestStock, type TestStock } from './test-stock.ts';

let stock: TestStock;
beforeAll(async () => {
  stock = await openTestStock();
});
afterAll(() => stock.own.drop());

describe('two hundred demands at once', () => {
  test('for one hundred units get exactly one hundred', async () => {
    const a = await stock.stocked({ NORTH: '60', SOUTH: '40' });
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => stock.inventory.reserve(stock.want([[a, '1']]), stock.fresh())),
    );
    const got = sum(
      answers.flatMap(({ lines }) => lines.flatMap((line) => line.places.map(({ quantity }) => quantity))),
    );
    expect(got).toBe('100');
    expect(await stock.available(a)).toEqual({ NORTH: '0', SOUTH: '0' });
  });

  test('that name the same items in opposite order never lock each other', async () => {
    const a = await stock.stocked({ NORTH: '100', SOUTH: '100' });
    const b = await stock.stocked({ NORTH: '100', SOUTH: '100' });
    const both = Array.from({ length: 200 }, (_, index) => {
      const request = stock.want(
        index % 2 === 0
          ? [
              [a, '1'],
              [b, '1'],
            ]
          : [
              [b, '1'],
              [a, '1'],
            ],
      );
      return stock.inventory
        .reserve(request, stock.fresh())
        .then(() => (index % 3 === 0 ? stock.inventory.release(request, stock.fresh()) : undefined));
    });
    await Promise.all(both);
    expect(sum(Object.values(await stock.available(a)))).toBe('67');
    expect(sum(Object.values(await stock.available(b)))).toBe('67');
  });
});

describe('who waited for a position that grew meanwhile', () => {
  const until = '2026-01-01T00:00:00.000Z';

  /** Begins an act while somebody else has the position, who claims and adds more of it before they let go. */
  async function overtaken(act: (mine: { readonly demand: string }, item: string) => Promise<unknown>) {
    const a = await stock.stocked({ NORTH: '10' });
    const mine = stock.want([[a, '10']]);
    await stock.inventory.hold({ ...mine, until }, stock.fresh());
    const other = await stock.own.database.pool.connect();
    await other.query('begin');
    await other.query('update stock_position set on_hand = 15, reserved = 11 where item = $1', [a]);
    await other.query('update reservation set quantity = 11 where item = $1', [a]);
    const acting = act(mine, a);
    await vi.waitFor(async () => {
      const { rows } = await stock.own.database.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows).toHaveLength(1);
    });
    await other.query('commit');
    other.release();
    await acting;
    return stock.available(a);
  }

  test('gives back what stands there by now, when the time is over', async () => {
    expect(await overtaken(() => stock.inventory.expire('2026-06-01T00:00:00.000Z'))).toEqual({ NORTH: '15' });
  });

  test('gives back what stands there by now, when it is released', async () => {
    expect(await overtaken((mine) => stock.inventory.release(mine, stock.fresh()))).toEqual({ NORTH: '15' });
  });

  test('takes out of what stands there by now, when it is written down', async () => {
    const adjusted = overtaken((_, item) =>
      stock.inventory.adjust(
        { reason: 'counted', changes: [{ item, site: 'NORTH', unit: 'EA', by: decimal('-13') }] },
        stock.fresh(),
      ),
    );
    expect(await adjusted).toEqual({ NORTH: '0' });
  });
});
