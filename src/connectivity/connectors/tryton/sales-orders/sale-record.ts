import { type Static, Type } from 'typebox';
import type { Booking } from '#model/capabilities';
import type { Erp } from '../erp.ts';
import { find, readOne } from '../records.ts';
import { fromAmount, Id, Numeric, nullable, rowsOf, Text } from '../wire.ts';

const Row = Type.Object({
  id: Id,
  number: Text,
  state: Type.String(),
  untaxed_amount: nullable(Numeric),
  tax_amount: nullable(Numeric),
  total_amount: nullable(Numeric),
});
export type SaleRecord = Static<typeof Row>;

const readRows = rowsOf(Row);
const fields = ['number', 'state', 'untaxed_amount', 'tax_amount', 'total_amount'];

/** Furthest first: should there ever be two under one key, the one that counts is the one that went on. */
const progress = ['done', 'processing', 'confirmed', 'quotation', 'draft', 'cancelled'];
const rankOf = (sale: SaleRecord): number => progress.indexOf(sale.state);

/** The sales that carry our key in their description; the order number, which is indexed there, narrows the search. */
export async function findSales(erp: Erp, orderNumber: string, key: string): Promise<readonly SaleRecord[]> {
  const where = [
    ['reference', '=', orderNumber],
    ['description', '=', key],
  ];
  const sales = await find(erp, readRows, 'sale.sale', { where, fields });
  return sales.toSorted((a, b) => rankOf(a) - rankOf(b));
}

export const findSale = async (erp: Erp, orderNumber: string, key: string): Promise<SaleRecord | undefined> =>
  (await findSales(erp, orderNumber, key))[0];

export const readSale = (erp: Erp, id: number): Promise<SaleRecord> => readOne(erp, readRows, 'sale.sale', id, fields);

/** The sale is binding: it was confirmed and has its shipment and, for charges, its invoice. */
export const isBooked = ({ state }: SaleRecord): boolean => state === 'processing' || state === 'done';

export const bookingOf = (sale: SaleRecord): Booking => ({
  id: String(sale.id),
  reference: sale.number ?? String(sale.id),
  untaxed: fromAmount(sale.untaxed_amount),
  tax: fromAmount(sale.tax_amount),
  total: fromAmount(sale.total_amount),
});
