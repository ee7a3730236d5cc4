import type { Decimal } from '#model/kernel';
import type { Books } from '../models/books.ts';
import { roundPrice } from '../records/rounding.ts';
import { templateOf } from './sale.ts';

/** The price of one unit: the price list's own, else the item's list price. */
export function priceOf(books: Books, product: number, priceList: number | null): Decimal {
  const own = books.priceListLines.by('product', product).find(({ price_list }) => price_list === priceList);
  return roundPrice(own?.unit_price ?? templateOf(books, product).list_price);
}
