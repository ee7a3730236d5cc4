import { at as quantityAt } from '#model/canonical';
import { add, extendedAmount, roundHalfUp, subtract, sum, zero } from '#model/kernel';
import type { CaseSubject } from '#platform/engine';
import type { OrderDocument } from '../document.ts';
import { agreedPrice } from './checks.ts';
import { demandOf } from './demand.ts';
import { chargeLines, chargesAreOpen, goodsLines, liveQuantity } from './lines.ts';

/** Net value of what is wanted and has not left, with the charges that no booking carries. */
export function openValue(doc: OrderDocument) {
  const goods = goodsLines(doc).flatMap(({ lineNumber }) => {
    const line = doc.lines[lineNumber];
    if (line === undefined) return [];
    return [extendedAmount(agreedPrice(doc, lineNumber), subtract(liveQuantity(line), quantityAt(line, 'shipped')))];
  });
  const charges = chargesAreOpen(doc)
    ? chargeLines(doc).map(({ lineNumber, quantity }) => extendedAmount(agreedPrice(doc, lineNumber), quantity))
    : [];
  return roundHalfUp(add(sum([...goods, ...charges]), zero), 2);
}

/** By when it should leave, where the customer said so: the end of that day. */
const endOf = (day: string): string => `${day}T23:59:59.000Z`;

/** Who waits for this order, for how much of it, and until when. */
export function orderSubject(doc: OrderDocument): CaseSubject {
  const { customer, currency, requestedDate } = demandOf(doc);
  return {
    party: customer,
    worth: { amount: openValue(doc), currency },
    ...(requestedDate === undefined ? {} : { dueBy: endOf(requestedDate) }),
  };
}
