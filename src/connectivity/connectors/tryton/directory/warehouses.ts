import { Type } from 'typebox';
import { Fault } from '#model/kernel';
import { createCache } from '../cache.ts';
import type { Erp } from '../erp.ts';
import { find } from '../records.ts';
import { Id, rowsOf } from '../wire.ts';

const readRows = rowsOf(Type.Object({ id: Id }));

/** `sites` is our name of a site → the code of its warehouse. */
export function createWarehouses(sites: Readonly<Record<string, string>>, lifetimeMs: number) {
  const cache = createCache<number>(lifetimeMs);
  const refuse = (message: string) => new Fault('permanent', { code: 'unknown-site', message });
  return {
    /** The id of a site's warehouse. Permanent fault `unknown-site`: configuration is wrong. */
    async idOf(erp: Erp, site: string): Promise<number> {
      const code = Object.hasOwn(sites, site) ? sites[site] : undefined;
      if (code === undefined) throw refuse(`The setting "sites" has no warehouse for ${site}.`);
      const id = await cache.get(site, async () => {
        const where = [
          ['type', '=', 'warehouse'],
          ['code', '=', code],
        ];
        const [row] = await find(erp, readRows, 'stock.location', { where, fields: ['id'], limit: 1 });
        return row?.id;
      });
      if (id === undefined) throw refuse(`Tryton has no warehouse with the code ${code}, which stands for ${site}.`);
      return id;
    },
  };
}
export type Warehouses = ReturnType<typeof createWarehouses>;
