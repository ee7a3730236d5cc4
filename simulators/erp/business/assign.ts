import { add, compare, type Decimal, isPositive, smaller, subtract, zero } from '#model/kernel';
import type { MoveRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { moveTo } from './moves.ts';

interface Picking {
  readonly location: number;
  readonly quantity: Decimal;
}

/** Where the goods of a move can be taken from: its own place first, then the bins below it. */
function pickings(transaction: Transaction, move: MoveRow): readonly Picking[] {
  const { stock } = transaction.books;
  const found: Picking[] = [];
  let needed = move.quantity;
  for (const location of stock.within([move.from_location])) {
    if (location === move.to_location || !isPositive(needed)) continue;
    const available = stock.onHand(move.product, new Set([location]), true);
    if (!isPositive(available)) continue;
    const quantity = smaller(available, needed);
    found.push({ location, quantity });
    needed = subtract(needed, quantity);
  }
  return found;
}

/** Assigns a part of a move as a move of its own. */
function split(transaction: Transaction, move: MoveRow, { location, quantity }: Picking): void {
  const { id: _id, create_date: _at, create_uid: _by, write_date: _edited, write_uid: _editor, ...columns } = move;
  const part = transaction.insert(transaction.books.moves, { ...columns, from_location: location, quantity });
  moveTo(transaction, [part], 'assigned');
}

function assignMove(transaction: Transaction, move: MoveRow): boolean {
  const { moves } = transaction.books;
  const found = pickings(transaction, move);
  const picked = found.reduce((total, { quantity }) => add(total, quantity), zero);
  const whole = compare(picked, move.quantity) >= 0;
  const [first, ...rest] = found;
  if (!whole) {
    // What can be had is claimed all the same, and stays claimed when the call answers false.
    transaction.update(moves, move.id, { quantity: subtract(move.quantity, picked) });
    for (const picking of found) split(transaction, move, picking);
    return false;
  }
  if (first !== undefined) {
    const after = transaction.update<MoveRow>(moves, move.id, {
      from_location: first.location,
      quantity: first.quantity,
    });
    moveTo(transaction, [after], 'assigned');
  }
  for (const picking of rest) split(transaction, move, picking);
  return true;
}

/** Claims stock for the draft moves, as much as there is; answers whether there was enough for all. */
export function assignMoves(transaction: Transaction, moves: readonly MoveRow[]): boolean {
  let enough = true;
  for (const { id } of moves) {
    const move = transaction.books.moves.must(id);
    if (move.state === 'draft' && !assignMove(transaction, move)) enough = false;
  }
  return enough;
}
