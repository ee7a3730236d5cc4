import { Big } from 'big.js';
import type { Decimal } from '#model/kernel';

/** Rounds to the currency's two places, halves to the even digit, as the real one rounds amounts and taxes. */
export const roundAmount = (amount: Decimal): Decimal => new Big(amount).round(2, 2).toFixed(2) as Decimal;

/** Rounds a price to its four places, halves to the even digit. */
export const roundPrice = (price: Decimal): Decimal => new Big(price).round(4, 2).toFixed(4) as Decimal;
