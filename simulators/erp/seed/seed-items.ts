import { type Decimal, isZero } from '#model/kernel';
import type { World } from '../../kit/index.ts';
import { countStock } from '../business/count-stock.ts';
import type { LocationRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import type { SeededCompany } from './seed-company.ts';

/** A product for every item, goods or service, all of them taxed, and their stock. Answers the products by item. */
export function seedItems(
  transaction: Transaction,
  world: World,
  { category, unit }: SeededCompany,
  warehouses: ReadonlyMap<string, LocationRow>,
): ReadonlyMap<string, number> {
  const { books, insert } = transaction;
  const products = new Map<string, number>();
  for (const { item, description, kind, listPrice } of world.items) {
    const template = insert(books.templates, {
      name: description || item,
      code: item,
      type: kind === 'goods' ? 'goods' : 'service',
      default_uom: unit,
      sale_uom: unit,
      list_price: listPrice as Decimal,
      salable: true,
      active: true,
      account_category: category,
    });
    const product = { template: template.id, code: item, suffix_code: null, description: null, active: true };
    products.set(item, insert(books.products, product).id);
  }
  for (const { item, site, quantity } of world.stock) {
    const warehouse = warehouses.get(site);
    if (warehouse === undefined || isZero(quantity as Decimal)) continue;
    countStock(transaction, products.get(item) ?? 0, warehouse, quantity as Decimal);
  }
  return products;
}
