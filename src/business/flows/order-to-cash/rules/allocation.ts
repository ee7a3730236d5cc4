import { at } from '#model/canonical';
import type { Allocation, ReservationRequest } from '#model/capabilities';
import { isPositive } from '#model/kernel';
import type { OrderDocument, PlannedFulfilment } from '../document.ts';
import { isHeldBack } from './holds.ts';
import { goodsLines, moveAll, moveLine, quantitiesOf } from './lines.ts';

/** The open quantity of every line that is not kept back. */
export const linesToReserve = (doc: OrderDocument): ReservationRequest['lines'] =>
  goodsLines(doc)
    .filter(({ lineNumber }) => !isHeldBack(doc, lineNumber))
    .map(({ lineNumber, item, unit }) => ({
      lineNumber,
      item,
      unit,
      quantity: at(quantitiesOf(doc, lineNumber), 'open'),
    }))
    .filter(({ quantity }) => isPositive(quantity));

function planBySite(allocation: Allocation): readonly PlannedFulfilment[] {
  const sites = new Map<string, PlannedFulfilment['lines'][number][]>();
  for (const { lineNumber, places } of allocation.lines) {
    for (const { site, quantity } of places) {
      const lines = sites.get(site) ?? [];
      lines.push({ lineNumber, quantity });
      sites.set(site, lines);
    }
  }
  return [...sites].map(([site, lines]) => ({ site, lines })).sort((a, b) => (a.site < b.site ? -1 : 1));
}

/** What is short is backordered, cancelled, or stays open until all is there: the order's policy. */
const shortGoesTo = { 'ship-partial': 'backordered', 'fill-or-kill': 'cancelled', 'ship-complete': undefined } as const;

/** Takes what was reserved as this round's plan. A round that got nothing is over; the next asks anew. */
export function takeAllocation(doc: OrderDocument, { answer }: { readonly answer: Allocation }): OrderDocument {
  let { lines } = doc;
  const target = shortGoesTo[doc.given.shippingPolicy];
  for (const { lineNumber, places, short } of answer.lines) {
    for (const { quantity } of places) lines = moveLine(lines, lineNumber, 'open', 'allocated', quantity);
    if (target) lines = moveLine(lines, lineNumber, 'open', target, short);
  }
  const plan = planBySite(answer);
  return { ...doc, lines, plan, round: plan.length === 0 ? doc.round + 1 : doc.round };
}

export const nothingReserved = (doc: OrderDocument): boolean => doc.plan.length === 0;

export const waitsForAll = (doc: OrderDocument): boolean =>
  nothingReserved(doc) && doc.given.shippingPolicy === 'ship-complete';

/** What was backordered is open again, for another round. */
export const lookForStockAgain = (doc: OrderDocument): OrderDocument => ({
  ...doc,
  lines: moveAll(doc.lines, 'backordered', 'open'),
  check: doc.check + 1,
});
