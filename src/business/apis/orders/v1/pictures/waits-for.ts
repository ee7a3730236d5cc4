import { fulfilment, HoldReleased } from '#business/flows';
import { FulfilmentAcknowledged, FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';
import type { Table } from '#platform/engine';
import type { Asking } from '../exchanges/order-exchange.ts';
import { runName } from '../narrative/run-journal.ts';
import type { RecordedRun } from '../record/order-record.ts';

/** What a run is left waiting for by others, in words. What may come at any time, e.g. a cancellation, is not waited for. */
const awaited: Readonly<Record<string, string>> = {
  [FulfilmentAcknowledged.name]: 'the release acknowledgement of the warehouse',
  [ShipmentConfirmed.name]: 'the shipping confirmation of the warehouse',
  [FulfilmentCancelled.name]: 'word of the warehouse that it ships nothing',
  [HoldReleased.name]: 'somebody to release its holds',
};

const words = (name: string): string => name.replaceAll('-', ' ');

function callInWords({ name, undoes, system, standing }: Asking): string {
  const what = `${undoes ? 'undo ' : ''}${words(name)} by ${system}`;
  switch (standing) {
    case 'parked':
      return `a decision about ${what}`;
    case 'in doubt: nobody knows':
      return `somebody to find out whether ${what} was done`;
    default:
      return `${what}: ${standing}`;
  }
}

const isOpen = ({ visit }: Asking): boolean => visit !== undefined;

const waitsForChildren = (recorded: RecordedRun, runs: readonly RecordedRun[]): readonly string[] =>
  recorded.lines.flatMap(({ entry }) => {
    if (entry.kind !== 'child-started') return [];
    const child = runs.find((each) => runName(each) === runName(entry))?.run;
    if (child?.phase === 'ended') return [];
    return [`${words(entry.flow)} ${entry.key}${child === undefined ? '' : `, which is ${words(child.state)}`}`];
  });

const waitsForNews = (table: Table | undefined, state: string): readonly string[] => {
  const events = new Set((table?.states[state]?.on ?? []).map(({ event }) => event.name));
  return Object.entries(awaited).flatMap(([event, text]) => (events.has(event) ? [text] : []));
};

/** What keeps a run where it is: its calls that are open, the runs that it started, and the news that its state is for. */
export function waitsFor(
  recorded: RecordedRun,
  table: Table | undefined,
  runs: readonly RecordedRun[],
  askings: readonly Asking[],
): readonly string[] {
  const { run } = recorded;
  if (run === undefined || run.phase === 'ended') return [];
  const calls = askings.filter((each) => each.run === runName(recorded) && isOpen(each)).map(callInWords);
  const children = recorded.flow === fulfilment.name ? [] : waitsForChildren(recorded, runs);
  const news = run.phase === 'unwinding' || calls.length + children.length > 0 ? [] : waitsForNews(table, run.state);
  return [...calls, ...children, ...news];
}
