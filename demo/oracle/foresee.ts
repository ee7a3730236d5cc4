import { Big } from 'big.js';
import { doorFindings, priceDiffers } from '../plan/expectations.ts';
import type { IncidentKind, Plan, PlannedOrder } from '../plan/plan.ts';
import { allocate } from './allocate.ts';
import type { Expected, ExpectedLine, ExpectedPlace, Outcome } from './expected.ts';

const nothing = new Big(0);
const tax = new Big('1.2');

/** Price times quantity, to the penny. */
const amount = ({ quantity, unitPrice }: ExpectedLine): Big => quantity.times(unitPrice).round(2, Big.roundHalfUp);
const worth = (lines: readonly ExpectedLine[]): Big => lines.reduce((sum, line) => sum.plus(amount(line)), nothing);

function linesOf(order: PlannedOrder, kind: 'goods' | 'charge', without = -1): readonly ExpectedLine[] {
  return order.submission.lines.flatMap((line, at) =>
    line.kind === kind && at !== without
      ? [{ item: line.item, quantity: new Big(line.quantity), unitPrice: new Big(line.unitPrice) }]
      : [],
  );
}

const unknownLine = ({ incident }: PlannedOrder): number =>
  incident?.kind === 'unknown-item' ? (incident.line ?? -1) : -1;

function holdsOf(order: PlannedOrder): readonly string[] {
  const { submission, agreed, incident } = order;
  const due = worth([...linesOf(order, 'goods', unknownLine(order)), ...linesOf(order, 'charge')]).times(tax);
  const overLimit = incident?.creditLimit !== undefined && due.gt(incident.creditLimit);
  const priced = submission.lines.some((line, at) => {
    const price = agreed?.[at];
    return at !== unknownLine(order) && price !== undefined && priceDiffers(line, price);
  });
  return [...(overLimit ? ['credit'] : []), ...(priced ? ['price'] : []), ...(unknownLine(order) >= 0 ? ['item'] : [])];
}

/** The picker does not find these units. */
function shippedOf(lines: readonly ExpectedLine[], { incident, submission }: PlannedOrder): readonly ExpectedLine[] {
  if (incident?.kind !== 'short-pick') return lines;
  const item = submission.lines[incident.line ?? -1]?.item;
  return lines
    .map((line) => (line.item === item ? { ...line, quantity: line.quantity.minus(incident.missing ?? 0) } : line))
    .filter(({ quantity }) => quantity.gt(0));
}

/** It ends while it is held or waits: nobody releases it, or the customer cancels it. */
const endsUnbooked: Readonly<Partial<Record<IncidentKind, Outcome>>> = {
  'credit-never-released': 'held',
  'cancelled-while-held': 'cancelled',
};

const units = (lines: readonly ExpectedLine[]): Big => lines.reduce((sum, { quantity }) => sum.plus(quantity), nothing);

function outcomeOf(goods: readonly ExpectedLine[], places: readonly ExpectedPlace[]): Outcome {
  const shipped = units(places.flatMap((place) => place.shipped));
  if (goods.length > 0 && shipped.eq(0)) return 'cancelled';
  return shipped.lt(units(goods)) ? 'completed-short' : 'completed';
}

/** What must become of one order of the plan, by the rules of order intake and by what people are planned to decide. */
export function foresee(order: PlannedOrder, plan: Plan): Expected {
  const { id, channel, submission, incident } = order;
  const goods = linesOf(order, 'goods');
  const charges = linesOf(order, 'charge');
  const findings = doorFindings(submission);
  const base = {
    id,
    channel,
    ...(incident === undefined ? {} : { incident: incident.kind }),
    purchaseOrder: submission.customerPurchaseOrder,
    findings,
    orderedUnits: units(goods).toNumber(),
  };
  const ordered = worth([...goods, ...charges]);
  const unbooked = (outcome: Outcome, holds: readonly string[]): Expected => ({
    ...base,
    outcome,
    holds,
    places: [],
    charges: [],
    chargesInvoiced: false,
    value: { ordered: findings.length > 0 ? nothing : ordered, shipped: nothing, invoiced: nothing },
  });
  if (findings.length > 0) return unbooked(channel === 'api' ? 'refused' : 'quarantined', []);
  const holds = holdsOf(order);
  const early = incident === undefined ? undefined : endsUnbooked[incident.kind];
  if (early !== undefined) return unbooked(early, holds);
  const allocation = allocate(linesOf(order, 'goods', unknownLine(order)), plan.stock);
  if (allocation.isShort && submission.shippingPolicy === 'ship-complete') return unbooked('cancelled', holds);
  if (goods.length > 0 && allocation.places.length === 0) return unbooked('cancelled', holds);

  const stopped = incident?.kind === 'cancellation-accepted';
  const places = allocation.places.map(
    ({ site, lines }): ExpectedPlace => ({
      site,
      booked: lines,
      shipped: stopped ? [] : shippedOf(lines, order),
    }),
  );
  const shipped = worth(places.flatMap((place) => place.shipped));
  const outcome = outcomeOf(goods, places);
  const chargesInvoiced = charges.length > 0 && outcome !== 'cancelled';
  return {
    ...base,
    outcome,
    holds,
    places: goods.length === 0 ? [{ site: 'any', booked: [], shipped: [] }] : places,
    charges,
    chargesInvoiced,
    value: { ordered, shipped, invoiced: chargesInvoiced ? shipped.plus(worth(charges)) : shipped },
  };
}

/** The second order under the same purchase order number: held for that, cancelled, and nothing comes of it. */
const twinOf = (elder: Expected): Expected => ({
  ...elder,
  id: twinId(elder.id),
  outcome: 'cancelled',
  holds: [...elder.holds, 'duplicate'],
  places: [],
  charges: [],
  chargesInvoiced: false,
  value: { ...elder.value, shipped: nothing, invoiced: nothing },
});

export const twinId = (id: string): string => `${id} again`;

/** What must become of everything that is submitted on the day. */
export const foreseeDay = (plan: Plan): readonly Expected[] =>
  plan.orders.flatMap((order) => {
    const expected = foresee(order, plan);
    return expected.incident === 'duplicate-purchase-order' ? [expected, twinOf(expected)] : [expected];
  });
