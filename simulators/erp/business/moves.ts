import type { MoveRow, MoveState } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { userError } from '../wire/refusals.ts';
import { processLater } from './process-later.ts';
import { productName, saleOfMove } from './sale.ts';

const transitions: Readonly<Record<MoveState, readonly MoveState[]>> = {
  staging: ['draft', 'cancelled'],
  draft: ['assigned', 'done', 'cancelled'],
  assigned: ['draft', 'done', 'cancelled'],
  done: [],
  cancelled: [],
};

/** Moves that may go to the state do; the others are passed over without a word. */
export function moveTo(transaction: Transaction, moves: readonly MoveRow[], state: MoveState): void {
  const { books, today } = transaction;
  for (const { id } of moves) {
    const move = books.moves.must(id);
    if (!transitions[move.state].includes(state)) continue;
    const date = state === 'done' ? { effective_date: move.effective_date ?? today } : {};
    const undated = state === 'draft' ? { effective_date: null } : {};
    transaction.update(books.moves, id, { state, ...date, ...undated });
    const sale = state === 'cancelled' ? saleOfMove(books, move) : undefined;
    if (sale !== undefined) processLater(transaction, sale.id);
  }
}

export function moveName(transaction: Transaction, move: MoveRow): string {
  const { uoms, products } = transaction.books;
  return `${move.quantity}${uoms.must(move.uom).symbol} ${productName(transaction.books, products.must(move.product))}`;
}

/** Deletes moves; a sale whose outgoing move is gone looks again at what it has to ship. */
export function deleteMoves(transaction: Transaction, moves: readonly MoveRow[]): void {
  const { books } = transaction;
  for (const { id } of moves) {
    const move = books.moves.must(id);
    if (move.state === 'assigned' || move.state === 'done') {
      const name = moveName(transaction, move);
      throw userError(`To delete stock move "${name}" you must cancel it or reset its state to draft.`);
    }
    const sale = saleOfMove(books, move);
    transaction.remove(books.moves, id);
    if (sale !== undefined) processLater(transaction, sale.id);
  }
}

const fixedOnceAssigned = ['product', 'uom', 'quantity', 'from_location', 'to_location', 'company', 'currency'];
const fixedOnceDone = [...fixedOnceAssigned, 'planned_date', 'effective_date', 'state'];

/** Refuses to change what is promised or gone. */
export function guardMove(transaction: Transaction, move: MoveRow, fields: readonly string[]): void {
  const name = (): string => moveName(transaction, move);
  if (move.state === 'assigned' && fields.some((field) => fixedOnceAssigned.includes(field))) {
    throw userError(`To modify stock move "${name()}" you must reset its state to draft.`);
  }
  if ((move.state === 'done' || move.state === 'cancelled') && fields.some((field) => fixedOnceDone.includes(field))) {
    throw userError(`You cannot modify stock move "${name()}" because it is ${move.state}.`);
  }
}
