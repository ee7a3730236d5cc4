import { add, type Decimal, multiply, zero } from '#model/kernel';
import type { TaxRow } from '../models/rows.ts';
import { roundAmount } from '../records/rounding.ts';
import type { Table } from '../records/table.ts';

/** What amounts are worked out from: a line of a sale or of an invoice. */
export interface PricedLine {
  readonly quantity: Decimal | null;
  readonly unit_price: Decimal | null;
  readonly taxes: readonly number[];
}

export interface TaxAmount {
  readonly tax: TaxRow;
  readonly base: Decimal;
  readonly amount: Decimal;
}

/** Quantity times price, rounded to the cent. */
export const lineAmount = (line: PricedLine): Decimal =>
  roundAmount(multiply(line.quantity ?? zero, line.unit_price ?? zero));

/**
 * Each tax of a document: the exact amounts of its lines are summed and rounded once, so two part documents may differ from
 * the whole by a cent.
 */
export function taxAmounts(lines: readonly PricedLine[], taxes: Table<TaxRow>): readonly TaxAmount[] {
  const totals = new Map<number, { base: Decimal; amount: Decimal }>();
  for (const line of lines) {
    const exact = multiply(line.quantity ?? zero, line.unit_price ?? zero);
    for (const id of line.taxes) {
      const total = totals.get(id) ?? { base: zero, amount: zero };
      total.base = add(total.base, lineAmount(line));
      total.amount = add(total.amount, multiply(exact, taxes.must(id).rate));
      totals.set(id, total);
    }
  }
  return [...totals].map(([id, { base, amount }]) => ({ tax: taxes.must(id), base, amount: roundAmount(amount) }));
}

/** The three totals of a document. */
export interface Totals {
  readonly untaxed: Decimal;
  readonly tax: Decimal;
  readonly total: Decimal;
}

export function totalsOf(lines: readonly PricedLine[], taxes: Table<TaxRow>): Totals {
  let untaxed = roundAmount(zero);
  for (const line of lines) untaxed = roundAmount(add(untaxed, lineAmount(line)));
  let tax = roundAmount(zero);
  for (const { amount } of taxAmounts(lines, taxes)) tax = roundAmount(add(tax, amount));
  return { untaxed, tax, total: roundAmount(add(untaxed, tax)) };
}
