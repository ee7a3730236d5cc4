import { array, assert as check, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decimal, decimal, sum } from '#model/kernel';
import {
  at,
  type LineQuantities,
  moveQuantity,
  openLine,
  quantityBreaches,
  quantityStages,
} from './line-quantities.ts';

const stage = constantFrom(...quantityStages);
const tenths = (max: number) => integer({ min: 0, max }).map((n) => decimal(String(n / 10)));

describe('the quantities of a line', () => {
  test('add up to what was ordered, whatever legal moves are made', () => {
    const moves = array(tuple(stage, stage, tenths(300)), { maxLength: 40 });
    check(
      property(tenths(1_000), moves, (ordered, wanted) => {
        let line = openLine(ordered);
        for (const [from, to, quantity] of wanted) {
          try {
            line = moveQuantity(line, from, to, quantity);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(RangeError);
          }
        }
        expect(quantityBreaches(line)).toEqual([]);
        expect(Number(sum(quantityStages.map((each) => at(line, each))))).toBe(Number(ordered));
      }),
    );
  });

  test('move back and forth to where they were', () => {
    const line = openLine(decimal('5'));
    const there = moveQuantity(line, 'open', 'allocated', decimal('2'));
    expect(there).toEqual({ ordered: '5', open: '3', allocated: '2' });
    expect(moveQuantity(there, 'allocated', 'open', decimal('2'))).toEqual(line);
  });

  test('have no member for a stage where nothing is', () => {
    expect(moveQuantity(openLine(decimal('5')), 'open', 'shipped', decimal('5.0'))).toEqual({
      ordered: '5',
      shipped: '5',
    });
  });

  test.each([
    ['more than is there', '6'],
    ['less than nothing', '-1'],
  ])('do not move by %s', (_, quantity) => {
    expect(() => moveQuantity(openLine(decimal('5')), 'open', 'shipped', decimal(quantity))).toThrow(
      /cannot move .* from open to shipped: only 5 there/,
    );
  });

  test.each<[string, Partial<Record<keyof LineQuantities, string>>, string]>([
    ['a sum that is not the ordered quantity', { open: '4' }, 'stages sum to 4, ordered 5'],
    ['a stage below nothing', { open: '6', picked: '-1' }, 'picked is negative'],
    ['more invoiced than shipped', { shipped: '5', invoiced: '6' }, 'more invoiced than shipped'],
    ['more returned than shipped', { shipped: '5', returned: '5.1' }, 'more returned than shipped'],
  ])('in breach by %s say so', (_, members, breach) => {
    expect(quantityBreaches({ ordered: decimal('5'), ...(members as Record<string, Decimal>) })).toEqual([breach]);
  });
});
