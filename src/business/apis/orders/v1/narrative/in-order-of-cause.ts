import type { RecordedLine } from '../needs.ts';
import { type RunJournal, runName } from './run-journal.ts';

export interface PlacedLine {
  readonly run: RunJournal;
  readonly line: RecordedLine;
}

/** What a line says to another run, as that run will hear it. */
function signalsOf({ run, line: { entry } }: PlacedLine): readonly string[] {
  if (entry.kind === 'child-started') return [`start ${entry.flow}/${entry.key} by flow:${runName(run)}`];
  if (entry.kind === 'ended') return [`${runName(run)} ${run.flow}.ended`];
  return entry.kind === 'sent' ? [`${runName(run)} ${entry.outgoing.type}`] : [];
}

/** What must have been said before this line can be. */
function causeOf({ run, line: { entry } }: PlacedLine): string | undefined {
  if (entry.kind === 'started') return `start ${runName(run)} by ${entry.by}`;
  if (entry.kind !== 'received' || !entry.message.source.startsWith('flow:')) return undefined;
  return `${entry.message.source.slice('flow:'.length)} ${entry.message.type}`;
}

/**
 * Merges journals by time. Runs advance in the same millisecond: of lines of one moment none stands before what caused it. Each
 * journal keeps its own order.
 */
export function inOrderOfCause(journals: readonly RunJournal[]): readonly PlacedLine[] {
  const queues = journals.map((run) => run.lines.map((line): PlacedLine => ({ run, line })));
  /** Signals that are still to be said, that were said, and that were heard: how often each. */
  const unsaid = new Map<string, number>();
  const spoken = new Map<string, number>();
  const heard = new Map<string, number>();
  const count = (counts: Map<string, number>, signal: string, by: number): void =>
    void counts.set(signal, (counts.get(signal) ?? 0) + by);
  for (const signal of queues.flat().flatMap(signalsOf)) count(unsaid, signal, 1);
  const heads = queues.map(() => 0);
  const merged: PlacedLine[] = [];
  const waits = (placed: PlacedLine): boolean => {
    const cause = causeOf(placed);
    if (cause === undefined || (unsaid.get(cause) ?? 0) === 0) return false;
    return (spoken.get(cause) ?? 0) <= (heard.get(cause) ?? 0);
  };
  for (;;) {
    const next = queues.flatMap((queue, index) => {
      const placed = queue[heads[index] ?? 0];
      return placed === undefined ? [] : [{ index, placed }];
    });
    if (next.length === 0) return merged;
    const [earliest] = next.map(({ placed }) => placed.line.at).toSorted();
    const now = next.filter(({ placed }) => placed.line.at === earliest);
    const chosen = now.find(({ placed }) => !waits(placed)) ?? now[0];
    if (chosen === undefined) return merged;
    heads[chosen.index] = (heads[chosen.index] ?? 0) + 1;
    merged.push(chosen.placed);
    for (const signal of signalsOf(chosen.placed)) {
      count(spoken, signal, 1);
      count(unsaid, signal, -1);
    }
    const cause = causeOf(chosen.placed);
    if (cause !== undefined) count(heard, cause, 1);
  }
}
