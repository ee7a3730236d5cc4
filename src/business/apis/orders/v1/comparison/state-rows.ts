import type { OrderNews } from '#model/capabilities';
import type { BookedOrder } from './booked-order.ts';
import { type Cell, cell, ourselves, type Row, row, standingOf, worstOf } from './cell.ts';
import { type CrmView, latestNews } from './crm.ts';
import type { Evidence } from './evidence.ts';
import { isDone, worst } from './progress.ts';
import { roleOf } from './role.ts';
import { warehouseStanding, warehouseWord } from './warehouse.ts';

const words = (name: string): string => name.replaceAll('-', ' ');

const joined = (all: readonly (string | undefined)[]): string =>
  [...new Set(all.filter((each) => each !== undefined))].join(', ');

const latest = (all: readonly (string | undefined)[]): string | undefined =>
  all
    .filter((each) => each !== undefined)
    .toSorted()
    .at(-1);

function bookingWord(
  { asking, booking, handover, isWithdrawnThere }: BookedOrder,
  { askings }: Evidence,
): string | undefined {
  if (booking === undefined)
    return asking.standing === 'refused' ? `refused: ${asking.fault?.message ?? ''}` : undefined;
  if (isWithdrawnThere) return `${booking.reference} taken back`;
  const isInvoiced =
    handover?.invoicings.some(isDone) ?? askings.some((each) => each.name === 'invoice-charges' && isDone(each));
  if (isInvoiced) return `${booking.reference} invoiced`;
  return `${booking.reference} ${handover?.issues.some(isDone) ? 'shipped' : 'booked'}`;
}

function erpCells(evidence: Evidence): readonly Cell[] {
  const { askings, bookings, progress } = evidence;
  const calls = askings.filter((each) => roleOf(each) === 'erp');
  return [...new Set(calls.map(({ system }) => system))].map((system) => {
    const own = calls.filter((each) => each.system === system);
    const [last] = bookings.filter((each) => each.system === system).toReversed();
    // What was refused and then booked after all is not told any more.
    const told = bookings.filter((each) => each.system === system && (each.booking !== undefined || each === last));
    const isUnderWay = worst(own.map(progress));
    return cell(system, {
      value: joined(told.map((each) => bookingWord(each, evidence))),
      standing: isUnderWay === 'settled' ? 'agrees' : standingOf[isUnderWay],
      asOf: latest(own.map(({ settledAt }) => settledAt)),
      source: own.findLast(({ settledAt }) => settledAt !== undefined)?.name,
    });
  });
}

function warehouseCells({ handovers }: Evidence): readonly Cell[] {
  const names = [...new Set(handovers.flatMap(({ warehouse }) => warehouse ?? []))];
  return names.map((system) => {
    const own = handovers.filter(({ warehouse }) => warehouse === system);
    const heard = own.flatMap(({ reported, acknowledgements, cancelled, release }) => [
      ...reported.map(({ hearing }) => ({ at: hearing.at, name: hearing.name })),
      ...[...acknowledgements, ...(cancelled === undefined ? [] : [cancelled])].map(({ at, name }) => ({ at, name })),
      ...(release?.settledAt === undefined ? [] : [{ at: release.settledAt, name: release.name }]),
    ]);
    const last = heard.toSorted((one, other) => (one.at < other.at ? -1 : 1)).at(-1);
    const value =
      own.length === 1
        ? own.map(warehouseWord)
        : own.flatMap((each) => (warehouseWord(each) === undefined ? [] : [`${each.number}: ${warehouseWord(each)}`]));
    return cell(system, {
      value: joined(value),
      standing: worstOf(own.map(warehouseStanding)),
      asOf: last?.at,
      source: last?.name,
    });
  });
}

const shownTracking = (shown: Pick<OrderNews, 'trackingNumbers'> | undefined): string | undefined =>
  shown?.trackingNumbers.join(', ');

/** Where the order stands in everybody's eyes, and where its parcels are. */
export function stateRows(evidence: Evidence, crm: CrmView | undefined): readonly Row[] {
  const { order, document, handovers, askings } = evidence;
  const news = latestNews(evidence);
  const crmCell = (value: string | undefined, standing: 'state' | 'tracking'): readonly Cell[] =>
    crm === undefined ? [] : [cell(crm.system, { value, standing: crm[standing], asOf: crm.asOf, source: 'tell-crm' })];
  const state = row('state', [
    cell(ourselves, { value: news?.state ?? words(order.state), asOf: order.updatedAt, source: words(order.state) }),
    ...crmCell(crm?.shown?.state, 'state'),
    ...erpCells(evidence),
    ...warehouseCells(evidence),
  ]);
  const ours = document.shipments.flatMap(({ trackingNumber }) => trackingNumber ?? []);
  const issued = askings.filter((each) => each.name === 'issue-goods' && isDone(each));
  const erps = [...new Set(issued.map(({ system }) => system))];
  if (ours.length === 0 && handovers.every(({ reported }) => reported.length === 0)) return [state];
  const tracking = row('tracking', [
    cell(ourselves, { value: ours.join(', ') }),
    ...crmCell(shownTracking(crm?.shown), 'tracking'),
    ...erps.map((system) =>
      cell(system, {
        value: joined(
          issued
            .filter((each) => each.system === system)
            .map(({ request }) => (request as { readonly trackingNumber?: string } | undefined)?.trackingNumber),
        ),
        asOf: latest(issued.map(({ settledAt }) => settledAt)),
        source: 'issue-goods',
      }),
    ),
    ...[...new Set(handovers.flatMap(({ warehouse }) => warehouse ?? []))].map((system) => {
      const reported = handovers.filter(({ warehouse }) => warehouse === system).flatMap((each) => each.reported);
      return cell(system, {
        value: joined(reported.map(({ shipment }) => shipment.trackingNumber)),
        asOf: reported.at(-1)?.hearing.at,
        source: reported.at(-1)?.hearing.name,
      });
    }),
  ]);
  return [state, tracking];
}
