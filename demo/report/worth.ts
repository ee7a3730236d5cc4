import { Big } from 'big.js';
import type { OrderFacts } from '../check/facts.ts';
import type { Expected } from '../oracle/expected.ts';

/** What orders were worth, before tax. */
export interface Worth {
  readonly ordered: Big;
  readonly shipped: Big;
  readonly invoiced: Big;
}

export const nothingWorth: Worth = { ordered: new Big(0), shipped: new Big(0), invoiced: new Big(0) };

export const addWorth = (a: Worth, b: Worth): Worth => ({
  ordered: a.ordered.plus(b.ordered),
  shipped: a.shipped.plus(b.shipped),
  invoiced: a.invoiced.plus(b.invoiced),
});

/** What one order was worth: as ordered by the plan, as shipped and invoiced by the ledgers. */
export function worthOf({ value }: Expected, facts: OrderFacts | undefined): Worth {
  if (facts === undefined) return { ...nothingWorth, ordered: value.ordered };
  const prices = new Map(facts.sales.flatMap(({ lines }) => lines.map(({ item, unitPrice }) => [item, unitPrice])));
  const shipped = facts.shipments
    .flatMap(({ lines }) => lines)
    .reduce((sum, { item, quantity }) => sum.plus(quantity.times(prices.get(item) ?? 0).round(2)), new Big(0));
  const invoiced = facts.invoices.reduce((sum, { untaxed }) => sum.plus(untaxed), new Big(0));
  return { ordered: value.ordered, shipped, invoiced };
}
