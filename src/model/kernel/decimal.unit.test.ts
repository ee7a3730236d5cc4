import { Big } from 'big.js';
import { assert as check, constantFrom, oneof, property, stringMatching, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  compare,
  type Decimal,
  decimal,
  divideExactly,
  isDecimal,
  isNegative,
  isPositive,
  isZero,
  multiply,
  negate,
  one,
  roundHalfUp,
  smaller,
  subtract,
  sum,
  zero,
} from './decimal.ts';

const text = (pattern: RegExp) => stringMatching(pattern).map((found) => decimal(found));
/** Small and long, whole and broken, and those about the bound of the fast way. */
const anyDecimal = oneof(
  text(/^-?[1-9][0-9]{0,3}$/),
  text(/^-?(0|[1-9][0-9]{0,8})\.[0-9]{1,6}$/),
  text(/^-?[1-9][0-9]{0,14}(\.[0-9]{1,6})?$/),
  constantFrom('0', '-0', '1.0', '999999999.999999', '-999999999.999999', '1000000000', '0.000001').map((found) =>
    decimal(found),
  ),
);

describe('a decimal', () => {
  test.each(['0', '-1', '12.50', '999999999999999.999999'])('%s is one', (input) => {
    expect(decimal(input)).toBe(input);
    expect(isDecimal(input)).toBe(true);
  });

  test.each(['', ' 1', '1 ', '+1', '01', '.5', '1.', '1e3', 'NaN', '1,5', '1.1234567', '1234567890123456', '0x1'])(
    '%j is none',
    (input) => {
      expect(isDecimal(input)).toBe(false);
      expect(() => decimal(input)).toThrow(RangeError);
    },
  );

  test('may be given as an integer, never as a binary fraction that is not exact as text', () => {
    expect(decimal(12)).toBe('12');
    expect(() => decimal(0.1 + 0.2)).toThrow(RangeError);
    expect(() => decimal(Number.NaN)).toThrow(RangeError);
  });
});

describe('arithmetic', () => {
  const same = (ours: string, theirs: Big) => new Big(ours).eq(theirs);

  test('is exact for whatever two decimals', () => {
    check(
      property(tuple(anyDecimal, anyDecimal), ([a, b]) => {
        expect(same(add(a, b), new Big(a).plus(b))).toBe(true);
        expect(same(subtract(a, b), new Big(a).minus(b))).toBe(true);
        expect(same(multiply(a, b), new Big(a).times(b))).toBe(true);
        expect(same(negate(a), new Big(a).times(-1))).toBe(true);
        expect(compare(a, b)).toBe(new Big(a).cmp(b));
      }),
      { numRuns: 2_000 },
    );
  });

  test('has one form for one value: no exponent, no trailing zero, no negative zero', () => {
    check(
      property(tuple(anyDecimal, anyDecimal), ([a, b]) => {
        for (const result of [add(a, b), subtract(a, b)]) {
          expect(result).toMatch(/^(-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?)|0)$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('loses nothing of a product that has more decimal places than a decimal may be given with', () => {
    const product = multiply(decimal('0.000001'), decimal('0.5'));
    expect(add(product, product)).toBe('0.000001');
    expect(compare(product, zero)).toBe(1);
  });

  test('is not what binary fractions would say', () => {
    expect(add(decimal('0.1'), decimal('0.2'))).toBe('0.3');
    expect(sum([decimal('1.10'), decimal('2.20'), decimal('-3.3')])).toBe('0');
    expect(sum([])).toBe('0');
  });

  test('knows signs', () => {
    expect([isZero(decimal('-0')), isZero(decimal('0.00')), isZero(one)]).toEqual([true, true, false]);
    expect([isPositive(one), isPositive(zero), isNegative(decimal('-0.000001'))]).toEqual([true, false, true]);
    expect(smaller(decimal('2'), decimal('10'))).toBe('2');
  });

  test.each([
    ['1.005', '1.01'],
    ['1.004', '1.00'],
    ['-1.005', '-1.01'],
    ['2', '2.00'],
  ])('rounds %s to %s when asked to', (from, to) => {
    expect(roundHalfUp(from as Decimal, 2)).toBe(to);
  });

  test('divides only where nothing is lost', () => {
    expect(divideExactly(decimal('12'), decimal('5'))).toBe('2.4');
    expect(divideExactly(decimal('1'), decimal('3'))).toBeUndefined();
    expect(divideExactly(one, zero)).toBeUndefined();
  });
});
