import { Type } from 'typebox';
import type { PriceRequest, PricesVerbs, QuotedLine } from '#model/capabilities';
import { Fault } from '#model/kernel';
import { createCache } from '../cache.ts';
import type { Directory } from '../directory/index.ts';
import type { Erp, ErpAccess } from '../erp.ts';
import { reader } from '../wire.ts';
import { askPrices } from './asked-prices.ts';
import { percentOf, taxesOn } from './taxes.ts';

const readCount = reader(Type.Integer());
const refuse = (code: string, message: string) => new Fault('business', { code, message });

/** `breaksLifetimeMs`: how long it is believed that a price list has, or has not, prices that depend on the quantity. */
export function createPrices(erps: ErpAccess, directory: Directory, breaksLifetimeMs: number): PricesVerbs {
  const breaks = createCache<'by-quantity' | 'flat'>(breaksLifetimeMs);

  async function dependsOnQuantity(erp: Erp, priceList: number | null): Promise<boolean> {
    if (priceList === null) return false;
    const known = await breaks.get(String(priceList), async () => {
      const where = [
        ['price_list', '=', priceList],
        ['quantity', '!=', null],
      ];
      const count = await erp.ask(readCount, 'model.product.price_list.line.search_count', [where]);
      return count > 0 ? 'by-quantity' : 'flat';
    });
    return known === 'by-quantity';
  }

  async function quote(erp: Erp, request: PriceRequest): Promise<readonly QuotedLine[]> {
    const named = request.lines.map(({ item }) => item);
    const [customer, items, company] = await Promise.all([
      directory.customers.ask(erp, request.customer),
      directory.items.find(erp, named),
      directory.company.get(erp),
    ]);
    if (customer === undefined) throw refuse('unknown-customer', `Tryton has no customer ${request.customer}.`);
    if (company.currency !== request.currency) {
      throw refuse('wrong-currency', `Tryton's company sells in ${company.currency}, not in ${request.currency}.`);
    }
    const byQuantity = await dependsOnQuantity(erp, customer.priceList);
    const currency = company.currencyId;
    const priceOf = await askPrices(erp, request.lines, { directory, customer, items, currency, byQuantity });

    return Promise.all(
      request.lines.map(async (line): Promise<QuotedLine> => {
        const item = items.get(line.item);
        const unitPrice = priceOf(line);
        if (item === undefined || unitPrice === undefined) return { lineNumber: line.lineNumber, known: false };
        return {
          lineNumber: line.lineNumber,
          known: true,
          unitPrice,
          taxPercent: percentOf(line.item, await taxesOn(erp, item, customer, company)),
          unit: await directory.units.codeOf(erp, item.unit),
        };
      }),
    );
  }

  return {
    quote: (request, call) => erps.during(call, async (erp) => ({ lines: await quote(erp, request) })),
  };
}
