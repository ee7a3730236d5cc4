import type { Observed } from '../drive/observed.ts';
import type { Expected } from '../oracle/expected.ts';
import { twinId } from '../oracle/foresee.ts';
import type { Plan } from '../plan/plan.ts';
import { compareOrder, outcomeSeen } from './compare-order.ts';
import type { Difference } from './difference.ts';
import { factsOf, type Ledgers, type OrderFacts } from './facts.ts';
import { type Firings, firings, type ScriptRecords } from './fired.ts';

export interface DayEvidence {
  readonly plan: Plan;
  readonly expected: readonly Expected[];
  readonly observed: readonly Observed[];
  readonly ledgers: Ledgers;
  readonly scripts: ScriptRecords;
}

/** How the day went, against what was foreseen. Counts are of the plan's orders; the unwanted second ones belong to their firsts. */
export interface Verdict {
  readonly accepted: number;
  readonly refused: number;
  readonly quarantined: number;
  /** Orders that went exactly as foreseen, by their sender's eyes and by the ledgers. */
  readonly asScripted: number;
  /** Acknowledged orders that lack something. */
  readonly lost: number;
  /** Orders of which something is there twice. */
  readonly doubled: number;
  readonly byOutcome: Readonly<Record<string, number>>;
  readonly incidents: Firings;
  readonly differences: readonly Difference[];
  /** Why the run proves nothing, e.g. a planned fault that never fired. */
  readonly vacuous: readonly string[];
}

/** What the ledgers hold of orders that nobody was promised. */
function strangers(facts: ReadonlyMap<string, OrderFacts>, promised: ReadonlySet<string>): readonly Difference[] {
  return [...facts].flatMap(([orderNumber, { sales, releases, shipments, invoices }]): readonly Difference[] => {
    const count = sales.length + releases.length + shipments.length + invoices.length;
    if (promised.has(orderNumber) || count === 0) return [];
    const what = `the ledgers hold ${count} documents of order ${orderNumber || '(none)'}, which no answer named`;
    return [{ kind: 'doubled', id: '-', orderNumber, what }];
  });
}

/** Two submissions that were given one order number: one of them is lost. */
function shared(observed: readonly Observed[]): readonly Difference[] {
  const byNumber = Map.groupBy(observed, ({ orderNumber }) => orderNumber);
  return [...byNumber].flatMap(([orderNumber, same]): readonly Difference[] => {
    const [first, ...others] = same;
    if (orderNumber === undefined || first === undefined) return [];
    return others.map(({ id }) => ({
      kind: 'lost',
      id,
      orderNumber,
      what: `it was given the number of ${first.id}`,
    }));
  });
}

function vacuity(incidents: Firings, accepted: number): readonly string[] {
  const silent = Object.entries(incidents).filter(([, { planned, fired }]) => fired < planned);
  return [
    ...(accepted === 0 ? ['nothing was acknowledged'] : []),
    ...silent.map(([kind, { planned, fired }]) => `${kind}: planned ${planned}, happened ${fired}`),
  ];
}

const countOf = (differences: readonly Difference[], kind: Difference['kind']): number =>
  new Set(
    differences.filter((difference) => difference.kind === kind).map(({ id, orderNumber }) => `${id} ${orderNumber}`),
  ).size;

/** Compares the day with what was foreseen, by answers and by the systems' own ledgers. */
export function checkDay({ plan, expected, observed, ledgers, scripts }: DayEvidence): Verdict {
  const facts = factsOf(ledgers);
  const seen = new Map(observed.map((each) => [each.id, each]));
  const planned = new Set(plan.orders.map(({ id }) => id));
  const byOutcome: Record<string, number> = {};
  const differences: Difference[] = [];
  for (const each of expected) {
    const one = seen.get(each.id);
    const its = one?.orderNumber === undefined ? undefined : facts.get(one.orderNumber);
    const outcome = outcomeSeen(each, one, its);
    if (planned.has(each.id)) byOutcome[outcome] = (byOutcome[outcome] ?? 0) + 1;
    const whose = {
      id: each.id,
      purchaseOrder: each.purchaseOrder,
      ...(one?.orderNumber === undefined ? {} : { orderNumber: one.orderNumber }),
    };
    differences.push(...compareOrder(each, one, its).map((finding): Difference => ({ ...finding, ...whose })));
  }
  const promised = new Set(observed.flatMap(({ orderNumber }) => orderNumber ?? []));
  differences.push(...shared(observed), ...strangers(facts, promised));
  const incidents = firings(plan, seen, facts, scripts);
  const accepted = observed.filter(({ id, orderNumber }) => planned.has(id) && orderNumber !== undefined).length;
  const different = new Set(differences.map(({ id }) => id));
  return {
    accepted,
    refused: byOutcome.refused ?? 0,
    quarantined: byOutcome.quarantined ?? 0,
    asScripted: plan.orders.filter(({ id }) => !different.has(id) && !different.has(twinId(id))).length,
    lost: countOf(differences, 'lost'),
    doubled: countOf(differences, 'doubled'),
    byOutcome,
    incidents,
    differences,
    vacuous: vacuity(incidents, accepted),
  };
}

/** Everything went as foreseen, and enough happened for that to mean something. */
export const isAsForeseen = ({ differences, vacuous }: Pick<Verdict, 'differences' | 'vacuous'>): boolean =>
  differences.length === 0 && vacuous.length === 0;
