import { Big } from 'big.js';

declare const decimalBrand: unique symbol;

/** An exact decimal in plain notation, e.g. `"12.50"`: at most 15 digits before the point and 6 after it. Never a binary float. */
export type Decimal = string & { readonly [decimalBrand]: true };

export const decimalPattern = '^-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?$';

const decimalExpression = new RegExp(decimalPattern);

/** Parses text or a safe integer. Throws `RangeError` on anything that is not a plain decimal. */
export function decimal(input: string | number): Decimal {
  const text = typeof input === 'number' ? String(input) : input;
  if (!decimalExpression.test(text)) {
    throw new RangeError(`not a decimal of at most 15 digits and 6 decimal places: ${JSON.stringify(input)}`);
  }
  return text as Decimal;
}

export const isDecimal = (input: string): input is Decimal => decimalExpression.test(input);

const plain = (value: Big): Decimal => value.toFixed() as Decimal;

export const zero = '0' as Decimal;
export const one = '1' as Decimal;

export const add = (a: Decimal, b: Decimal): Decimal => plain(new Big(a).plus(b));
export const subtract = (a: Decimal, b: Decimal): Decimal => plain(new Big(a).minus(b));
export const multiply = (a: Decimal, b: Decimal): Decimal => plain(new Big(a).times(b));
export const negate = (a: Decimal): Decimal => plain(new Big(a).times(-1));
export const sum = (values: Iterable<Decimal>): Decimal => {
  let total = new Big(0);
  for (const value of values) total = total.plus(value);
  return plain(total);
};

/** -1, 0 or 1. `"1.0"` equals `"1"`. */
export const compare = (a: Decimal, b: Decimal): -1 | 0 | 1 => new Big(a).cmp(b);
export const isZero = (a: Decimal): boolean => compare(a, zero) === 0;
export const isPositive = (a: Decimal): boolean => compare(a, zero) > 0;
export const isNegative = (a: Decimal): boolean => compare(a, zero) < 0;
export const smaller = (a: Decimal, b: Decimal): Decimal => (compare(a, b) <= 0 ? a : b);

/** Rounds half up (away from zero) to `places`; the only place where rounding happens, and it is asked for by name. */
export const roundHalfUp = (a: Decimal, places: number): Decimal =>
  new Big(a).round(places, 1).toFixed(places) as Decimal;

/** `a / b` when it is exact within 6 places, else undefined: no silent rounding. Undefined also for `b` = 0. */
export function divideExactly(a: Decimal, b: Decimal): Decimal | undefined {
  if (isZero(b)) return undefined;
  const quotient = new Big(a).div(b).round(6, 1);
  return quotient.times(b).eq(a) ? plain(quotient) : undefined;
}
