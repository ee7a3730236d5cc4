import { fulfilment, HoldReleased, orderToCash } from '#business/flows';
import { at } from '#model/canonical';
import { isPositive } from '#model/kernel';
import { FulfilmentAcknowledged, FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';
import type { Table } from '#platform/engine';
import type { Asking } from '../exchanges/order-exchange.ts';
import { runName } from '../narrative/run-journal.ts';
import { documentOf } from '../order-run.ts';
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

function waitsForNews({ flow, run }: RecordedRun, table: Table | undefined): readonly string[] {
  const events = new Set((table?.states[run?.state ?? '']?.on ?? []).map(({ event }) => event.name));
  const news = Object.entries(awaited).filter(([event]) => events.has(event));
  if (flow !== orderToCash.name || run === undefined) return news.map(([, text]) => text);
  const { holds, lines } = documentOf(run);
  // A release is awaited where there is a hold; what is short waits for goods.
  const isHeld = holds.length > 0;
  const isShort =
    run.state === 'awaiting-stock' || Object.values(lines).some((line) => isPositive(at(line, 'backordered')));
  return [
    ...news.filter(([event]) => isHeld || event !== HoldReleased.name).map(([, text]) => text),
    ...(isShort ? ['stock of what is missing'] : []),
  ];
}

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
  const news = run.phase === 'unwinding' || calls.length + children.length > 0 ? [] : waitsForNews(recorded, table);
  return [...calls, ...children, ...news];
}
