import { type Decimal, zero } from '#model/kernel';
import type { Day } from '../day/day.ts';
import { pricesOf } from './agreed-prices.ts';
import { occurrencesOf } from './choose.ts';
import { incidentRules } from './incident-rules.ts';
import { layIncidents } from './lay-incidents.ts';
import { type IncidentKind, incidentKinds, type Levels, type Plan, type PlannedOrder } from './plan.ts';
import { createRandom, type Random } from './random.ts';
import { type Draft, draftsOf } from './submissions.ts';

/** One order in five comes as a won opportunity, unless what is laid over it needs the API. */
const chooseChannels = (orders: readonly PlannedOrder[], random: Random): readonly PlannedOrder[] =>
  orders.map((order) => {
    const draw = random.next();
    const kind = order.incident?.kind;
    const apiOnly = kind !== undefined && incidentRules[kind].apiOnly === true;
    return draw < 0.2 && !apiOnly && order.submission.lines.length <= 1_000 ? { ...order, channel: 'crm' } : order;
  });

/** Half the orders that alone name some item find that item in the south only, and so ship from there as a whole. */
function southern(orders: readonly PlannedOrder[], random: Random): Readonly<Record<string, Levels>> {
  const { items } = occurrencesOf(orders);
  return Object.fromEntries(
    orders.flatMap(({ submission, incident, agreed }) => {
      if (random.next() < 0.5 || incident?.stock !== undefined || agreed === undefined) return [];
      const own = submission.lines.find(
        ({ kind, item }, at) => kind === 'goods' && at !== incident?.line && items.get(item) === 1,
      );
      return own === undefined || Number(own.quantity) <= 0
        ? []
        : [[own.item, { NORTH: zero, SOUTH: own.quantity } satisfies Levels] as const];
    }),
  );
}

const stockOfIncidents = (orders: readonly PlannedOrder[]): Readonly<Record<string, Levels>> =>
  Object.fromEntries(
    orders.flatMap(({ submission, incident }) => {
      const item = incident?.line === undefined ? undefined : submission.lines[incident.line]?.item;
      return item === undefined || incident?.stock === undefined ? [] : [[item, incident.stock] as const];
    }),
  );

function counts(orders: readonly PlannedOrder[]): Readonly<Record<IncidentKind, number>> {
  const laid = Map.groupBy(orders, ({ incident }) => incident?.kind);
  return Object.fromEntries(incidentKinds.map((kind) => [kind, laid.get(kind)?.length ?? 0])) as Record<
    IncidentKind,
    number
  >;
}

export interface PlanOptions {
  readonly seed: number;
  /** How many orders; default: as many as the day has. */
  readonly orders?: number;
  /** Kinds of incidents that are not laid, because a system of the day cannot be made to show them. Default: none. */
  readonly without?: readonly IncidentKind[];
  /** Lays every other kind, as far as there are orders that suit it. Default: from sixty orders on. */
  readonly every?: boolean;
}

const everyKindFrom = 60;

/**
 * Plans a day: which orders come by which channel, and what goes wrong with which. The day is cut to `orders`, or begins
 * again with fresh numbers when it has fewer. A day of few orders has some kinds of incidents, another seed has others.
 */
export function makePlan(day: Day, options: PlanOptions): Plan {
  const { seed, orders = day.orders.length, without = [], every = orders >= everyKindFrom } = options;
  const random = createRandom(seed);
  const drafts = draftsOf(day, orders);
  const prices = pricesOf(drafts.map(({ submission }) => submission));
  const agreedFor = ({ customer, lines }: Draft['submission']): readonly Decimal[] | undefined =>
    customer === undefined ? undefined : lines.map(({ item }) => prices.agreed(customer, item));
  const bare = drafts.map(({ id, submission }): PlannedOrder => {
    const agreed = agreedFor(submission);
    return { id, channel: 'api', submission, ...(agreed === undefined ? {} : { agreed }) };
  });
  const kinds = incidentKinds.filter((kind) => !without.includes(kind));
  const planned = chooseChannels(layIncidents(bare, { kinds, every }, random), random);
  return {
    seed,
    input: day.name,
    orders: planned,
    stock: { ...southern(planned, random), ...stockOfIncidents(planned) },
    incidents: counts(planned),
  };
}
