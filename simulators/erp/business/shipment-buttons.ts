import { add, compare, isZero, zero } from '#model/kernel';
import type { MoveRow, ShipmentRow, ShipmentState } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { userError } from '../wire/refusals.ts';
import { assignMoves } from './assign.ts';
import { createInventoryMoves } from './inventory-moves.ts';
import { deleteMoves, moveName, moveTo } from './moves.ts';
import { processLater } from './process-later.ts';
import { inventoryMoves, ledgerQuantities, outgoingMoves, saleOfMove, siteOf } from './sale.ts';

/** More than the client's buttons offer: the server lets `picked` and `packed` be reached straight from `waiting`. */
const transitions: Readonly<Record<ShipmentState, readonly ShipmentState[]>> = {
  draft: ['waiting', 'cancelled'],
  waiting: ['assigned', 'picked', 'packed', 'waiting', 'draft', 'cancelled'],
  assigned: ['picked', 'waiting', 'cancelled'],
  picked: ['packed', 'cancelled'],
  packed: ['done', 'cancelled'],
  done: [],
  cancelled: ['draft'],
};

/** Runs a button on the shipments that may go to the state; it passes over the others without a word. */
function button(
  transaction: Transaction,
  ids: readonly number[],
  state: ShipmentState,
  act: (shipment: ShipmentRow) => void,
): void {
  const { shipments } = transaction.books;
  for (const id of ids) {
    const shipment = shipments.must(id);
    if (!transitions[shipment.state].includes(state)) continue;
    act(shipment);
    if (shipment.state !== state) transaction.update(shipments, id, { state });
  }
}

/** Gives back what was claimed and plans the picking anew: the former inventory moves are gone, new ones have new ids. */
export function wait(transaction: Transaction, ids: readonly number[]): void {
  button(transaction, ids, 'waiting', (shipment) => {
    const { books } = transaction;
    moveTo(transaction, inventoryMoves(books, shipment), 'draft');
    const planned = inventoryMoves(books, shipment).filter(({ state }) => state === 'draft' || state === 'cancelled');
    deleteMoves(transaction, planned);
    createInventoryMoves(transaction, shipment);
  });
}

function assign(transaction: Transaction, ids: readonly number[]): void {
  button(transaction, ids, 'assigned', (shipment) =>
    moveTo(transaction, inventoryMoves(transaction.books, shipment), 'assigned'),
  );
}

/** True, and the shipments assigned, when there is stock for everything; else false, and what there is stays claimed. */
export function assignTry(transaction: Transaction, ids: readonly number[]): boolean {
  const { books } = transaction;
  const moves = ids.flatMap((id) => inventoryMoves(books, books.shipments.must(id)));
  if (!assignMoves(transaction, moves)) return false;
  assign(transaction, ids);
  return true;
}

/** Assigns whatever the stock says. */
export function assignForce(transaction: Transaction, ids: readonly number[]): void {
  assign(transaction, ids);
}

/** What goes out is what was picked for it. */
function takeOverPicked(transaction: Transaction, shipment: ShipmentRow): void {
  const { books } = transaction;
  const picked = inventoryMoves(books, shipment).filter(({ state }) => state !== 'cancelled');
  for (const outgoing of outgoingMoves(books, shipment)) {
    if (outgoing.state === 'cancelled') continue;
    let quantity = zero;
    for (const move of picked) if (move.origin === `stock.move,${outgoing.id}`) quantity = add(quantity, move.quantity);
    if (compare(quantity, outgoing.quantity) !== 0) transaction.update(books.moves, outgoing.id, { quantity });
  }
}

/** Also from `waiting`: then stock goes that nobody claimed, below zero if need be. */
export function pick(transaction: Transaction, ids: readonly number[]): void {
  button(transaction, ids, 'picked', (shipment) => {
    moveTo(transaction, inventoryMoves(transaction.books, shipment), 'done');
    takeOverPicked(transaction, shipment);
  });
}

export function pack(transaction: Transaction, ids: readonly number[]): void {
  button(transaction, ids, 'packed', (shipment) => {
    const { books } = transaction;
    deleteMoves(
      transaction,
      outgoingMoves(books, shipment).filter(({ quantity }) => isZero(quantity)),
    );
    moveTo(transaction, outgoingMoves(books, shipment), 'assigned');
  });
}

function fact(transaction: Transaction, kind: string, shipment: ShipmentRow, moves: readonly MoveRow[]): void {
  const { books } = transaction;
  const sales = new Set(moves.map((move) => saleOfMove(books, move)?.reference ?? null));
  transaction.note({
    kind,
    reference: [...sales][0] ?? null,
    shipment: shipment.reference,
    number: shipment.number,
    warehouse: siteOf(books, shipment.warehouse),
    lines: ledgerQuantities(books, moves),
  });
}

function processSalesOf(transaction: Transaction, moves: readonly MoveRow[]): void {
  for (const move of moves) {
    const sale = saleOfMove(transaction.books, move);
    if (sale !== undefined) processLater(transaction, sale.id);
  }
}

/** The goods have left: what was not picked becomes a shipment of its own, what was is invoiced. */
export function done(transaction: Transaction, ids: readonly number[]): void {
  button(transaction, ids, 'done', (shipment) => {
    const { books, today } = transaction;
    const moves = outgoingMoves(books, shipment);
    moveTo(transaction, moves, 'done');
    if (shipment.effective_date === null) transaction.update(books.shipments, shipment.id, { effective_date: today });
    fact(transaction, 'shipment-done', shipment, moves);
    processSalesOf(transaction, moves);
  });
}

/** Cancels what has not left. What was already brought to the door stays there. */
export function cancelShipment(transaction: Transaction, ids: readonly number[]): void {
  button(transaction, ids, 'cancelled', (shipment) => {
    const { books } = transaction;
    const moves = outgoingMoves(books, shipment);
    moveTo(transaction, [...moves, ...inventoryMoves(books, shipment)], 'cancelled');
    fact(transaction, 'shipment-cancelled', shipment, moves);
    processSalesOf(transaction, moves);
  });
}

export function draftShipment(transaction: Transaction, ids: readonly number[]): void {
  button(transaction, ids, 'draft', (shipment) => {
    const { books } = transaction;
    const moves = outgoingMoves(books, shipment);
    const fromSale = moves.find((move) => move.state === 'cancelled' && saleOfMove(books, move) !== undefined);
    if (fromSale !== undefined) {
      const name = moveName(transaction, fromSale);
      throw userError(`You cannot reset move "${name}" to draft because it was generated by a sale.`);
    }
    moveTo(transaction, [...moves, ...inventoryMoves(books, shipment)], 'draft');
  });
}
