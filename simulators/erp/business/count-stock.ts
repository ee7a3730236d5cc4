import { type Decimal, isNegative, isZero, negate, subtract } from '#model/kernel';
import type { LocationRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { templateOf } from './sale.ts';

/** Books what a count of a product in a warehouse found: the difference is found, or lost, in its storage. */
export function countStock(transaction: Transaction, product: number, warehouse: LocationRow, counted: Decimal): void {
  const { books, today } = transaction;
  const difference = subtract(counted, books.stock.onHand(product, books.stock.within([warehouse.id]), false));
  if (isZero(difference)) return;
  const [company] = books.companies.all();
  const [lost, storage] = [warehouse.lost_found_location ?? 0, warehouse.storage_location ?? 0];
  const found = !isNegative(difference);
  transaction.insert(books.moves, {
    company: company?.id ?? 0,
    product,
    uom: templateOf(books, product).default_uom,
    quantity: found ? difference : negate(difference),
    from_location: found ? lost : storage,
    to_location: found ? storage : lost,
    planned_date: today,
    effective_date: today,
    state: 'done',
    shipment: null,
    origin: null,
    unit_price: null,
    currency: null,
  });
}
