import { type OrderLine, at as quantityAt } from '#model/canonical';
import type { CustomerStanding, QuotedLine } from '#model/capabilities';
import {
  add,
  compare,
  type Decimal,
  divideExactly,
  extendedAmount,
  multiply,
  roundHalfUp,
  subtract,
  sum,
  zero,
} from '#model/kernel';
import type { Moment } from '#platform/engine';
import type { Hold, HoldKind, OrderDocument, Waiver } from '../document.ts';
import { demandOf } from './demand.ts';
import { goodsLines } from './lines.ts';

/** A price may differ from the agreed one by this part of it. */
const priceTolerance = '0.01' as Decimal;
const hundred = '100' as Decimal;

interface Answered<Answer> {
  readonly answer: Answer;
}

export const noteCustomer = (doc: OrderDocument, { answer }: Answered<CustomerStanding>): OrderDocument => ({
  ...doc,
  customer: answer,
});

export const notePrices = (
  doc: OrderDocument,
  { answer }: Answered<{ readonly lines: readonly QuotedLine[] }>,
): OrderDocument => ({
  ...doc,
  prices: Object.fromEntries(
    answer.lines.flatMap((line) =>
      line.known ? [[line.lineNumber, { unitPrice: line.unitPrice, taxPercent: line.taxPercent }]] : [],
    ),
  ),
  unknownItems: answer.lines.flatMap((line) => (line.known ? [] : [line.lineNumber])),
});

export const noteClaim = (doc: OrderDocument, { answer }: Answered<{ readonly heldBy: string }>): OrderDocument => {
  const { duplicateOf: _, ...rest } = doc;
  return answer.heldBy === doc.given.orderNumber ? rest : { ...rest, duplicateOf: answer.heldBy };
};

/** The price at which a line is booked: the agreed one, else the customer's own. */
export const agreedPrice = (doc: OrderDocument, lineNumber: number): Decimal =>
  demandOf(doc).lines.find((line) => line.lineNumber === lineNumber)?.unitPrice ??
  doc.prices[lineNumber]?.unitPrice ??
  zero;

type QuantityOf = (line: OrderLine) => Decimal;

/** With tax, as far as the items are known: the whole order, or of each line what `quantityOf` says. */
export function orderValue(doc: OrderDocument, quantityOf: QuantityOf = ({ quantity }) => quantity): Decimal {
  const [anyPrice] = Object.values(doc.prices);
  const amounts = demandOf(doc)
    .lines.filter((line) => !doc.unknownItems.includes(line.lineNumber))
    .map((line) => {
      const net = extendedAmount(agreedPrice(doc, line.lineNumber), quantityOf(line));
      const taxPercent = (doc.prices[line.lineNumber] ?? anyPrice)?.taxPercent ?? zero;
      return add(net, divideExactly(multiply(net, taxPercent), hundred) ?? zero);
    });
  return roundHalfUp(sum(amounts), 2);
}

const isWaived = (
  doc: OrderDocument,
  kind: HoldKind,
  at: Moment,
  covers: (waiver: Waiver) => boolean = () => true,
): boolean =>
  doc.waivers.some(
    (waiver) => waiver.kind === kind && (waiver.expires === undefined || waiver.expires > at.now) && covers(waiver),
  );

type Finding = Pick<Hold, 'hold' | 'kind' | 'reason' | 'lineNumber'>;

/** Something of the order stands in the ERP already, and counts as used there. */
const isPartlyBooked = (doc: OrderDocument): boolean => doc.bookings.some(({ withdrawn }) => withdrawn !== true);

/** What the ERP does not count as used yet: all of it, or after a booking what is still open. */
const newValue = (doc: OrderDocument): Decimal =>
  isPartlyBooked(doc)
    ? orderValue(doc, ({ lineNumber }) => quantityAt(doc.lines[lineNumber] ?? { ordered: zero }, 'open'))
    : orderValue(doc);

const creditExcess = (doc: OrderDocument, used: Decimal, limit: Decimal): Decimal =>
  subtract(add(used, newValue(doc)), limit);

/** Does a waiver that is in force let the order be booked over the ERP's own limit? */
function creditIsWaived(doc: OrderDocument, at: Moment): boolean {
  const { customer } = doc;
  if (customer === undefined || !customer.known) return false;
  const excess =
    customer.creditLimit === undefined ? zero : creditExcess(doc, customer.creditUsed, customer.creditLimit);
  return isWaived(
    doc,
    'credit',
    at,
    ({ amount }) => amount === undefined || (!customer.blocked && compare(excess, amount) <= 0),
  );
}

function creditFindings(doc: OrderDocument, at: Moment): readonly Finding[] {
  const { customer } = doc;
  if (customer === undefined) return [];
  const hold = (reason: string): readonly Finding[] => [{ hold: 'credit', kind: 'credit', reason }];
  if (!customer.known) return hold(`the ERP does not know customer ${doc.given.customer}`);
  if (customer.blocked)
    return isWaived(doc, 'credit', at, ({ amount }) => amount === undefined)
      ? []
      : hold(`customer ${doc.given.customer} is blocked`);
  // What was booked was checked with the whole order; a change may have made it more.
  if (customer.creditLimit === undefined || (isPartlyBooked(doc) && doc.amended === undefined)) return [];
  const excess = creditExcess(doc, customer.creditUsed, customer.creditLimit);
  if (compare(excess, zero) <= 0) return [];
  if (isWaived(doc, 'credit', at, ({ amount }) => amount === undefined || compare(excess, amount) <= 0)) return [];
  return hold(`over the credit limit of ${customer.creditLimit} ${customer.currency} by ${excess}`);
}

/** Does a price differ so little from the agreed one that nobody is asked? */
export function isWithinTolerance(price: Decimal, agreed: Decimal): boolean {
  const difference = subtract(price, agreed);
  const tolerance = multiply(agreed, priceTolerance);
  return compare(difference, tolerance) <= 0 && compare(difference, subtract(zero, tolerance)) >= 0;
}

function priceFindings(doc: OrderDocument, at: Moment): readonly Finding[] {
  const different = goodsLines(doc).flatMap(({ lineNumber, unitPrice }) => {
    const quoted = doc.prices[lineNumber]?.unitPrice;
    if (unitPrice === undefined || quoted === undefined) return [];
    return isWithinTolerance(unitPrice, quoted)
      ? []
      : [`line ${lineNumber}: ordered at ${unitPrice}, agreed ${quoted}`];
  });
  const reason = different.join('; ');
  const isKnown = isWaived(doc, 'price', at, ({ held }) => held === reason);
  return different.length === 0 || isKnown ? [] : [{ hold: 'price', kind: 'price', reason }];
}

const duplicateFindings = (doc: OrderDocument, at: Moment): readonly Finding[] =>
  doc.duplicateOf === undefined || isWaived(doc, 'duplicate', at)
    ? []
    : [
        {
          hold: 'duplicate',
          kind: 'duplicate',
          reason: `purchase order ${demandOf(doc).customerPurchaseOrder} is already open as order ${doc.duplicateOf}`,
        },
      ];

const itemFindings = (doc: OrderDocument): readonly Finding[] =>
  doc.unknownItems.map((lineNumber) => ({
    hold: `item-${lineNumber}`,
    kind: 'item',
    lineNumber,
    reason: `the ERP does not know item ${demandOf(doc).lines.find((line) => line.lineNumber === lineNumber)?.item}`,
  }));

/** All that keeps the order, or a line of it, from going on: every finding at once, what was waived left out. */
export function placeHolds(doc: OrderDocument, at: Moment): OrderDocument {
  const findings = [
    ...creditFindings(doc, at),
    ...priceFindings(doc, at),
    ...duplicateFindings(doc, at),
    ...itemFindings(doc),
  ];
  const holds = findings.map((finding) => ({
    ...finding,
    placedAt: doc.holds.find((elder) => elder.hold === finding.hold)?.placedAt ?? at.now,
  }));
  return { ...doc, holds, creditWaived: creditIsWaived(doc, at) };
}
