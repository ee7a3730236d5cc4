import { compare, type Decimal, negate, zero } from '#model/kernel';
import type { DayLine, Row } from './day.ts';

/**
 * An article's number starts with five digits (`85123A`). Whatever else stands in the column is not an article but a charge:
 * POST and DOT (postage), C2 (carriage), D (discount), M (manual), BANK CHARGES, gift vouchers.
 */
export const isArticle = (item: string): boolean => /^\d{5}/.test(item);

/** An invoice number with a leading C takes back an earlier one. */
export const isReturn = (invoice: string): boolean => /^c/i.test(invoice);

/**
 * A row as a line of an order. A negative quantity of a charge is a deduction (a discount): one is charged at a negative
 * price. Not so in a return, which stays what it is.
 */
export function dayLine({ invoice, item, description, quantity, unitPrice }: Row): DayLine {
  const kind = isArticle(item) ? 'goods' : 'charge';
  const deduction = kind === 'charge' && !isReturn(invoice) && compare(quantity, zero as Decimal) < 0;
  return deduction
    ? { kind, item, description, quantity: negate(quantity), unitPrice: negate(unitPrice) }
    : { kind, item, description, quantity, unitPrice };
}
