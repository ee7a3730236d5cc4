import { type Static, Type } from 'typebox';
import type { CatalogueItem, CatalogueVerbs } from '#model/capabilities';
import { divideExactly } from '#model/kernel';
import { alsoInactive, type Directory } from '../directory/index.ts';
import type { UnitRecord } from '../directory/units.ts';
import type { ErpAccess } from '../erp.ts';
import { find } from '../records.ts';
import { Id, idOf, rowsOf, Text } from '../wire.ts';

const rowsInAPage = 500;
const readParties = rowsOf(Type.Object({ id: Id, code: Text, name: Text, active: Type.Boolean() }));
const Product = Type.Object({ id: Id, code: Text, rec_name: Text, default_uom: Id });
const readProducts = rowsOf(Product);

/** A page is "ids after this one": stable while records come and go. */
const after = (page: string | undefined) => ['id', '>', page === undefined ? 0 : idOf(page)] as const;
const inPages = { limit: rowsInAPage, order: [['id', 'ASC']] } as const;

function nextPage(rows: readonly { readonly id: number }[]): { readonly next?: string } {
  const last = rows.at(-1);
  return rows.length < rowsInAPage || last === undefined ? {} : { next: String(last.id) };
}

/** `[85123A] WHITE HANGING HEART`: the name that people see carries the code in front. */
const descriptionOf = ({ rec_name, code }: Static<typeof Product>): string =>
  (rec_name ?? '').replace(`[${code}] `, '').slice(0, 200);

function conversionsOf(stock: UnitRecord, units: readonly UnitRecord[]): CatalogueItem['conversions'] {
  return units.flatMap((unit) => {
    if (unit.code === undefined || unit.id === stock.id || unit.category !== stock.category) return [];
    const factor = divideExactly(unit.factor, stock.factor);
    return factor === undefined ? [] : [{ unit: unit.code, factor }];
  });
}

/** Customers are all parties except the company itself; items are the products that may be sold in a unit that we know. */
export const createCatalogue = (erps: ErpAccess, directory: Directory): CatalogueVerbs => ({
  customers: ({ page }, call) =>
    erps.during(call, async (erp) => {
      const company = await directory.company.get(erp);
      const where = [after(page), ['id', '!=', company.party], alsoInactive];
      const rows = await find(erp, readParties, 'party.party', {
        where,
        fields: ['code', 'name', 'active'],
        ...inPages,
      });
      const customers = rows.flatMap(({ code, name, active }) =>
        code === null ? [] : [{ customer: code, name: name ?? code, currency: company.currency, active }],
      );
      return { customers, ...nextPage(rows) };
    }),

  items: ({ page }, call) =>
    erps.during(call, async (erp) => {
      const units = await directory.units.all(erp);
      const where = [after(page), ['salable', '=', true], ['code', '!=', null]];
      const fields = ['code', 'rec_name', 'default_uom'];
      const rows = await find(erp, readProducts, 'product.product', { where, fields, ...inPages });
      const items = rows.flatMap((row): readonly CatalogueItem[] => {
        const stock = units.find(({ id }) => id === row.default_uom);
        if (row.code === null || stock?.code === undefined) return [];
        const description = descriptionOf(row);
        return [{ item: row.code, description, unit: stock.code, conversions: conversionsOf(stock, units) }];
      });
      return { items, ...nextPage(rows) };
    }),
});
