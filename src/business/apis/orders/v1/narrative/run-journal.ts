import { customerNotices, fulfilment, orderNews, orderToCash } from '#business/flows';
import type { OrderRuns, RecordedLine } from '../needs.ts';

/** One run's part in the story. */
export interface RunJournal {
  readonly flow: string;
  readonly key: string;
  readonly lines: readonly RecordedLine[];
}

export const runName = ({ flow, key }: Pick<RunJournal, 'flow' | 'key'>): string => `${flow}/${key}`;

/** The journals of an order, of the fulfilments that it started and of the news about it; the order's own first. */
export async function orderJournals(engine: OrderRuns, orderNumber: string): Promise<readonly RunJournal[]> {
  const found: RunJournal[] = [];
  const waiting = [
    { flow: orderToCash.name, key: orderNumber },
    { flow: orderNews.name, key: orderNumber },
    { flow: customerNotices.name, key: orderNumber },
  ];
  const asked = new Set<string>();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (asked.has(runName(next))) continue;
    asked.add(runName(next));
    const lines = await engine.journal(next.flow, next.key);
    if (lines.length > 0) found.push({ ...next, lines });
    for (const { entry } of lines) {
      if (entry.kind === 'child-started') waiting.push({ flow: entry.flow, key: entry.key });
    }
  }
  return found;
}

/** What the states of the flows mean, in the flows' own words. */
const tables = {
  [orderToCash.name]: orderToCash,
  [fulfilment.name]: fulfilment,
  [orderNews.name]: orderNews,
  [customerNotices.name]: customerNotices,
};

export const meaning = (flow: string, state: string): string => tables[flow]?.table.states[state]?.means ?? '';

/** A state that is left in the moment in which it is entered: what follows says the same. */
export const isPassedThrough = (flow: string, state: string): boolean =>
  tables[flow]?.table.states[state]?.choose !== undefined;
