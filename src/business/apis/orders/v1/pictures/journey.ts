import { millisecondsBetween } from '#model/kernel';
import type { RecordedRun } from '../record/order-record.ts';

/** A stay of a run in a state, and how it came there. */
export interface Step {
  readonly state: string;
  readonly at: string;
  readonly milliseconds: number;
  /** Absent at the start, and where another version of the flow put it. */
  readonly from?: string;
  /** What was done was undone on the way. */
  readonly undoing: boolean;
}

/** The way that a run has gone, by its journal, until now or until its end. */
export function journeyOf({ lines }: RecordedRun, asOf: string): readonly Step[] {
  const found: Omit<Step, 'milliseconds'>[] = [];
  let from: string | undefined;
  let undoing = false;
  let end: string | undefined;
  for (const { at, entry } of lines) {
    if (entry.kind === 'unwinding') undoing = true;
    else if (entry.kind === 'migrated') {
      if (entry.state !== from) found.push({ state: entry.state, at, undoing: false });
      from = entry.state;
    } else if (entry.kind === 'entered') {
      found.push({ state: entry.state, at, ...(from === undefined ? {} : { from }), undoing });
      from = entry.state;
      undoing = false;
    } else if (entry.kind === 'ended') end = at;
  }
  return found.map((step, index) => {
    const until = found[index + 1]?.at ?? end ?? asOf;
    return { ...step, milliseconds: Math.max(0, millisecondsBetween(step.at, until)) };
  });
}
