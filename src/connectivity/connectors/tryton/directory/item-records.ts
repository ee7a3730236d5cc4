import { type Static, Type } from 'typebox';
import { createCache } from '../cache.ts';
import type { Erp } from '../erp.ts';
import { find } from '../records.ts';
import { Id, Numeric, nullable, rowsOf, Text, type WireDecimal } from '../wire.ts';

const Tax = Type.Object({ id: Id, type: Type.String(), rate: nullable(Numeric) });
const Row = Type.Object({
  id: Id,
  code: Text,
  default_uom: Id,
  'account_category.': Type.Optional(nullable(Type.Object({ 'customer_taxes_used.': Type.Array(Tax) }))),
});
const readRows = rowsOf(Row);

/** What stands in every question for items. */
export const itemFields = [
  'code',
  'default_uom',
  'account_category.customer_taxes_used.type',
  'account_category.customer_taxes_used.rate',
];

export interface TaxRecord {
  readonly id: number;
  readonly type: string;
  readonly rate: WireDecimal | null;
}

export interface ItemRecord {
  readonly id: number;
  readonly item: string;
  /** Id of its stock unit. */
  readonly unit: number;
  /** Taxes of its category, before any rule of a customer. */
  readonly taxes: readonly TaxRecord[];
}

const recordOf = (row: Static<typeof Row>): ItemRecord => ({
  id: row.id,
  item: row.code ?? '',
  unit: row.default_uom,
  taxes: row['account_category.']?.['customer_taxes_used.'] ?? [],
});

export function createItemRecords(lifetimeMs: number) {
  const cache = createCache<ItemRecord>(lifetimeMs);
  return {
    /** What is sold under these numbers; one call for all that are not known yet. What is not there is not sold. */
    async find(erp: Erp, items: Iterable<string>): Promise<ReadonlyMap<string, ItemRecord>> {
      const wanted = [...new Set(items)];
      const missing = wanted.filter((item) => cache.peek(item) === undefined);
      if (missing.length > 0) {
        const where = [
          ['code', 'in', missing],
          ['salable', '=', true],
        ];
        const rows = await find(erp, readRows, 'product.product', { where, fields: itemFields });
        for (const record of rows.map(recordOf)) cache.put(record.item, record);
      }
      return new Map(
        wanted.flatMap((item) => {
          const record = cache.peek(item);
          return record === undefined ? [] : [[item, record] as const];
        }),
      );
    },
  };
}
export type ItemRecords = ReturnType<typeof createItemRecords>;
