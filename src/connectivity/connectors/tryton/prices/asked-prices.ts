import { Type } from 'typebox';
import type { PriceRequest } from '#model/capabilities';
import { type Decimal, one } from '#model/kernel';
import type { CustomerRecord, Directory, ItemRecord } from '../directory/index.ts';
import type { Erp } from '../erp.ts';
import { find } from '../records.ts';
import { fromPrice, Id, Numeric, nullable, rowsOf, toQuantity } from '../wire.ts';

const readPrices = rowsOf(Type.Object({ id: Id, sale_price_uom: nullable(Numeric) }));

type Line = PriceRequest['lines'][number];

/** Lines that one question answers: Tryton computes prices for one unit and one quantity at a time. */
interface Question {
  readonly unit: string;
  readonly quantity: Decimal;
  readonly products: readonly number[];
}

const questionKey = (unit: string, quantity: Decimal): string => `${unit} ${quantity}`;

export interface PriceNeeds {
  readonly directory: Directory;
  readonly customer: CustomerRecord;
  readonly items: ReadonlyMap<string, ItemRecord>;
  /** Id of the currency of the answers. */
  readonly currency: number;
  /** Prices of this customer change with the quantity; otherwise all lines of a unit are one question. */
  readonly byQuantity: boolean;
}

function questionsFor(lines: readonly Line[], { items, byQuantity }: PriceNeeds): readonly Question[] {
  const known = lines.filter(({ item }) => items.has(item));
  const groups = Map.groupBy(known, ({ unit, quantity }) => questionKey(unit, byQuantity ? quantity : one));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const products = [...new Set(group.flatMap(({ item }) => items.get(item)?.id ?? []))];
    return [{ unit: first.unit, quantity: byQuantity ? first.quantity : one, products }];
  });
}

/** Asks all prices and answers the price of a line; undefined where there is none. */
export async function askPrices(
  erp: Erp,
  lines: readonly Line[],
  needs: PriceNeeds,
): Promise<(line: Line) => Decimal | undefined> {
  const { directory, customer, items, currency, byQuantity } = needs;
  const prices = new Map<string, Decimal>();
  const askOne = async ({ unit, quantity, products }: Question): Promise<void> => {
    const { id: uom } = await directory.units.named(erp, unit);
    const rows = await find(erp, readPrices, 'product.product', {
      where: [['id', 'in', products]],
      fields: ['sale_price_uom'],
      context: {
        customer: customer.id,
        price_list: customer.priceList,
        currency,
        uom,
        quantity: toQuantity(quantity),
      },
    });
    for (const { id, sale_price_uom: price } of rows) {
      if (price !== null) prices.set(`${questionKey(unit, quantity)} ${id}`, fromPrice(price));
    }
  };
  await Promise.all(questionsFor(lines, needs).map(askOne));
  return ({ item, unit, quantity }) =>
    prices.get(`${questionKey(unit, byQuantity ? quantity : one)} ${items.get(item)?.id}`);
}
