import { compare, type Decimal, zero } from '#model/kernel';
import type { Submission } from './plan.ts';

const isPositive = (price: Decimal): boolean => compare(price, zero) > 0;

/** What the ERP will hold as prices, as the day's data shows them. */
export interface Prices {
  /** The price that an item most often has; of equally frequent ones the first. Zero for what never has one. */
  list(item: string): Decimal;
  /** The first price that this customer paid for the item; else its list price. */
  agreed(customer: string, item: string): Decimal;
}

function mostFrequent(prices: readonly Decimal[]): Decimal {
  const counts = Map.groupBy(prices, (price) => String(Number(price)));
  let best: readonly Decimal[] = [];
  for (const same of counts.values()) if (same.length > best.length) best = same;
  return best[0] ?? zero;
}

/** Learns prices from submissions, in their order. Returns and what is free say nothing about prices. */
export function pricesOf(submissions: readonly Submission[]): Prices {
  const paid = new Map<string, Decimal[]>();
  const first = new Map<string, Decimal>();
  for (const { customer, lines } of submissions) {
    for (const { item, unitPrice, quantity } of lines) {
      if (!isPositive(unitPrice) || !isPositive(quantity)) continue;
      const prices = paid.get(item) ?? [];
      prices.push(unitPrice);
      paid.set(item, prices);
      const key = `${customer} ${item}`;
      if (customer !== undefined && !first.has(key)) first.set(key, unitPrice);
    }
  }
  const list = new Map([...paid].map(([item, prices]) => [item, mostFrequent(prices)]));
  return {
    list: (item) => list.get(item) ?? zero,
    agreed: (customer, item) => first.get(`${customer} ${item}`) ?? list.get(item) ?? zero,
  };
}
