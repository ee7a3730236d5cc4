import { Big } from 'big.js';
import type { Amounts, BookedInvoice, BookedSale, BookedShipment, BookLine, TrytonBooks } from './tryton-books.ts';
import type { TrytonReader, Wire, WireRecord } from './tryton-reader.ts';

const text = (value: Wire | undefined): string => (typeof value === 'string' ? value : '');
const id = (value: Wire | undefined): number => (typeof value === 'number' ? value : -1);

/** An exact number travels as `{"__class__": "Decimal", "decimal": "2.55"}`, a quantity as a float of at most six places. */
function number(value: Wire | undefined): Big {
  if (typeof value === 'number') return new Big(value).round(6);
  return new Big(text((value as WireRecord | null | undefined)?.decimal) || '0');
}

const amounts = (record: WireRecord): Amounts => ({
  untaxed: number(record.untaxed_amount),
  tax: number(record.tax_amount),
  total: number(record.total_amount),
});
const amountFields = ['untaxed_amount', 'tax_amount', 'total_amount'];
const lineFields = ['product', 'quantity', 'unit_price'];
/** Not a title, a subtotal or a comment. */
const isLine: readonly Wire[] = [['type', '=', 'line']];

const byId = <Entry>(
  records: readonly WireRecord[],
  entry: (record: WireRecord) => Entry,
): ReadonlyMap<number, Entry> => new Map(records.map((record) => [id(record.id), entry(record)]));

/** What the other records name by number. */
interface Names {
  readonly items: ReadonlyMap<number, string>;
  readonly warehouses: ReadonlyMap<number, string>;
  /** Our order numbers, by what an `origin` says: `sale.line,17`. */
  readonly orders: ReadonlyMap<string, string>;
}

const lineOf = (record: WireRecord, { items }: Names): BookLine => ({
  item: items.get(id(record.product)) ?? '',
  quantity: number(record.quantity),
  unitPrice: number(record.unit_price),
});

/** Which orders a document is of, by the sale lines that its lines come from. */
const ordersOf = (lines: readonly WireRecord[], { orders }: Names): readonly string[] =>
  [...new Set(lines.map(({ origin }) => orders.get(text(origin))))].filter((order) => order !== undefined);

const saleOf = (sale: WireRecord, lines: readonly WireRecord[], names: Names): BookedSale => ({
  number: text(sale.number),
  reference: text(sale.reference),
  description: text(sale.description),
  comment: text(sale.comment),
  state: text(sale.state),
  isDated: sale.sale_date !== null,
  warehouse: names.warehouses.get(id(sale.warehouse)) ?? '',
  lines: lines.map((line) => lineOf(line, names)),
  ...amounts(sale),
});

async function readShipments(tryton: TrytonReader, names: Names): Promise<readonly BookedShipment[]> {
  const shipments = await tryton.all('stock.shipment.out', ['number', 'reference', 'state', 'warehouse']);
  const moves = await tryton.all('stock.move', ['product', 'quantity', 'state', 'origin', 'shipment']);
  // What is only carried from the shelf to the door comes from another move, and not from a sale.
  const outgoing = moves.filter(({ origin }) => text(origin).startsWith('sale.line,'));
  const byShipment = Map.groupBy(outgoing, ({ shipment }) => text(shipment));
  return shipments.map((shipment) => {
    const own = byShipment.get(`stock.shipment.out,${id(shipment.id)}`) ?? [];
    return {
      number: text(shipment.number),
      reference: text(shipment.reference),
      state: text(shipment.state),
      warehouse: names.warehouses.get(id(shipment.warehouse)) ?? '',
      orders: ordersOf(own, names),
      moves: own.map(({ product, quantity, state }) => ({
        item: names.items.get(id(product)) ?? '',
        quantity: number(quantity),
        state: text(state),
      })),
    };
  });
}

async function readInvoices(tryton: TrytonReader, names: Names): Promise<readonly BookedInvoice[]> {
  const isOurs: readonly Wire[] = [['type', '=', 'out']];
  const invoices = await tryton.all('account.invoice', ['number', 'state', ...amountFields], isOurs);
  const lines = await tryton.all('account.invoice.line', ['invoice', 'origin', ...lineFields], isLine);
  const taxLines = await tryton.all('account.invoice.tax', ['invoice', 'tax', 'base', 'amount']);
  const rates = byId(await tryton.all('account.tax', ['rate']), ({ rate }) => number(rate));
  const linesByInvoice = Map.groupBy(lines, ({ invoice }) => id(invoice));
  const taxesByInvoice = Map.groupBy(taxLines, ({ invoice }) => id(invoice));
  return invoices.map((invoice) => {
    const own = linesByInvoice.get(id(invoice.id)) ?? [];
    return {
      number: text(invoice.number),
      state: text(invoice.state),
      orders: ordersOf(own, names),
      lines: own.map((line) => lineOf(line, names)),
      taxes: (taxesByInvoice.get(id(invoice.id)) ?? []).map(({ tax, base, amount }) => ({
        rate: rates.get(id(tax)) ?? new Big(0),
        base: number(base),
        amount: number(amount),
      })),
      ...amounts(invoice),
    };
  });
}

/** Reads everything, model by model, and puts it together here. */
export async function readBooks(tryton: TrytonReader): Promise<TrytonBooks> {
  const sales = await tryton.all('sale.sale', [
    ...['number', 'reference', 'description', 'comment', 'state', 'sale_date', 'warehouse'],
    ...amountFields,
  ]);
  const saleLines = await tryton.all('sale.line', ['sale', ...lineFields], isLine);
  const references = byId(sales, ({ reference }) => text(reference));
  const warehouses = await tryton.all('stock.location', ['code'], [['type', '=', 'warehouse']]);
  const names: Names = {
    items: byId(await tryton.all('product.product', ['code']), ({ code }) => text(code)),
    warehouses: byId(warehouses, ({ code }) => text(code)),
    orders: new Map(saleLines.map(({ id: line, sale }) => [`sale.line,${id(line)}`, references.get(id(sale)) ?? ''])),
  };
  const linesBySale = Map.groupBy(saleLines, ({ sale }) => id(sale));
  return {
    sales: sales.map((sale) => saleOf(sale, linesBySale.get(id(sale.id)) ?? [], names)),
    shipments: await readShipments(tryton, names),
    invoices: await readInvoices(tryton, names),
  };
}
