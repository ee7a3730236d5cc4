import type { IncidentRule } from './incident-rules.ts';
import type { Draft } from './submissions.ts';

/** Who and what occurs how often on the day. */
export interface Occurrences {
  readonly customers: ReadonlyMap<string, number>;
  /** Lines that name the item. */
  readonly items: ReadonlyMap<string, number>;
}

const count = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

export const occurrencesOf = (drafts: readonly Draft[]): Occurrences => ({
  customers: count(drafts.flatMap(({ submission }) => submission.customer ?? [])),
  items: count(drafts.flatMap(({ submission }) => submission.lines.map(({ item }) => item))),
});

/** A place for an incident: the line, from 0, where it is about one. */
export interface Fit {
  readonly line?: number;
  /** The order is alone with its customer and item as it is, so that nothing has to be renamed. */
  readonly alone: boolean;
}

/** Does the order suit the incident, and where? Of several lines one whose item is the order's alone comes first. */
export function fitOf({ submission }: Draft, rule: IncidentRule, occurrences: Occurrences): Fit | undefined {
  const { lines, customer = '' } = submission;
  const goods = lines.filter(({ kind }) => kind === 'goods');
  if (goods.length < (rule.lines ?? 1)) return undefined;
  const customerAlone = rule.ownCustomer === undefined || occurrences.customers.get(customer) === 1;
  const { line: wanted } = rule;
  if (wanted === undefined) return { alone: customerAlone };
  const suitable = lines.flatMap(({ kind, item, quantity, unitPrice }, at) => {
    const once = lines.filter((other) => other.item === item).length === 1;
    const whole = Number.isInteger(Number(quantity)) && Number(quantity) >= wanted.units;
    return kind === 'goods' && once && whole && Number(unitPrice) > 0 ? [at] : [];
  });
  const own = suitable.find((at) => occurrences.items.get(lines[at]?.item ?? '') === 1);
  const line = own ?? suitable[0];
  if (line === undefined) return undefined;
  return { line, alone: customerAlone && (rule.ownItem === undefined || own !== undefined) };
}
