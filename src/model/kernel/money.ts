import { add, type Decimal, multiply, roundHalfUp, zero } from './decimal.ts';

/** An amount in a currency (ISO 4217). Amounts of different currencies never meet: `addMoney` throws. */
export interface Money {
  readonly amount: Decimal;
  readonly currency: string;
}

export const money = (amount: Decimal, currency: string): Money => ({ amount, currency });
export const noMoney = (currency: string): Money => ({ amount: zero, currency });

export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${a.currency} to ${b.currency}`);
  return { amount: add(a.amount, b.amount), currency: a.currency };
}

/** Price times quantity, rounded half up to the currency's two places as an invoice line is. */
export const extendedAmount = (price: Decimal, quantity: Decimal): Decimal => roundHalfUp(multiply(price, quantity), 2);
