import { fulfilment, orderToCash } from '#business/flows';
import { readRoute } from '#platform/gateway';
import type { Departing, Late, ListedRun } from '#platform/progress';
import { TodaysTrucks } from '../list-schema.ts';
import type { OrdersNeeds } from '../needs.ts';
import type { OrderLists } from './needs.ts';
import { orderSummary } from './order-summary.ts';
import { beforeParts, hasLeft, type Shut, shutStates, usualTimes, waitingParts } from './truck-states.ts';
import { visibleTo } from './visible.ts';

interface Truck {
  readonly site: string;
  readonly leavesAt: string;
  readonly basis: string;
}

const week = 7 * 86_400_000;
const mostLate = 50;

/** Today's truck of each warehouse: none on a day without work, unless its hour is configured. */
function trucksOn(date: string, { sites, truckHours, days }: OrderLists): readonly Truck[] {
  return sites.flatMap((site) => {
    const hour = truckHours[site];
    if (hour !== undefined) return [{ site, leavesAt: days.at(date, hour), basis: 'as configured for this warehouse' }];
    const closes = days.closesOn(date);
    return closes === undefined ? [] : [{ site, leavesAt: closes, basis: 'the end of the working day' }];
  });
}

const inWords = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} seconds`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 360) / 10} hours`;
};

type Missing = TodaysTrucks['trucks'][number]['missing'];

/** Without moments: who reads it has a clock of their own. What stands in a case is for those who may read cases. */
function reasonFor(late: Late, shut: readonly Shut[], readsCases: boolean): Pick<Missing[number], 'because' | 'until'> {
  const { site, flow, state } = late;
  const closed = shut.find((each) => each.site === site && each.flow === flow && each.state === state);
  if (late.case !== undefined) {
    return { because: readsCases ? late.case.summary : 'Something went wrong with it that somebody must put right.' };
  }
  if (closed !== undefined) {
    const { because, until } = closed;
    return { because, ...(until === undefined ? {} : { until }) };
  }
  if (late.hasLeft) return { because: 'The truck left without it.' };
  return { because: `From “${state}” it usually takes ${inWords(late.usualSeconds ?? 0)} to leave.` };
}

function missing(
  { late }: Departing,
  orders: ReadonlyMap<string, ListedRun>,
  shut: readonly Shut[],
  readsCases: boolean,
): Missing {
  return late.flatMap((each) => {
    const order = orders.get(each.root);
    if (order === undefined) return [];
    const isCertain = each.hasLeft || each.case !== undefined || each.isShut;
    return [
      {
        part: each.key,
        order: orderSummary(order),
        certainty: isCertain ? ('will-miss' as const) : ('may-miss' as const),
        since: each.enteredAt,
        ...reasonFor(each, shut, readsCases),
      },
    ];
  });
}

export const showTrucks = readRoute<OrdersNeeds>()({
  name: 'showTrucks',
  path: '/trucks',
  summary: 'What should leave with today’s trucks and will not, or may not',
  access: { scope: 'orders:read' },
  answers: { ok: TodaysTrucks },
  problems: [],
  handle: async (request, { lists }) => {
    const { now } = request;
    const { sites, source } = visibleTo(request);
    const today = lists.days.dateOf(now);
    const trucks = trucksOn(today, lists).filter(({ site }) => sites === undefined || sites.includes(site));
    if (trucks.length === 0) return { outcome: 'ok', body: { asOf: now, trucks: [] } };
    const names = trucks.map(({ site }) => site);
    const [shut, usual] = await Promise.all([
      shutStates(lists, names, now),
      usualTimes(lists, new Date(Date.parse(now) - week).toISOString()),
    ]);
    const dueBefore = `${lists.days.later(today, 1)}T00:00:00.000Z`;
    const found = await lists.departures({
      parts: { flow: fulfilment.name, waiting: waitingParts, left: hasLeft },
      whole: { flow: orderToCash.name, before: beforeParts },
      departures: trucks.map(({ site, leavesAt }) => ({ site, leavesAt, dueBefore })),
      source,
      now,
      since: lists.days.startOf(today),
      shut,
      usual,
      most: mostLate,
    });
    const keys = [...new Set(found.flatMap(({ late }) => late.map(({ root }) => root)))];
    const runs = await lists.runs.ofKeys(orderToCash.name, keys);
    const orders = new Map(runs.map((run) => [run.key, run]));
    return {
      outcome: 'ok',
      body: {
        asOf: now,
        trucks: trucks.flatMap((truck) => {
          const departing = found.find(({ site }) => site === truck.site);
          if (departing === undefined) return [];
          const { waiting, left, lateInAll } = departing;
          const counts = { due: waiting + left, left, willMiss: lateInAll.certain, mayMiss: lateInAll.usual };
          return [{ ...truck, ...counts, missing: missing(departing, orders, shut, request.may('cases:read')) }];
        }),
      },
    };
  },
});
