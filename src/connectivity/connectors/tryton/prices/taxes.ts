import { Type } from 'typebox';
import { type Decimal, decimal, Fault, multiply, sum } from '#model/kernel';
import type { CompanyRecord } from '../directory/company.ts';
import type { CustomerRecord, ItemRecord, TaxRecord } from '../directory/index.ts';
import type { Erp } from '../erp.ts';
import { find } from '../records.ts';
import { fromNumeric, Id, Numeric, nullable, reader, rowsOf } from '../wire.ts';

/** A change of a list on a form: what is added stands with its position. */
const Added = Type.Object({ add: Type.Optional(Type.Array(Type.Tuple([Type.Integer(), Type.Object({ id: Id })]))) });
const readOnChange = reader(Type.Array(Type.Object({ taxes: Type.Optional(Added) }), { minItems: 1 }));
const readTaxes = rowsOf(Type.Object({ id: Id, type: Type.String(), rate: nullable(Numeric) }));

/**
 * The taxes on an item for a customer. Without a tax rule they are those of the item's category, which we know already; with a
 * rule Tryton is asked what it would put on a sale's line, which stores nothing.
 */
export async function taxesOn(
  erp: Erp,
  item: ItemRecord,
  customer: CustomerRecord,
  company: CompanyRecord,
): Promise<readonly TaxRecord[]> {
  if (customer.taxRule === null) return item.taxes;
  const line = {
    product: item.id,
    quantity: 1,
    sale: { party: customer.id, currency: company.currencyId, company: company.id, sale_date: null },
  };
  const [change] = await erp.ask(readOnChange, 'model.sale.line.on_change', [line, ['product']]);
  const ids = (change?.taxes?.add ?? []).map(([, { id }]) => id);
  return ids.length === 0
    ? []
    : find(erp, readTaxes, 'account.tax', { where: [['id', 'in', ids]], fields: ['type', 'rate'] });
}

/** The percentage that the taxes make together, e.g. `"20"`. */
export function percentOf(item: string, taxes: readonly TaxRecord[]): Decimal {
  const rates = taxes.map(({ type, rate }) => {
    if (type === 'percentage' && rate !== null) return fromNumeric(rate);
    throw new Fault('permanent', {
      code: 'tax-is-no-percentage',
      message: `A tax on ${item} in Tryton is not a percentage, so it cannot be said in percent.`,
    });
  });
  return multiply(sum(rates), decimal(100));
}
