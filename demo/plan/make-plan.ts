import { Big } from 'big.js';
import { type Decimal, zero } from '#model/kernel';
import type { Day } from '../day/day.ts';
import { pricesOf } from './agreed-prices.ts';
import { fitOf, type Occurrences, occurrencesOf } from './choose.ts';
import { doorFindings, priceDiffers } from './expectations.ts';
import { incidentRules } from './incident-rules.ts';
import { type FreshNames, layIncident } from './lay.ts';
import { type IncidentKind, incidentKinds, type Levels, type Plan, type PlannedOrder } from './plan.ts';
import { createRandom, type Random } from './random.ts';
import { type Draft, draftsOf } from './submissions.ts';

/** From so many orders on every kind of incident happens. */
export const everyKindFrom = 60;

/** Which incidents to lay, in the order in which they choose their orders: the choosiest first. */
function wishes(count: number, random: Random): readonly IncidentKind[] {
  const times = Math.max(1, Math.floor(count / 100));
  const chosen = count >= everyKindFrom ? incidentKinds : random.shuffled(incidentKinds).slice(0, Math.ceil(count / 4));
  const choosiness = (kind: IncidentKind): number => {
    const { ownItem, ownCustomer, line, lines } = incidentRules[kind];
    return (ownItem ? 8 : 0) + (ownCustomer ? 4 : 0) + (line?.units ?? 0) + (lines ?? 0);
  };
  return chosen.flatMap((kind) => Array<IncidentKind>(times).fill(kind)).sort((a, b) => choosiness(b) - choosiness(a));
}

function freshNames(occurrences: Occurrences): FreshNames {
  const taken = new Set([...occurrences.customers.keys(), ...occurrences.items.keys()]);
  const fresh = (elder: string): string => {
    let number = 2;
    while (taken.has(`${elder}-${number}`)) number += 1;
    taken.add(`${elder}-${number}`);
    return `${elder}-${number}`;
  };
  return { customer: fresh, item: fresh };
}

/**
 * Purchase order numbers that stand inside another one. A script finds its order by that number somewhere in a text, so an
 * order with such a number would share its incident.
 */
function ambiguousNumbers(drafts: readonly Draft[]): ReadonlySet<string> {
  const numbers = new Set(drafts.map(({ submission }) => submission.customerPurchaseOrder));
  const inside = new Set<string>();
  for (const number of numbers) {
    for (let from = 0; from < number.length; from += 1) {
      for (let to = from + 1; to <= number.length; to += 1) {
        const part = number.slice(from, to);
        if (part !== number && numbers.has(part)) inside.add(part);
      }
    }
  }
  return inside;
}

/** Too small an order, or one that only gives money back, has no credit that could be exceeded. */
const worth = ({ lines }: Draft['submission']): Big =>
  lines.reduce((sum, { quantity, unitPrice }) => sum.plus(new Big(quantity).times(unitPrice)), new Big(0));

/** So many orders that would suit if something were renamed are looked at before one of them is taken. */
const patience = 400;

function layIncidents(orders: readonly PlannedOrder[], random: Random): readonly PlannedOrder[] {
  const planned = [...orders];
  const occurrences = occurrencesOf(orders);
  const fresh = freshNames(occurrences);
  const ambiguous = ambiguousNumbers(orders);
  const suits = ({ submission, agreed }: PlannedOrder): boolean =>
    agreed !== undefined &&
    !ambiguous.has(submission.customerPurchaseOrder) &&
    doorFindings(submission).length === 0 &&
    !submission.lines.some((line, at) => priceDiffers(line, agreed[at] ?? zero)) &&
    worth(submission).gte(1);
  const free = new Set(random.shuffled([...orders.keys()].filter((at) => suits(orders[at] as PlannedOrder))));
  for (const kind of wishes(orders.length, random)) {
    let seen = 0;
    let best: { readonly at: number; readonly fit: NonNullable<ReturnType<typeof fitOf>> } | undefined;
    for (const at of free) {
      const order = orders[at] as PlannedOrder;
      const fit = fitOf(order, incidentRules[kind], occurrences);
      if (fit === undefined) continue;
      if (best === undefined || fit.alone) best = { at, fit };
      seen += 1;
      if (fit.alone || seen === patience) break;
    }
    if (best === undefined) continue;
    free.delete(best.at);
    planned[best.at] = layIncident(orders[best.at] as PlannedOrder, kind, best.fit, fresh);
  }
  return planned;
}

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
}

/**
 * Plans a day: which orders come by which channel, and what goes wrong with which. The day is cut to `orders`, or begins
 * again with fresh numbers when it has fewer. From sixty orders on each kind of incident happens at least once, as far as
 * there are orders that suit it.
 */
export function makePlan(day: Day, { seed, orders = day.orders.length }: PlanOptions): Plan {
  const random = createRandom(seed);
  const drafts = draftsOf(day, orders);
  const prices = pricesOf(drafts.map(({ submission }) => submission));
  const agreedFor = ({ customer, lines }: Draft['submission']): readonly Decimal[] | undefined =>
    customer === undefined ? undefined : lines.map(({ item }) => prices.agreed(customer, item));
  const bare = drafts.map(({ id, submission }): PlannedOrder => {
    const agreed = agreedFor(submission);
    return { id, channel: 'api', submission, ...(agreed === undefined ? {} : { agreed }) };
  });
  const planned = chooseChannels(layIncidents(bare, random), random);
  return {
    seed,
    input: day.name,
    orders: planned,
    stock: { ...southern(planned, random), ...stockOfIncidents(planned) },
    incidents: counts(planned),
  };
}
