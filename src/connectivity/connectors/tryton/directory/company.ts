import { Type } from 'typebox';
import { Fault } from '#model/kernel';
import { createCache } from '../cache.ts';
import type { Erp } from '../erp.ts';
import { find } from '../records.ts';
import { Id, rowsOf } from '../wire.ts';

const Row = Type.Object({
  id: Id,
  party: Id,
  'currency.': Type.Object({ id: Id, code: Type.String() }),
});
const readRows = rowsOf(Row);

/** The company that sells here. Its currency is the currency of every amount of a customer. */
export interface CompanyRecord {
  readonly id: number;
  readonly party: number;
  readonly currency: string;
  readonly currencyId: number;
}

/** `name` as the settings give it; absent: the only one the user sees. */
export function createCompany(name: string | undefined, lifetimeMs: number) {
  const cache = createCache<CompanyRecord>(lifetimeMs);
  return {
    async get(erp: Erp): Promise<CompanyRecord> {
      const record = await cache.get('company', async () => {
        const where = name === undefined ? [] : [['party.name', '=', name]];
        const [row, ...others] = await find(erp, readRows, 'company.company', {
          where,
          fields: ['party', 'currency.code'],
        });
        if (row === undefined || others.length > 0) return undefined;
        return { id: row.id, party: row.party, currency: row['currency.'].code, currencyId: row['currency.'].id };
      });
      if (record !== undefined) return record;
      throw new Fault('permanent', {
        code: 'unknown-company',
        message: `Tryton has not exactly one company ${name ?? 'for this user'}: name it in the setting "company".`,
      });
    },
  };
}
export type CompanyBook = ReturnType<typeof createCompany>;
