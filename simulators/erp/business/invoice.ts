import { add, zero } from '#model/kernel';
import type { Books } from '../models/books.ts';
import type { InvoiceRow, SaleRow } from '../models/rows.ts';
import { roundAmount } from '../records/rounding.ts';
import { lineAmount, type Totals } from './amounts.ts';

/** The sales whose lines stand on an invoice. */
export function salesOfInvoice(books: Books, invoice: number): readonly SaleRow[] {
  const sales = books.invoiceLines.by('invoice', invoice).flatMap(({ origin }) => {
    const line = books.saleLines.get(Number(origin?.split(',')[1]));
    return line === undefined ? [] : [line.sale];
  });
  return [...new Set(sales)].flatMap((id) => books.sales.get(id) ?? []);
}

/** An invoice's amounts: its lines, and the tax rows that were made with it. */
export function invoiceTotals(books: Books, invoice: number): Totals {
  let untaxed = roundAmount(zero);
  for (const line of books.invoiceLines.by('invoice', invoice)) untaxed = roundAmount(add(untaxed, lineAmount(line)));
  let tax = roundAmount(zero);
  for (const { amount } of books.invoiceTaxes.by('invoice', invoice)) tax = roundAmount(add(tax, amount));
  return { untaxed, tax, total: roundAmount(add(untaxed, tax)) };
}

export const invoiceName = (invoice: InvoiceRow): string => invoice.number ?? `(${invoice.id})`;
