import { type Decimal, zero } from '#model/kernel';
import type { Books } from '../models/books.ts';
import type { MoveRow, ProductRow, SaleLineRow, SaleRow, ShipmentRow, TemplateRow } from '../models/rows.ts';
import { type Totals, totalsOf } from './amounts.ts';

/** The lines of a sale as they stand on it: by their sequence, then as they came. */
export function saleLines(books: Books, sale: number): readonly SaleLineRow[] {
  const first = Number.NEGATIVE_INFINITY;
  return books.saleLines
    .by('sale', sale)
    .toSorted((a, b) => (a.sequence ?? first) - (b.sequence ?? first) || a.id - b.id);
}

const settled: readonly string[] = ['confirmed', 'processing', 'done', 'cancelled'];

/** A sale's amounts: those of its confirmation, or, before that, of its lines. */
export function saleTotals(books: Books, sale: SaleRow): Totals {
  const { untaxed_amount_cache: untaxed, tax_amount_cache: tax, total_amount_cache: total } = sale;
  if (settled.includes(sale.state) && untaxed !== null && tax !== null && total !== null)
    return { untaxed, tax, total };
  return totalsOf(
    saleLines(books, sale.id).filter(({ type }) => type === 'line'),
    books.taxes,
  );
}

export const templateOf = (books: Books, product: number): TemplateRow =>
  books.templates.must(books.products.must(product).template);

/** Goods are shipped; services and lines that are only text are not. */
export const isGoodsLine = (books: Books, { type, product }: SaleLineRow): boolean =>
  type === 'line' && product !== null && templateOf(books, product).type === 'goods';

/** `[85123A] White hanging heart`, as people see a product. */
export function productName(books: Books, product: ProductRow): string {
  return `[${product.code}] ${books.templates.must(product.template).name}`;
}

/** `SO000001 [100001]`, as people see a sale. */
export function saleName(sale: SaleRow): string {
  const parts = [sale.number ?? '', sale.reference === null ? '' : `[${sale.reference}]`].filter((part) => part !== '');
  return parts.length === 0 ? `(${sale.id})` : parts.join(' ');
}

/** `2 u [85123A] White hanging heart @ SO000001`. */
export function saleLineName(books: Books, line: SaleLineRow): string {
  const sale = saleName(books.sales.must(line.sale));
  if (line.product === null) return sale;
  const symbol = line.unit === null ? '' : books.uoms.must(line.unit).symbol;
  return `${line.quantity ?? zero}${symbol} ${productName(books, books.products.must(line.product))} @ ${sale}`;
}

/** What was made to move for a sale line: outgoing moves, whatever became of them. */
export const movesOfLine = (books: Books, line: number): readonly MoveRow[] =>
  books.moves.by('origin', `sale.line,${line}`);

/** The sale behind a move; undefined for what is picked and for what no sale made. */
export function saleOfMove(books: Books, move: MoveRow): SaleRow | undefined {
  const [model, id] = (move.origin ?? '').split(',');
  const line = model === 'sale.line' ? books.saleLines.get(Number(id)) : undefined;
  return line === undefined ? undefined : books.sales.get(line.sale);
}

export const shipmentKey = (shipment: number): string => `stock.shipment.out,${shipment}`;

/** The site code of a warehouse. */
export const siteOf = (books: Books, warehouse: number | null): string | null =>
  warehouse === null ? null : books.locations.must(warehouse).code;

/** What leaves the warehouse with a shipment. */
export function outgoingMoves(books: Books, shipment: ShipmentRow): readonly MoveRow[] {
  const output = books.locations.must(shipment.warehouse).output_location;
  return books.moves.by('shipment', shipmentKey(shipment.id)).filter((move) => move.from_location === output);
}

/** What is brought from storage to the door for it. */
export function inventoryMoves(books: Books, shipment: ShipmentRow): readonly MoveRow[] {
  const output = books.locations.must(shipment.warehouse).output_location;
  return books.moves.by('shipment', shipmentKey(shipment.id)).filter((move) => move.to_location === output);
}

export const shipmentsOfSale = (books: Books, sale: number): readonly number[] => {
  const ids = saleLines(books, sale)
    .flatMap((line) => movesOfLine(books, line.id))
    .flatMap((move) => (move.shipment === null ? [] : [Number(move.shipment.split(',')[1])]));
  return [...new Set(ids)].sort((a, b) => a - b);
};

export const invoicesOfSale = (books: Books, sale: number): readonly number[] => {
  const ids = saleLines(books, sale)
    .flatMap((line) => books.invoiceLines.by('origin', `sale.line,${line.id}`))
    .map(({ invoice }) => invoice);
  return [...new Set(ids)].sort((a, b) => a - b);
};

/** Products and quantities as the ledger writes them. */
export const ledgerQuantities = (
  books: Books,
  lines: readonly { readonly product: number | null; readonly quantity: Decimal | null }[],
): readonly { readonly product: string; readonly quantity: Decimal }[] =>
  lines.flatMap(({ product, quantity }) =>
    product === null || quantity === null ? [] : [{ product: books.products.must(product).code, quantity }],
  );
