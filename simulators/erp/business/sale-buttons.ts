import type { LedgerNote } from '../../kit/index.ts';
import type { SaleRow, SaleState } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { userError } from '../wire/refusals.ts';
import { checkCredit } from './check-credit.ts';
import { checkStock } from './check-stock.ts';
import { processSale } from './process.ts';
import { processLater } from './process-later.ts';
import { isGoodsLine, ledgerQuantities, saleLines, saleName, saleTotals, siteOf } from './sale.ts';

const transitions: Readonly<Record<SaleState, readonly SaleState[]>> = {
  draft: ['quotation', 'cancelled'],
  quotation: ['confirmed', 'cancelled', 'draft'],
  confirmed: ['processing', 'draft'],
  processing: ['processing', 'done'],
  done: ['processing'],
  cancelled: ['draft'],
};

/** The sales that may go to the state; a button passes over the others without a word. */
const ready = (transaction: Transaction, ids: readonly number[], state: SaleState): readonly SaleRow[] =>
  ids.map((id) => transaction.books.sales.must(id)).filter((sale) => transitions[sale.state].includes(state));

export const isCancellable = ({ state }: SaleRow): boolean => transitions[state].includes('cancelled');

function amounts(transaction: Transaction, sale: SaleRow): object {
  const { untaxed, tax, total } = saleTotals(transaction.books, sale);
  return { untaxed_amount_cache: untaxed, tax_amount_cache: tax, total_amount_cache: total };
}

/** What the ledger says of a sale. */
export function saleFact(transaction: Transaction, kind: string, sale: SaleRow): LedgerNote {
  const { books } = transaction;
  const { reference, description, comment, number } = sale;
  const lines = saleLines(books, sale.id).flatMap((line) =>
    ledgerQuantities(books, [line]).map((entry) => ({ ...entry, unitPrice: line.unit_price })),
  );
  return {
    kind,
    reference,
    description,
    comment,
    warehouse: siteOf(books, sale.warehouse),
    number,
    lines,
    ...saleTotals(books, sale),
  };
}

function checkQuotation(transaction: Transaction, sale: SaleRow): void {
  const { books } = transaction;
  const need = (what: string): Error =>
    userError(`To get a quote for sale "${saleName(sale)}" you must enter ${what}.`);
  if (sale.invoice_address === null) throw need('an invoice address');
  if (sale.shipment_address === null) throw need('a shipment address');
  const goods = saleLines(books, sale.id).some((line) => isGoodsLine(books, line));
  if (goods && sale.warehouse === null) throw need('a warehouse');
}

export function quote(transaction: Transaction, ids: readonly number[]): void {
  const { sales, sequences } = transaction.books;
  const quoted = ready(transaction, ids, 'quotation');
  for (const sale of quoted) checkStock(transaction, sale);
  for (const sale of quoted) checkQuotation(transaction, sale);
  for (const { id, number } of quoted) {
    transaction.update(sales, id, { number: number ?? sequences.next('sale'), state: 'quotation' });
  }
}

/** Confirms, and once that has committed processes: makes the shipment and what is to be invoiced at once. */
export function confirm(transaction: Transaction, ids: readonly number[]): void {
  const { sales } = transaction.books;
  const confirmed = ready(transaction, ids, 'confirmed');
  for (const sale of confirmed) checkStock(transaction, sale);
  for (const sale of confirmed) {
    checkCredit(transaction, sale);
    const changes = { sale_date: sale.sale_date ?? transaction.today, state: 'confirmed' };
    const after = transaction.update(sales, sale.id, { ...changes, ...amounts(transaction, sale) });
    transaction.note(saleFact(transaction, 'sale-confirmed', after));
    processLater(transaction, sale.id);
  }
}

export function processSales(transaction: Transaction, ids: readonly number[]): void {
  for (const id of ids) processSale(transaction, id);
}

export function cancelSale(transaction: Transaction, ids: readonly number[]): void {
  for (const sale of ready(transaction, ids, 'cancelled')) {
    const changes = { state: 'cancelled', ...amounts(transaction, sale) };
    const after = transaction.update(transaction.books.sales, sale.id, changes);
    transaction.note(saleFact(transaction, 'sale-cancelled', after));
  }
}

export function draftSale(transaction: Transaction, ids: readonly number[]): void {
  for (const { id } of ready(transaction, ids, 'draft'))
    transaction.update(transaction.books.sales, id, { state: 'draft' });
}
