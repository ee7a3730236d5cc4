import { isPositive, subtract, zero } from '#model/kernel';
import type { MoveRow, SaleLineRow, SaleRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { invoicesOfSale, isGoodsLine, movesOfLine, saleLines } from './sale.ts';

function lineIsDone(transaction: Transaction, line: SaleLineRow, moves: readonly MoveRow[]): boolean {
  if (!isGoodsLine(transaction.books, line)) return true;
  let open = line.quantity ?? zero;
  for (const move of moves) {
    if (move.state === 'done' || line.moves_ignored.includes(move.id)) open = subtract(open, move.quantity);
  }
  return !isPositive(open);
}

const lineIsException = (line: SaleLineRow, moves: readonly MoveRow[]): boolean =>
  moves.some(
    ({ id, state }) => state === 'cancelled' && !line.moves_ignored.includes(id) && !line.moves_recreated.includes(id),
  );

/** Where shipping stands. */
export function shipmentState(transaction: Transaction, sale: number): SaleRow['shipment_state'] {
  const lines = saleLines(transaction.books, sale).map((line) => ({
    line,
    moves: movesOfLine(transaction.books, line.id),
  }));
  if (lines.every(({ moves }) => moves.length === 0)) return 'none';
  if (lines.some(({ line, moves }) => lineIsException(line, moves))) return 'exception';
  return lines.every(({ line, moves }) => lineIsDone(transaction, line, moves)) ? 'sent' : 'waiting';
}

/** Where invoicing stands. */
export function invoiceState(transaction: Transaction, sale: SaleRow): SaleRow['invoice_state'] {
  const { books } = transaction;
  const skipped = [...sale.invoices_ignored, ...sale.invoices_recreated];
  const states = invoicesOfSale(books, sale.id)
    .filter((id) => !skipped.includes(id))
    .map((id) => books.invoices.must(id).state);
  if (states.length === 0) return 'none';
  if (states.includes('cancelled')) return 'exception';
  return states.every((state) => state === 'paid') ? 'paid' : 'waiting';
}
