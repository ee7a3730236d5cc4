import { add, type Decimal, isZero, subtract, zero } from '#model/kernel';
import type { SaleLineRow, SaleRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { taxAmounts } from './amounts.ts';
import { movesOfLine, saleLines, templateOf } from './sale.ts';

/** What is to be invoiced of a line so far: goods when they have left, services at once. */
function dueQuantity(transaction: Transaction, sale: SaleRow, line: SaleLineRow): Decimal {
  const { books } = transaction;
  const service = line.product === null || templateOf(books, line.product).type === 'service';
  if (sale.invoice_method === 'order' || service) return line.quantity ?? zero;
  let quantity = zero;
  for (const move of movesOfLine(books, line.id)) if (move.state === 'done') quantity = add(quantity, move.quantity);
  return quantity;
}

/** What stands on invoices already, cancelled ones too, unless they are to be made again. */
function invoicedQuantity(transaction: Transaction, sale: SaleRow, line: SaleLineRow): Decimal {
  let quantity = zero;
  for (const invoiced of transaction.books.invoiceLines.by('origin', `sale.line,${line.id}`)) {
    if (!sale.invoices_recreated.includes(invoiced.invoice)) quantity = add(quantity, invoiced.quantity);
  }
  return quantity;
}

function uninvoicedMoves(transaction: Transaction, line: SaleLineRow): readonly number[] {
  const { books } = transaction;
  const invoiced = new Set(
    books.invoiceLines.by('origin', `sale.line,${line.id}`).flatMap(({ stock_moves }) => stock_moves),
  );
  return movesOfLine(books, line.id)
    .filter(({ id, state }) => state === 'done' && !invoiced.has(id))
    .map(({ id }) => id);
}

/** Makes the draft invoice of everything that is due on a sale and on no invoice yet; none when nothing is. */
export function createInvoice(transaction: Transaction, sale: SaleRow): void {
  const { books } = transaction;
  if (sale.invoice_method === 'manual') return;
  const due = saleLines(books, sale.id)
    .filter(({ type }) => type === 'line')
    .map((line) => ({
      line,
      quantity: subtract(dueQuantity(transaction, sale, line), invoicedQuantity(transaction, sale, line)),
    }))
    .filter(({ quantity }) => !isZero(quantity));
  if (due.length === 0) return;
  const invoice = transaction.insert(books.invoices, {
    company: sale.company,
    type: 'out',
    number: null,
    reference: null,
    description: null,
    state: 'draft',
    invoice_date: null,
    accounting_date: null,
    party: sale.invoice_party ?? sale.party,
    invoice_address: sale.invoice_address,
    currency: sale.currency,
    payment_term: sale.payment_term,
    comment: null,
    move: null,
  });
  const lines = due.map(({ line, quantity }) =>
    transaction.insert(books.invoiceLines, {
      company: sale.company,
      invoice: invoice.id,
      sequence: null,
      type: 'line',
      product: line.product,
      quantity,
      unit: line.unit,
      unit_price: line.unit_price ?? zero,
      taxes: line.taxes,
      description: line.description,
      note: line.note,
      origin: `sale.line,${line.id}`,
      stock_moves: uninvoicedMoves(transaction, line),
    }),
  );
  for (const { tax, base, amount } of taxAmounts(lines, books.taxes)) {
    const { id, description } = tax;
    transaction.insert(books.invoiceTaxes, { invoice: invoice.id, description, base, amount, tax: id, manual: false });
  }
}
