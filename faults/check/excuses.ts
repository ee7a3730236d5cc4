import { add, compare, type Decimal, subtract, zero } from '#model/kernel';
import { demandOf } from './demand.ts';
import { isSettled } from './ends.ts';
import type { Effect, Evidence } from './evidence.ts';
import { byOrder, itemsOf, ofKind, quantityOf, tally } from './tally.ts';

/** Says whether an order may end with less of an item than was ordered. */
export type Excuse = (orderNumber: string, item: string) => boolean;

/**
 * What excuses a cancellation: somebody asked for it, or the order is to be filled or killed and what others have, or may still get, leaves
 * too little. An order that was killed had nothing, so it excuses no other.
 */
export function excuses(evidence: Evidence): Excuse {
  const calledOff = new Set(evidence.calledOff);
  const policies = new Map(
    evidence.acknowledged.map(({ orderNumber, shippingPolicy }) => [orderNumber, shippingPolicy]),
  );
  const demand = demandOf(evidence);
  const effects = byOrder(evidence);
  const there = tally(evidence.stock.before.map(({ item, quantity }) => [item, quantity] as const));
  const shippedOf = (own: readonly Effect[]) => itemsOf(ofKind(own, 'shipped'));
  const wantedOf = (orderNumber: string) =>
    tally((demand.get(orderNumber) ?? []).map(({ item, quantity }) => [item, quantity] as const));
  const taken = new Map(
    [...evidence.orders].map(([orderNumber, order]) => {
      const isOver = isSettled(order) && !calledOff.has(orderNumber);
      return [orderNumber, isOver ? shippedOf(effects.get(orderNumber) ?? []) : wantedOf(orderNumber)] as const;
    }),
  );
  const takenOfAll = new Map<string, Decimal>();
  for (const quantities of taken.values())
    for (const [item, quantity] of quantities) takenOfAll.set(item, add(quantityOf(takenOfAll, item), quantity));
  const isShort = (orderNumber: string, item: string): boolean => {
    const own = taken.get(orderNumber);
    const others = subtract(quantityOf(takenOfAll, item), own === undefined ? zero : quantityOf(own, item));
    return compare(add(others, quantityOf(wantedOf(orderNumber), item)), quantityOf(there, item)) > 0;
  };
  return (orderNumber, item) =>
    calledOff.has(orderNumber) || (policies.get(orderNumber) === 'fill-or-kill' && isShort(orderNumber, item));
}
