import { add, compare, type Decimal, zero } from '#model/kernel';
import type { SaleRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { createInvoice } from './create-invoice.ts';
import { createShipment } from './create-shipment.ts';
import { isGoodsLine, movesOfLine, saleLines } from './sale.ts';
import { invoiceState, shipmentState } from './sale-progress.ts';

function larger(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) >= 0 ? a : b;
}

function noteActualQuantities(transaction: Transaction, sale: number): void {
  const { books } = transaction;
  for (const line of saleLines(books, sale)) {
    if (line.type !== 'line') continue;
    let moved = zero;
    for (const move of movesOfLine(books, line.id)) if (move.state !== 'cancelled') moved = add(moved, move.quantity);
    let invoiced = zero;
    for (const { invoice, quantity } of books.invoiceLines.by('origin', `sale.line,${line.id}`)) {
      if (books.invoices.must(invoice).state !== 'cancelled') invoiced = add(invoiced, quantity);
    }
    const actual_quantity = larger(moved, invoiced);
    if (actual_quantity !== line.actual_quantity) transaction.update(books.saleLines, line.id, { actual_quantity });
  }
}

function isDone(transaction: Transaction, sale: SaleRow): boolean {
  const invoiced = sale.invoice_state === 'paid' || sale.invoice_state === 'none';
  const shipped = sale.shipment_state === 'sent' || sale.shipment_state === 'none';
  return (
    invoiced &&
    (shipped || saleLines(transaction.books, sale.id).every((line) => !isGoodsLine(transaction.books, line)))
  );
}

/** Writes only what is different, so that a look without news leaves the row as it was. */
function setState(
  transaction: Transaction,
  sale: number,
  changes: Partial<Pick<SaleRow, 'invoice_state' | 'shipment_state' | 'state'>>,
): void {
  const { sales } = transaction.books;
  const row = sales.must(sale);
  const news = Object.fromEntries(Object.entries(changes).filter(([name, value]) => row[name] !== value));
  if (Object.keys(news).length > 0) transaction.update(sales, sale, news);
}

/** Makes the invoice and the shipment that are due on a confirmed sale, and says where it stands. */
export function processSale(transaction: Transaction, id: number): void {
  const { books } = transaction;
  const sale = books.sales.get(id);
  if (sale === undefined || !['confirmed', 'processing', 'done'].includes(sale.state)) return;
  createInvoice(transaction, sale);
  setState(transaction, id, { invoice_state: invoiceState(transaction, sale) });
  createShipment(transaction, sale);
  setState(transaction, id, { shipment_state: shipmentState(transaction, id) });
  noteActualQuantities(transaction, id);
  setState(transaction, id, { state: isDone(transaction, books.sales.must(id)) ? 'done' : 'processing' });
}
