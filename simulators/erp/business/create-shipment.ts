import { type Decimal, isPositive, subtract, zero } from '#model/kernel';
import type { SaleLineRow, SaleRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { createInventoryMoves } from './inventory-moves.ts';
import { isGoodsLine, movesOfLine, saleLines, shipmentKey } from './sale.ts';

/** What a line still has to ship: a cancelled move counts as shipped until somebody says that it is made again. */
function unshipped(transaction: Transaction, line: SaleLineRow): Decimal {
  if (!isGoodsLine(transaction.books, line)) return zero;
  let quantity = line.quantity ?? zero;
  for (const move of movesOfLine(transaction.books, line.id)) {
    if (!line.moves_recreated.includes(move.id)) quantity = subtract(quantity, move.quantity);
  }
  return quantity;
}

/** Makes the shipment of everything that a sale still has to ship; none when nothing is left. */
export function createShipment(transaction: Transaction, sale: SaleRow): void {
  const { books, today } = transaction;
  if (sale.shipment_method === 'manual' || sale.warehouse === null) return;
  const wanted = saleLines(books, sale.id)
    .map((line) => ({ line, quantity: unshipped(transaction, line) }))
    .filter(({ quantity }) => isPositive(quantity));
  if (wanted.length === 0) return;
  const warehouse = books.locations.must(sale.warehouse);
  const [customerLocation] = books.locations.by('type', 'customer');
  const dates = [today, sale.sale_date ?? today, sale.shipping_date ?? today].toSorted();
  const planned = dates.at(-1) ?? today;
  const shipment = transaction.insert(books.shipments, {
    company: sale.company,
    number: books.sequences.next('shipment'),
    reference: null,
    customer: sale.shipment_party ?? sale.party,
    delivery_address: sale.shipment_address,
    warehouse: warehouse.id,
    planned_date: planned,
    effective_date: null,
    state: 'draft',
  });
  for (const { line, quantity } of wanted) {
    transaction.insert(books.moves, {
      company: sale.company,
      product: line.product ?? 0,
      uom: line.unit ?? 0,
      quantity,
      from_location: warehouse.output_location ?? 0,
      to_location: customerLocation?.id ?? 0,
      planned_date: planned,
      effective_date: null,
      state: 'draft',
      shipment: shipmentKey(shipment.id),
      origin: `sale.line,${line.id}`,
      unit_price: line.unit_price,
      currency: sale.currency,
    });
  }
  createInventoryMoves(transaction, shipment);
  transaction.update(books.shipments, shipment.id, { state: 'waiting' });
}
