import { type Static, Type } from 'typebox';
import type { PostedInvoice } from '#model/capabilities';
import type { Erp } from '../erp.ts';
import { readOne } from '../records.ts';
import { fromAmount, fromPrice, fromQuantity, Id, Numeric, nullable, Quantity, rowsOf, Text } from '../wire.ts';

const Invoice = Type.Object({
  id: Id,
  number: Text,
  state: Type.String(),
  description: Text,
  untaxed_amount: nullable(Numeric),
  tax_amount: nullable(Numeric),
  total_amount: nullable(Numeric),
  'lines.': Type.Array(
    Type.Object({
      type: Type.String(),
      quantity: nullable(Quantity),
      unit_price: nullable(Numeric),
      description: Text,
      'product.': Type.Optional(nullable(Type.Object({ code: Text }))),
    }),
  ),
});
export type InvoiceRecord = Static<typeof Invoice>;

const readRows = rowsOf(Type.Object({ id: Id, 'invoices.': Type.Array(Invoice) }));
const fields = [
  ...['number', 'state', 'description', 'untaxed_amount', 'tax_amount', 'total_amount'],
  ...['type', 'quantity', 'unit_price', 'description', 'product.code'].map((field) => `lines.${field}`),
].map((field) => `invoices.${field}`);

export async function readInvoices(erp: Erp, sale: number): Promise<readonly InvoiceRecord[]> {
  const { 'invoices.': invoices } = await readOne(erp, readRows, 'sale.sale', sale, fields);
  return invoices.toSorted((a, b) => a.id - b.id);
}

export const isPosted = ({ state }: InvoiceRecord): boolean => state === 'posted' || state === 'paid';
export const isDraft = ({ state }: InvoiceRecord): boolean => state === 'draft' || state === 'validated';

export const postedInvoiceOf = (invoice: InvoiceRecord): PostedInvoice => ({
  id: String(invoice.id),
  number: invoice.number ?? '',
  untaxed: fromAmount(invoice.untaxed_amount),
  tax: fromAmount(invoice.tax_amount),
  total: fromAmount(invoice.total_amount),
  lines: invoice['lines.'].flatMap(({ type, quantity, unit_price: price, description, 'product.': product }) =>
    type !== 'line' || quantity === null || price === null
      ? []
      : [{ item: product?.code ?? description ?? '', quantity: fromQuantity(quantity), unitPrice: fromPrice(price) }],
  ),
});
