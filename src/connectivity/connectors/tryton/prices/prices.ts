import { Type } from 'typebox';
import type { PriceRequest, PricesVerbs, QuotedLine } from '#model/capabilities';
import { type Decimal, Fault, one } from '#model/kernel';
import { createCache } from '../cache.ts';
import type { Directory } from '../directory/index.ts';
import type { UnitRecord } from '../directory/units.ts';
import { type Erp, type ErpAccess, find } from '../erp.ts';
import { fromPrice, Id, Numeric, nullable, reader, rowsOf, toQuantity } from '../wire.ts';
import { percentOf, taxesOn } from './taxes.ts';

const readPrices = rowsOf(Type.Object({ id: Id, sale_price_uom: nullable(Numeric) }));
const readCount = reader(Type.Integer());

/** Lines that one question answers: Tryton computes prices for one unit and one quantity at a time. */
interface Batch {
  readonly unit: UnitRecord;
  readonly quantity: Decimal;
  readonly products: Set<number>;
}

const keyOf = (unit: number, quantity: Decimal) => `${unit} ${quantity}`;
const priceKey = (unit: number, quantity: Decimal, product: number) => `${keyOf(unit, quantity)} ${product}`;

/** `breaksLifetimeMs`: how long it is believed that a price list has, or has not, prices that depend on the quantity. */
export function createPrices(erps: ErpAccess, directory: Directory, breaksLifetimeMs: number): PricesVerbs {
  const breaks = createCache<'breaks' | 'flat'>(breaksLifetimeMs);

  /** Without quantity breaks all lines of a unit are one question. */
  async function dependsOnQuantity(erp: Erp, priceList: number | null): Promise<boolean> {
    if (priceList === null) return false;
    const known = await breaks.get(String(priceList), async () => {
      const where = [
        ['price_list', '=', priceList],
        ['quantity', '!=', null],
      ];
      const count = await erp.ask(readCount, 'model.product.price_list.line.search_count', [where]);
      return count > 0 ? 'breaks' : 'flat';
    });
    return known === 'breaks';
  }

  async function quote(erp: Erp, request: PriceRequest): Promise<readonly QuotedLine[]> {
    const [customer, items, company] = await Promise.all([
      directory.customers.find(erp, request.customer),
      directory.items.find(
        erp,
        request.lines.map(({ item }) => item),
      ),
      directory.company.get(erp),
    ]);
    if (customer === undefined) {
      const message = `Tryton has no customer ${request.customer}.`;
      throw new Fault('business', { code: 'unknown-customer', message });
    }
    const byQuantity = await dependsOnQuantity(erp, customer.priceList);
    const quantityOf = (quantity: Decimal) => (byQuantity ? quantity : one);

    const batches = new Map<string, Batch>();
    for (const { item, unit, quantity } of request.lines) {
      const record = items.get(item);
      if (record === undefined) continue;
      const unitRecord = await directory.units.named(erp, unit);
      const key = keyOf(unitRecord.id, quantityOf(quantity));
      const batch = batches.get(key) ?? { unit: unitRecord, quantity: quantityOf(quantity), products: new Set() };
      batch.products.add(record.id);
      batches.set(key, batch);
    }

    const prices = new Map<string, Decimal>();
    await Promise.all(
      [...batches.values()].map(async ({ unit, quantity, products }) => {
        const rows = await find(erp, readPrices, 'product.product', {
          where: [['id', 'in', [...products]]],
          fields: ['sale_price_uom'],
          context: {
            customer: customer.id,
            price_list: customer.priceList,
            currency: company.currencyId,
            uom: unit.id,
            quantity: toQuantity(quantity),
          },
        });
        for (const { id, sale_price_uom: price } of rows) {
          if (price !== null) prices.set(priceKey(unit.id, quantity, id), fromPrice(price));
        }
      }),
    );

    return Promise.all(
      request.lines.map(async ({ lineNumber, item, unit, quantity }): Promise<QuotedLine> => {
        const record = items.get(item);
        if (record === undefined) return { lineNumber, known: false };
        const { id } = await directory.units.named(erp, unit);
        const unitPrice = prices.get(priceKey(id, quantityOf(quantity), record.id));
        if (unitPrice === undefined) return { lineNumber, known: false };
        return {
          lineNumber,
          known: true,
          unitPrice,
          taxPercent: percentOf(item, await taxesOn(erp, record, customer, company)),
          unit: await directory.units.codeOf(erp, record.unit),
        };
      }),
    );
  }

  return {
    quote: (request, call) => erps.during(call, async (erp) => ({ lines: await quote(erp, request) })),
  };
}
