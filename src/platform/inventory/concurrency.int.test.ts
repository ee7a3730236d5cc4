import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sum } from '#model/kernel';
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
