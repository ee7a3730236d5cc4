import { type Static, Type } from 'typebox';
import { type Decimal, Fault } from '#model/kernel';
import { createCache } from '../cache.ts';
import type { Erp } from '../erp.ts';
import { find } from '../records.ts';
import { fromQuantity, Id, Quantity, rowsOf } from '../wire.ts';

const Row = Type.Object({ id: Id, symbol: Type.String(), category: Id, factor: Quantity });
const readRows = rowsOf(Row);

export interface UnitRecord {
  readonly id: number;
  /** Our code of it, where settings give it one. */
  readonly code: string | undefined;
  readonly category: number;
  /** How many of its category's base unit it is. */
  readonly factor: Decimal;
}

export interface Units {
  all(erp: Erp): Promise<readonly UnitRecord[]>;
  /** By our code. Business fault `unknown-unit`. */
  named(erp: Erp, code: string): Promise<UnitRecord>;
  /** Our code of a unit. Permanent fault `unit-not-configured`. */
  codeOf(erp: Erp, id: number): Promise<string>;
}

/** `symbols` is our unit code → the symbol in Tryton. */
export function createUnits(symbols: Readonly<Record<string, string>>, lifetimeMs: number): Units {
  const cache = createCache<readonly UnitRecord[]>(lifetimeMs);
  const codes = new Map(Object.entries(symbols).map(([code, symbol]) => [symbol, code]));
  const recordOf = ({ id, symbol, category, factor }: Static<typeof Row>): UnitRecord => ({
    id,
    code: codes.get(symbol),
    category,
    factor: fromQuantity(factor),
  });
  const all = async (erp: Erp): Promise<readonly UnitRecord[]> =>
    (await cache.get('units', async () => {
      const rows = await find(erp, readRows, 'product.uom', { where: [], fields: ['symbol', 'category', 'factor'] });
      return rows.map(recordOf);
    })) ?? [];
  return {
    all,
    async named(erp, code) {
      const unit = (await all(erp)).find((candidate) => candidate.code === code);
      if (unit !== undefined) return unit;
      throw new Fault('business', {
        code: 'unknown-unit',
        message: `Tryton has no unit for ${code}: name its symbol in the setting "units", or create it there.`,
      });
    },
    async codeOf(erp, id) {
      const code = (await all(erp)).find((candidate) => candidate.id === id)?.code;
      if (code !== undefined) return code;
      throw new Fault('permanent', {
        code: 'unit-not-configured',
        message: `The unit ${id} of Tryton has no code of ours: name its symbol in the setting "units".`,
      });
    },
  };
}
