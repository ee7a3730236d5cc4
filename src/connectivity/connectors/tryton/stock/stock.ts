import { Type } from 'typebox';
import type { StockVerbs } from '#model/capabilities';
import type { Directory } from '../directory/index.ts';
import type { ErpAccess } from '../erp.ts';
import { find } from '../records.ts';
import { fromQuantity, Id, idOf, nullable, Quantity, rowsOf, Text } from '../wire.ts';

const rowsInAPage = 500;
const readRows = rowsOf(Type.Object({ id: Id, code: Text, default_uom: Id, quantity: nullable(Quantity) }));

/** On-hand of the books: everything in the warehouse, also what stands picked in its output zone. */
export const createStock = (erps: ErpAccess, directory: Directory): StockVerbs => ({
  levels: ({ site, page }, call) =>
    erps.during(call, async (erp) => {
      const warehouse = await directory.warehouses.idOf(erp, site);
      const rows = await find(erp, readRows, 'product.product', {
        where: [
          ['id', '>', page === undefined ? 0 : idOf(page)],
          ['type', '=', 'goods'],
          ['code', '!=', null],
        ],
        fields: ['code', 'default_uom', 'quantity'],
        limit: rowsInAPage,
        order: [['id', 'ASC']],
        context: { locations: [warehouse], with_childs: true },
      });
      const levels = await Promise.all(
        rows.map(async ({ code, default_uom, quantity }) => ({
          item: code ?? '',
          site,
          onHand: fromQuantity(quantity ?? 0),
          unit: await directory.units.codeOf(erp, default_uom),
        })),
      );
      const last = rows.at(-1);
      return { levels, ...(rows.length < rowsInAPage || last === undefined ? {} : { next: String(last.id) }) };
    }),
});
