import { type Static, Type } from 'typebox';
import { type Cache, createCache } from '../cache.ts';
import type { Erp } from '../erp.ts';
import { find } from '../records.ts';
import { Id, nullable, rowsOf } from '../wire.ts';

const Row = Type.Object({
  id: Id,
  active: Type.Boolean(),
  'addresses.': Type.Array(
    Type.Object({ id: Id, invoice: nullable(Type.Boolean()), delivery: nullable(Type.Boolean()) }),
  ),
  customer_payment_term: nullable(Id),
  customer_tax_rule: nullable(Id),
  sale_price_list: nullable(Id),
});
const readRows = rowsOf(Row);
const fields = [
  'active',
  'addresses.invoice',
  'addresses.delivery',
  'customer_payment_term',
  'customer_tax_rule',
  'sale_price_list',
];

/** What a sale needs to know of a party. */
export interface CustomerRecord {
  readonly id: number;
  readonly active: boolean;
  readonly invoiceAddress: number | null;
  readonly deliveryAddress: number | null;
  readonly paymentTerm: number | null;
  readonly taxRule: number | null;
  readonly priceList: number | null;
}

function recordOf(row: Static<typeof Row>): CustomerRecord {
  const addresses = row['addresses.'];
  const first = addresses[0]?.id ?? null;
  return {
    id: row.id,
    active: row.active,
    invoiceAddress: addresses.find(({ invoice }) => invoice === true)?.id ?? first,
    deliveryAddress: addresses.find(({ delivery }) => delivery === true)?.id ?? first,
    paymentTerm: row.customer_payment_term,
    taxRule: row.customer_tax_rule,
    priceList: row.sale_price_list,
  };
}

/** Tryton hides deactivated records unless a domain names `active`. */
export const alsoInactive = ['active', 'in', [true, false]] as const;

export function createCustomerRecords(lifetimeMs: number) {
  const cache: Cache<CustomerRecord> = createCache(lifetimeMs);

  async function ask(erp: Erp, number: string): Promise<CustomerRecord | undefined> {
    const where = [['code', '=', number], alsoInactive];
    const [row] = await find(erp, readRows, 'party.party', { where, fields, limit: 1 });
    if (row === undefined) return undefined;
    const record = recordOf(row);
    cache.put(number, record);
    return record;
  }

  return {
    /** The party with this number, also a deactivated one, as it is now. */
    ask,
    /** The same, as it was within `lifetimeMs`. */
    find: (erp: Erp, number: string): Promise<CustomerRecord | undefined> => cache.get(number, () => ask(erp, number)),
  };
}
export type CustomerRecords = ReturnType<typeof createCustomerRecords>;
