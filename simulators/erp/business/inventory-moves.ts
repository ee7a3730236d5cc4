import { isPositive, subtract } from '#model/kernel';
import type { ShipmentRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { inventoryMoves, outgoingMoves, shipmentKey } from './sale.ts';

/** Plans the way from storage to the door for everything that is to go out and not yet brought there. */
export function createInventoryMoves(transaction: Transaction, shipment: ShipmentRow): void {
  const { books } = transaction;
  const warehouse = books.locations.must(shipment.warehouse);
  for (const outgoing of outgoingMoves(books, shipment).toReversed()) {
    if (outgoing.state === 'cancelled' || outgoing.state === 'done') continue;
    let quantity = outgoing.quantity;
    for (const move of inventoryMoves(books, shipment)) {
      if (move.origin === `stock.move,${outgoing.id}` && move.state !== 'cancelled') {
        quantity = subtract(quantity, move.quantity);
      }
    }
    if (!isPositive(quantity)) continue;
    transaction.insert(books.moves, {
      company: shipment.company,
      product: outgoing.product,
      uom: outgoing.uom,
      quantity,
      from_location: warehouse.storage_location ?? 0,
      to_location: outgoing.from_location,
      planned_date: outgoing.planned_date,
      effective_date: null,
      state: 'draft',
      shipment: shipmentKey(shipment.id),
      origin: `stock.move,${outgoing.id}`,
      unit_price: null,
      currency: null,
    });
  }
}
