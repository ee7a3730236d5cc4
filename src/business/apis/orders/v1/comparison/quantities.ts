import { nothingMoreFollows } from '#business/flows';
import type { Shipment } from '#model/canonical';
import type { GoodsIssueRequest, PostedInvoice } from '#model/capabilities';
import { add, compare, type Decimal, isPositive, smaller, subtract, zero } from '#model/kernel';
import type { Asking } from '../exchanges/order-exchange.ts';
import type { BookedOrder } from './booked-order.ts';
import type { Evidence } from './evidence.ts';
import type { Handover } from './handover.ts';
import { isDone, type Progress, worst } from './progress.ts';

/** By line number. */
export type Quantities = ReadonlyMap<number, Decimal>;

export const of = (quantities: Quantities, line: number): Decimal => quantities.get(line) ?? zero;

type Counted = readonly (readonly [line: number, quantity: Decimal])[];

export function count(counted: Counted): Quantities {
  const found = new Map<number, Decimal>();
  for (const [line, quantity] of counted) found.set(line, add(found.get(line) ?? zero, quantity));
  return found;
}

const shippedIn = (shipments: readonly Shipment[]): Counted =>
  shipments.flatMap(({ lines }) => lines.map(({ lineNumber, shipped }) => [lineNumber, shipped] as const));

const issuedBy = (issues: readonly Asking[]): Counted =>
  issues
    .filter(isDone)
    .flatMap(({ request }) =>
      ((request as GoodsIssueRequest | undefined)?.lines ?? []).map(
        ({ lineNumber, shipped }) => [lineNumber, shipped] as const,
      ),
    );

/** One booking or one handover: what our books have of it, and what the system has. */
export interface Compared {
  readonly system: string;
  readonly ours: Quantities;
  readonly theirs: Quantities;
  /** What is under way that may explain a difference. */
  readonly progress: Progress;
  readonly asOf?: string | undefined;
  readonly source: string;
}

const isOver = ({ run, document }: Handover): boolean =>
  run?.phase === 'ended' || (document !== undefined && nothingMoreFollows(document));

function booked(each: BookedOrder, { order, document }: Evidence): Compared {
  const { asking, booking, handover, request, isWithdrawnThere, withdrawals, progress } = each;
  const goods = request.lines.filter(({ kind }) => kind === 'goods');
  const asked = goods.map(({ lineNumber, quantity }) => [lineNumber, quantity] as const);
  const isUnwinding = order.phase === 'unwinding' && handover === undefined;
  const isFree = document.bookings.some((known) => known.booking.id === booking?.id && known.withdrawn === true);
  const isExpected = order.phase !== 'ended' && !isFree && (booking !== undefined || progress !== 'settled');
  const left = shippedIn(handover?.document?.shipments ?? []);
  const issued = issuedBy(handover?.issues ?? []);
  const isFinal = (handover?.issues ?? []).some(
    (issue) => isDone(issue) && (issue.request as GoodsIssueRequest | undefined)?.final === true,
  );
  const ours = handover === undefined ? (isExpected ? asked : []) : isOver(handover) ? left : asked;
  const theirs = booking === undefined ? [] : isWithdrawnThere || isFinal ? issued : asked;
  return {
    system: each.system,
    ours: count(ours),
    theirs: count(theirs),
    progress: worst([
      progress,
      handover?.towardsErp ?? 'settled',
      isUnwinding || withdrawals.some(({ visit }) => visit !== undefined) ? 'in-flight' : 'settled',
    ]),
    asOf: handover?.issues.findLast(isDone)?.settledAt ?? asking.settledAt,
    source: asking.name,
  };
}

/** What stands booked in the ERP, beside what should. */
export const comparedBookings = (evidence: Evidence): readonly Compared[] =>
  evidence.bookings.map((each) => booked(each, evidence));

const releasedOf = ({ document }: Handover): Counted =>
  (document?.given.fulfilment.lines ?? []).map(({ lineNumber, quantity }) => [lineNumber, quantity] as const);

/** What the warehouses have been given. */
export const comparedReleases = ({ handovers }: Evidence): readonly Compared[] =>
  handovers.flatMap((each) => {
    const { warehouse: system, release, run, towardsWarehouse: progress } = each;
    if (system === undefined || release === undefined) return [];
    const isThere = isDone(release) && run?.state !== 'refused';
    const released = releasedOf(each);
    return [
      {
        ...{ system, progress, source: release.name, asOf: release.settledAt },
        ours: count(released),
        theirs: count(isThere ? released : []),
      },
    ];
  });

/** What the warehouses say has left. What they keep back although its time is over is told by the state. */
export const comparedShipments = ({ handovers }: Evidence): readonly Compared[] =>
  handovers.flatMap((each) => {
    const { warehouse: system, reported, document, towardsWarehouse } = each;
    if (system === undefined) return [];
    const last = reported.at(-1)?.hearing;
    const isBeingTaken = reported.some(({ hearing }) => hearing.standing === 'deferred');
    return [
      {
        system,
        ours: count(shippedIn(document?.shipments ?? [])),
        theirs: count(shippedIn(reported.map(({ shipment }) => shipment))),
        progress: isBeingTaken ? 'in-flight' : towardsWarehouse === 'silent' ? 'silent' : 'settled',
        asOf: last?.at,
        source: last?.name ?? 'shipment.confirmed',
      },
    ];
  });

/** What the ERP has booked as issued. */
export const comparedIssues = ({ handovers }: Evidence): readonly Compared[] =>
  handovers.flatMap((each) => {
    const { issues, document, towardsErp: progress } = each;
    const last = issues.at(-1);
    if (last === undefined) return [];
    return [
      {
        system: last.system,
        ours: count(shippedIn(document?.shipments ?? [])),
        theirs: count(issuedBy(issues)),
        progress,
        asOf: issues.findLast(isDone)?.settledAt,
        source: last.name,
      },
    ];
  });

export const invoicesOf = (asking: Asking): readonly PostedInvoice[] =>
  isDone(asking)
    ? ((asking.answer as { readonly invoices?: readonly PostedInvoice[] } | undefined)?.invoices ?? [])
    : [];

/** Spreads what is invoiced of an item over its lines: first what left of each, then what is too much. */
function spread(lines: readonly number[], total: Decimal, shipped: Quantities): Counted {
  let rest = total;
  const found = lines.map((line) => {
    const taken = smaller(rest, of(shipped, line));
    rest = subtract(rest, taken);
    return [line, taken] as const;
  });
  const [last] = lines.slice(-1);
  return last === undefined || !isPositive(rest) ? found : [...found, [last, rest] as const];
}

/** What the ERP has invoiced of each fulfilment, by line; an invoice names items. */
export const comparedInvoices = ({ handovers }: Evidence): readonly Compared[] =>
  handovers.flatMap((each) => {
    const { invoicings, document, towardsErp } = each;
    const last = invoicings.at(-1);
    if (document === undefined) return [];
    const shipped = count(shippedIn(document.shipments));
    const lines = document.given.fulfilment.lines;
    const items = new Map<string, Decimal>();
    for (const { item, quantity } of invoicings.flatMap(invoicesOf).flatMap((invoice) => invoice.lines)) {
      items.set(item, add(items.get(item) ?? zero, quantity));
    }
    const invoiced = [...items].flatMap(([item, total]) =>
      spread(
        lines.filter((line) => line.item === item).map(({ lineNumber }) => lineNumber),
        total,
        shipped,
      ),
    );
    const theirs = count(invoiced);
    const isTooMuch = [...theirs].some(([line, quantity]) => compare(quantity, of(shipped, line)) > 0);
    return [
      {
        system: last?.system ?? each.issues.at(-1)?.system ?? '',
        ours: shipped,
        theirs,
        // What is invoiced beyond what left is not mended by the invoices that are still to come.
        progress: isTooMuch ? 'settled' : towardsErp,
        asOf: invoicings.findLast(isDone)?.settledAt,
        source: last?.name ?? 'post-invoice',
      },
    ].filter(({ system }) => system !== '');
  });
