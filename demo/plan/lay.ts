import { Big } from 'big.js';
import { type Decimal, decimal, zero } from '#model/kernel';
import type { Fit } from './choose.ts';
import { incidentRules } from './incident-rules.ts';
import type { Incident, IncidentKind, Levels, PlannedOrder, Submission, SubmittedLine } from './plan.ts';

const plain = (value: Big): Decimal => decimal(value.toFixed());
const at = (NORTH: Big, SOUTH: Big): Levels => ({ NORTH: plain(NORTH), SOUTH: plain(SOUTH) });
const nothing = new Big(0);

const net = (lines: readonly SubmittedLine[]): Big =>
  lines.reduce((sum, { quantity, unitPrice }) => sum.plus(new Big(quantity).times(unitPrice)), nothing);

/** A tenth more, and never so little that it might pass as rounding. */
function movedPrice(price: Decimal): Decimal {
  const tenth = new Big(price).times('0.1').round(2, Big.roundUp);
  return plain(new Big(price).plus(tenth.lt('0.05') ? '0.05' : tenth));
}

/** The levels that make the incident: too little, split over the warehouses, or just enough to miss what is not found. */
function stockFor(kind: IncidentKind, quantity: Big): Levels | undefined {
  switch (kind) {
    case 'stock-backordered':
    case 'stock-fill-or-kill':
    case 'stock-ship-complete':
      return at(quantity.div(2).round(0, Big.roundDown), nothing);
    case 'two-warehouses': {
      const south = quantity.div(3).round(0, Big.roundDown);
      return at(quantity.minus(south), south);
    }
    case 'short-pick':
      return at(quantity, nothing);
    default:
      return undefined;
  }
}

const creditKinds: readonly IncidentKind[] = ['credit-released', 'credit-never-released', 'cancelled-while-held'];
const priceKinds: readonly IncidentKind[] = ['price-moved', 'duplicate-purchase-order'];

/** Names that no other order has, for what an incident must not share. */
export interface FreshNames {
  customer(elder: string): string;
  item(elder: string): string;
}

function renamed(submission: Submission, kind: IncidentKind, fit: Fit, fresh: FreshNames): Submission {
  const rule = incidentRules[kind];
  const ownItem = kind === 'unknown-item' || (rule.ownItem !== undefined && !fit.alone);
  const { customer } = submission;
  return {
    ...submission,
    ...(rule.policy === undefined ? {} : { shippingPolicy: rule.policy }),
    ...(rule.ownCustomer !== undefined && !fit.alone && customer !== undefined
      ? { customer: fresh.customer(customer) }
      : {}),
    lines: submission.lines.map((line, place) =>
      ownItem && place === fit.line ? { ...line, item: fresh.item(line.item) } : line,
    ),
  };
}

/** Lays an incident of this kind over an order that suits it. */
export function layIncident(order: PlannedOrder, kind: IncidentKind, fit: Fit, fresh: FreshNames): PlannedOrder {
  const submission = renamed(order.submission, kind, fit, fresh);
  const line = fit.line === undefined ? undefined : submission.lines[fit.line];
  const quantity = new Big(line?.quantity ?? zero);
  const stock = stockFor(kind, quantity);
  const incident: Incident = {
    kind,
    ...(fit.line === undefined ? {} : { line: fit.line }),
    ...(creditKinds.includes(kind) ? { creditLimit: plain(net(submission.lines).div(2).round(2, Big.roundDown)) } : {}),
    ...(stock === undefined ? {} : { stock }),
    ...(kind === 'short-pick' ? { missing: plain(quantity.div(3).round(0, Big.roundUp)) } : {}),
  };
  const agreed = order.agreed?.map((price, place) =>
    priceKinds.includes(kind) && place === fit.line && line !== undefined ? movedPrice(line.unitPrice) : price,
  );
  return { ...order, submission, incident, ...(agreed === undefined ? {} : { agreed }) };
}
