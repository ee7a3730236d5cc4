import { compare, type Decimal, isPositive, subtract, zero } from '#model/kernel';
import type { SaleLineRow, SaleRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { userError } from '../wire/refusals.ts';
import { isGoodsLine, saleLineName, saleLines } from './sale.ts';

/** What other sales that are quoted or confirmed, and not yet moving, want of each product from this warehouse. */
function wantedElsewhere(transaction: Transaction, sale: SaleRow): ReadonlyMap<number, Decimal> {
  const { books, today } = transaction;
  const wanted = new Map<number, Decimal>();
  for (const state of ['quotation', 'confirmed']) {
    for (const other of books.sales.by('state', state)) {
      if (other.id === sale.id || other.warehouse !== sale.warehouse || (other.sale_date ?? today) > today) continue;
      for (const { product, quantity } of books.saleLines.by('sale', other.id)) {
        if (product !== null && quantity !== null && isPositive(quantity)) {
          wanted.set(product, subtract(wanted.get(product) ?? zero, quantity));
        }
      }
    }
  }
  return wanted;
}

/** As Python writes a float: `5.0`. */
const asFloat = (value: Decimal): string => (value.includes('.') ? value : `${value}.0`);

const checked = (transaction: Transaction, line: SaleLineRow): boolean =>
  line.quantity !== null && isPositive(line.quantity) && isGoodsLine(transaction.books, line);

/** Refuses a sale of goods that the warehouse will not have. A quotation counts against later ones. */
export function checkStock(transaction: Transaction, sale: SaleRow): void {
  const { books, today } = transaction;
  if (sale.warehouse === null) return;
  const places = books.stock.within([sale.warehouse]);
  const available = new Map(wantedElsewhere(transaction, sale));
  const counted = new Set<number>();
  for (const line of saleLines(books, sale.id)) {
    if (!checked(transaction, line)) continue;
    const { product, quantity } = line as SaleLineRow & { product: number; quantity: Decimal };
    if (!counted.has(product)) {
      const forecast = books.stock.forecast(product, places, today, sale.sale_date ?? today);
      available.set(product, subtract(forecast, subtract(zero, available.get(product) ?? zero)));
      counted.add(product);
    }
    const left = available.get(product) ?? zero;
    if (compare(left, quantity) < 0) {
      const unit = books.uoms.must(line.unit ?? 0).symbol;
      // Misspelt on the real wire too.
      throw userError(
        `The forcast quantity (${asFloat(left)}${unit}) for line "${saleLineName(books, line)}" is lower than its quantity (${asFloat(quantity)}${unit}).`,
      );
    }
    available.set(product, subtract(left, quantity));
  }
}
