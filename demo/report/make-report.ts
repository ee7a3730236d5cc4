import { checkDay, type DayEvidence, isAsForeseen } from '../check/check-day.ts';
import { outcomeSeen } from '../check/compare-order.ts';
import { dirtOf } from '../check/dirt.ts';
import { factsOf } from '../check/facts.ts';
import type { Report, Value } from './report.ts';
import { stageTimes, staysIn, storyIn, timesOf } from './stages.ts';
import { addWorth, nothingWorth, type Worth, worthOf } from './worth.ts';

export interface ReportNeeds {
  readonly evidence: DayEvidence;
  /** Of orders that were followed; how long their stages took. */
  readonly narratives: readonly unknown[];
  readonly durationMs: number;
  readonly commit?: string;
}

const valueText = ({ ordered, shipped, invoiced }: Worth): Value => ({
  currency: 'GBP',
  ordered: ordered.toFixed(2),
  shipped: shipped.toFixed(2),
  invoiced: invoiced.toFixed(2),
});

/** What accepted orders were worth, by how they ended. */
function worthByOutcome({ plan, expected, observed, ledgers }: DayEvidence): ReadonlyMap<string, Worth> {
  const facts = factsOf(ledgers);
  const seen = new Map(observed.map((each) => [each.id, each]));
  const planned = new Set(plan.orders.map(({ id }) => id));
  const worth = new Map<string, Worth>();
  for (const each of expected) {
    const one = seen.get(each.id);
    if (one?.orderNumber === undefined || !planned.has(each.id)) continue;
    const its = facts.get(one.orderNumber);
    const outcome = outcomeSeen(each, one, its);
    worth.set(outcome, addWorth(worth.get(outcome) ?? nothingWorth, worthOf(each, its)));
  }
  return worth;
}

/** Judges the day and sums it up. */
export function makeReport({ evidence, narratives, durationMs, commit }: ReportNeeds): Report {
  const { plan, observed } = evidence;
  const verdict = checkDay(evidence);
  const worth = worthByOutcome(evidence);
  const total = [...worth.values()].reduce(addWorth, nothingWorth);
  const acknowledged = observed.flatMap(({ acknowledgedMs }) => acknowledgedMs ?? []);
  const whole = observed.flatMap(({ orderNumber, wholeMs }) => (orderNumber === undefined ? [] : [wholeMs]));
  return {
    seed: plan.seed,
    input: plan.input,
    ...(commit === undefined ? {} : { commit }),
    passed: isAsForeseen(verdict),
    orders: plan.orders.length,
    ...verdict,
    durationSeconds: Math.round(durationMs / 100) / 10,
    value: valueText(total),
    worth: Object.fromEntries([...worth].map(([outcome, each]) => [outcome, valueText(each)])),
    stages: {
      acknowledged: timesOf(acknowledged),
      ...stageTimes(narratives.flatMap((narrative) => staysIn(storyIn(narrative)))),
      whole: timesOf(whole),
    },
    dirt: dirtOf(plan),
  };
}
