/** What an outside system may be asked by the whole installation. */
export interface Budget {
  readonly concurrency: number;
  readonly perSecond?: number;
}

/** A budget cut into portions of about the same size, each with some slots and the same part of the rate. */
export interface Portions {
  readonly budget: Budget;
  readonly count: number;
}

/** More would only be more rows to hand about. */
const mostPortions = 32;
/** A portion's rate: enough that a quarter of a second's worth, which may go at once, is a whole call. */
const leastRate = 4;

export function portionsOf(budget: Budget): Portions {
  const byRate = budget.perSecond === undefined ? mostPortions : Math.max(1, Math.floor(budget.perSecond / leastRate));
  return { budget, count: Math.max(1, Math.min(mostPortions, budget.concurrency, byRate)) };
}

/** The slots of a portion; they are numbered from 1. */
export function slotsOf({ budget: { concurrency }, count }: Portions, number: number): number {
  if (number < 1 || number > count) return 0;
  return Math.floor(concurrency / count) + (number <= concurrency % count ? 1 : 0);
}

/** What a node may do with the portions that it holds. */
export function shareOf(portions: Portions, held: Iterable<number>): { slots: number; perSecond: number | undefined } {
  const { budget, count } = portions;
  let slots = 0;
  let parts = 0;
  for (const number of held) {
    if (number < 1 || number > count) continue;
    slots += slotsOf(portions, number);
    parts += 1;
  }
  return { slots, perSecond: budget.perSecond === undefined ? undefined : (budget.perSecond * parts) / count };
}

/** A node as it stands in one lane. */
export interface Claimant {
  readonly node: string;
  /** Calls to be made or under way, by urgency, the most urgent first. */
  readonly calls: readonly number[];
  /** Seconds without a portion though it needs one; below zero: seconds for which it has had some. */
  readonly turn: number;
}

/** Calls as portions, by urgency. */
function needs({ budget, count }: Portions, calls: readonly number[]): readonly number[] {
  const slots = budget.concurrency / count;
  let sum = 0;
  let whole = 0;
  return calls.map((each) => {
    sum += each;
    const more = Math.ceil(sum / slots) - whole;
    whole += more;
    return more;
  });
}

/** Urgencies: as many as a lane knows. */
const urgencies = [0, 1, 2, 3, 4] as const;

/**
 * How many portions each node should have: by need, the most urgent first, evenly within an urgency and those first who waited
 * longest; what nobody needs is spread evenly, so that it is at hand. Never more than there are.
 */
export function fairShares(portions: Portions, claimants: readonly Claimant[]): ReadonlyMap<string, number> {
  const order = [...claimants].sort((one, other) => other.turn - one.turn || (one.node < other.node ? -1 : 1));
  const shares = new Map(order.map(({ node }) => [node, 0]));
  let left = order.length === 0 ? 0 : portions.count;
  const give = (node: string): void => {
    shares.set(node, (shares.get(node) ?? 0) + 1);
    left -= 1;
  };
  const wanted = order.map(({ node, calls }) => ({ node, open: [...needs(portions, calls)] }));
  for (const urgency of urgencies) {
    for (let isMore = true; isMore && left > 0; ) {
      isMore = false;
      for (const { node, open } of wanted) {
        if (left === 0 || (open[urgency] ?? 0) <= 0) continue;
        open[urgency] = (open[urgency] ?? 0) - 1;
        give(node);
        isMore = true;
      }
    }
  }
  while (left > 0) {
    // By name, so that what nobody needs stays where it is.
    const [least] = [...shares].sort(([one, ones], [other, others]) => ones - others || (one < other ? -1 : 1));
    if (least === undefined) break;
    give(least[0]);
  }
  return shares;
}
