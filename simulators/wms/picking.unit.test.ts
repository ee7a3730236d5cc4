import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, decimal, isNegative, sum } from '#model/kernel';
import { createShelves, pick, split } from './picking.ts';

const line = (number: number, quantity: number) => ({
  line: number,
  item: 'A',
  unit: 'EA',
  quantity: String(quantity),
});

describe('picking', () => {
  test('takes what is there, and what is missing is short', () => {
    const shelves = createShelves([{ item: 'A', quantity: '7' }]);
    const picked = pick([line(1, 5), line(2, 5)], shelves, new Map([['A', decimal('1')]]));
    expect(picked).toMatchObject([
      { shipped: '4', short: '1' },
      { shipped: '3', short: '2' },
    ]);
    expect(shelves.quantities()).toEqual({ A: '0' });
  });

  test('two parts are what was picked, and nothing is shipped twice', () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(quantities, fc.integer({ min: 1, max: 40 }), (asked, stock) => {
        const shelves = createShelves([{ item: 'A', quantity: String(stock) }]);
        const lines = asked.map((quantity, place) => line(place + 1, quantity));
        const picked = pick(lines, shelves, new Map());
        const total = sum(picked.map(({ shipped }) => shipped));
        const parts = split(picked);
        if (parts === undefined) return;
        const [now, later] = parts;
        expect(sum([...now, ...later].map(({ shipped }) => shipped))).toBe(total);
        expect(sum(later.map(({ short }) => short))).toBe(sum(picked.map(({ short }) => short)));
        for (const { owed, shipped, short } of [...now, ...later]) {
          expect(isNegative(shipped)).toBe(false);
          expect(Number(add(shipped, short))).toBeLessThanOrEqual(Number(owed));
        }
      }),
    );
  });

  test('one unit cannot be cut', () => {
    expect(split(pick([line(1, 1)], createShelves([{ item: 'A', quantity: '5' }]), new Map()))).toBeUndefined();
  });
});
