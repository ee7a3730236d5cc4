import { customerNotices, fulfilment, orderNews, orderToCash } from '#business/flows';
import type { Table } from '#platform/engine';
import type { RecordedLine } from '../needs.ts';

/** One run's part in the story. */
export interface RunJournal {
  readonly flow: string;
  readonly key: string;
  readonly lines: readonly RecordedLine[];
}

export const runName = ({ flow, key }: Pick<RunJournal, 'flow' | 'key'>): string => `${flow}/${key}`;

/** What is read of the runs of an order: its own first, then its news and notices, then the fulfilments that it started, each once. */
export async function runsOfOrder<Read extends Pick<RunJournal, 'lines'>>(
  orderNumber: string,
  read: (flow: string, key: string) => Promise<Read>,
): Promise<readonly (Read & Pick<RunJournal, 'flow' | 'key'>)[]> {
  const found: (Read & Pick<RunJournal, 'flow' | 'key'>)[] = [];
  const asked = new Set<string>();
  let next = [orderToCash, orderNews, customerNotices].map(({ name: flow }) => ({ flow, key: orderNumber }));
  while (next.length > 0) {
    for (const each of next) asked.add(runName(each));
    const heard = await Promise.all(next.map(async (each) => ({ ...(await read(each.flow, each.key)), ...each })));
    const known = heard.filter(({ lines }) => lines.length > 0);
    found.push(...known);
    const children = known.flatMap(({ lines }) =>
      lines.flatMap(({ entry }) => (entry.kind === 'child-started' ? [{ flow: entry.flow, key: entry.key }] : [])),
    );
    const young = new Map(children.map((child) => [runName(child), child]));
    next = [...young].flatMap(([name, child]) => (asked.has(name) ? [] : [child]));
  }
  return found;
}

/** The flows of an order's runs, as this program knows them. */
const tables = [orderToCash, fulfilment, orderNews, customerNotices].map(({ table }) => table);

/** The table of a flow: of that version, undefined where this program does not know it; without a version the present one. */
export const tableOf = (flow: string, version?: number): Table | undefined =>
  tables.find((table) => table.name === flow && (version === undefined || table.version === version));

/** What a state of a flow means, in the flow's own words. */
export const meaning = (flow: string, state: string): string => tableOf(flow)?.states[state]?.means ?? '';

/** A state that is left in the moment in which it is entered: what follows says the same. */
export const isPassedThrough = (flow: string, state: string): boolean =>
  tableOf(flow)?.states[state]?.choose !== undefined;
