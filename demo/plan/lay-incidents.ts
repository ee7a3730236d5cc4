import { Big } from 'big.js';
import { zero } from '#model/kernel';
import { fitOf, type Occurrences, occurrencesOf } from './choose.ts';
import { doorFindings, priceDiffers } from './expectations.ts';
import { incidentRules } from './incident-rules.ts';
import { type FreshNames, layIncident } from './lay.ts';
import type { IncidentKind, PlannedOrder } from './plan.ts';
import type { Random } from './random.ts';
import type { Draft } from './submissions.ts';

/** Which incidents a plan may have. */
export interface Choice {
  readonly kinds: readonly IncidentKind[];
  /** All of these kinds, however few orders there are; else as many as suit so many orders. */
  readonly every: boolean;
}

/** Which incidents to lay, in the order in which they choose their orders: the choosiest first. */
function wishes(count: number, { kinds, every }: Choice, random: Random): readonly IncidentKind[] {
  const times = Math.max(1, Math.floor(count / 100));
  const chosen = every ? kinds : random.shuffled(kinds).slice(0, Math.ceil(count / 4));
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

/** Lays incidents over orders that suit them, each over its own; the choosiest take their pick first. */
export function layIncidents(orders: readonly PlannedOrder[], choice: Choice, random: Random): readonly PlannedOrder[] {
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
  for (const kind of wishes(orders.length, choice, random)) {
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
