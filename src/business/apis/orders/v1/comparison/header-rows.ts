import type { Address, FulfilmentOrder } from '#model/canonical';
import type { BookingRequest, CustomerStanding } from '#model/capabilities';
import type { Asking } from '../exchanges/order-exchange.ts';
import type { BookedOrder } from './booked-order.ts';
import { type Cell, cell, ourselves, type Row, row } from './cell.ts';
import type { Contradiction, Findings } from './contradiction.ts';
import type { Evidence } from './evidence.ts';
import type { Handover } from './handover.ts';
import { isDone } from './progress.ts';

const inWords = (address: Address | undefined): string | undefined =>
  address &&
  [address.name, address.street, address.postalCode, address.city, address.country].filter(Boolean).join(', ');

/** What the ERP answered last to the question who the customer is. */
const standingAsked = ({ askings }: Evidence): Asking | undefined =>
  askings.findLast((each) => each.name === 'check-customer' && isDone(each));

interface Property {
  readonly name: string;
  readonly ours: string | undefined;
  readonly booked?: (request: BookingRequest) => string | undefined;
  readonly released?: (order: FulfilmentOrder) => string | undefined;
}

const isLive = ({ run }: Handover): boolean => run !== undefined && run.phase !== 'ended';

/** The last that a system took, and whether it still counts: what has left was right when it left. */
interface Taken {
  readonly system: string;
  readonly asking: Asking;
  readonly isLive: boolean;
}

const lastBookings = (bookings: readonly BookedOrder[]): readonly Taken[] => {
  const standing = bookings.filter((each) => each.booking !== undefined && !each.isWithdrawnThere);
  const last = new Map(standing.map((each) => [each.system, each]));
  return [...last].map(([system, { asking, handover }]) => ({
    system,
    asking,
    isLive: handover !== undefined && isLive(handover),
  }));
};

const lastReleases = (handovers: readonly Handover[]): readonly Taken[] => {
  const last = new Map(handovers.map((each) => [each.warehouse, each]));
  return [...last.values()].flatMap((each) => {
    const { release, warehouse } = each;
    if (release === undefined || warehouse === undefined || !isDone(release)) return [];
    return [{ system: warehouse, asking: release, isLive: isLive(each) }];
  });
};

function cellOf({ system, asking, isLive: counts }: Taken, value: string | undefined, ours: string | undefined): Cell {
  const isSame = !counts || value === undefined || ours === undefined || value === ours;
  return cell(system, { value, standing: isSame ? 'agrees' : 'differs', asOf: asking.settledAt, source: asking.name });
}

const quarrel = (property: string, ours: string | undefined, { system, value }: Cell): Contradiction => ({
  property,
  says: `${system} has ${property} "${value}"; the order says "${ours}".`,
  whatToDo: `Correct it in ${system}, or change the order.`,
});

function judge({ name, ours, booked, released }: Property, evidence: Evidence): Findings<readonly Row[]> {
  const theirs = [
    ...(booked === undefined
      ? []
      : lastBookings(evidence.bookings).map((taken) =>
          cellOf(taken, booked(taken.asking.request as BookingRequest), ours),
        )),
    ...(released === undefined
      ? []
      : lastReleases(evidence.handovers).map((taken) =>
          cellOf(taken, released(taken.asking.request as FulfilmentOrder), ours),
        )),
  ];
  if (ours === undefined && theirs.every(({ value }) => value === undefined)) return { rows: [], contradictions: [] };
  return {
    rows: [row(name, [cell(ourselves, { value: ours }), ...theirs])],
    contradictions: theirs.filter(({ standing }) => standing === 'differs').map((each) => quarrel(name, ours, each)),
  };
}

function customerRow(evidence: Evidence): Findings<Row> {
  const { demand } = evidence;
  const asked = standingAsked(evidence);
  const answer = asked?.answer as CustomerStanding | undefined;
  const ours = cell(ourselves, { value: demand.customer });
  if (asked === undefined || answer === undefined) return { rows: row('customer', [ours]), contradictions: [] };
  const { system, settledAt: asOf, name: source } = asked;
  if (answer.known) {
    const value = `${demand.customer} ${answer.name}${answer.blocked ? ' (blocked)' : ''}`;
    return { rows: row('customer', [ours, cell(system, { value, asOf, source })]), contradictions: [] };
  }
  const theirs = cell(system, { value: 'not known', standing: 'differs', asOf, source });
  return {
    rows: row('customer', [ours, theirs]),
    contradictions: [
      {
        property: 'customer',
        says: `${system} does not know customer ${demand.customer}, for whom the order is.`,
        missing: {
          message: 'customer record',
          from: 'whoever keeps the customers',
          to: system,
          ...(asOf === undefined ? {} : { since: asOf }),
          whatToDo: `Enter the customer in ${system}; the order is checked again by itself, or when its hold is released.`,
        },
      },
    ],
  };
}

/** Whose order it is, where it goes and by when. */
export function judgeHeader(evidence: Evidence): Findings<readonly Row[]> {
  const { demand, document } = evidence;
  const customer = customerRow(evidence);
  const properties: readonly Property[] = [
    {
      name: 'customer’s purchase order',
      ours: demand.customerPurchaseOrder,
      booked: ({ customerPurchaseOrder }) => customerPurchaseOrder,
      released: ({ customerPurchaseOrder }) => customerPurchaseOrder,
    },
    { name: 'currency', ours: demand.currency, booked: ({ currency }) => currency },
    { name: 'ship to', ours: inWords(demand.shipTo), released: ({ shipTo }) => inWords(shipTo) },
    { name: 'requested date', ours: demand.requestedDate, released: ({ requestedDate }) => requestedDate },
  ];
  // While a change waits for the warehouses, they rightly have what was before.
  const isPending = (document.changes ?? []).some(({ verdict }) => verdict === 'pending');
  const found = properties.map((property) => judge(property, evidence));
  return {
    rows: [customer.rows, ...found.flatMap(({ rows }) => rows)],
    contradictions: [
      ...customer.contradictions,
      ...(isPending ? [] : found.flatMap(({ contradictions }) => contradictions)),
    ],
  };
}
