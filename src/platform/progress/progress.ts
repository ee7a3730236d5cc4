import { millisecondsBetween } from '#model/kernel';
import type { Advanced, Flow, RunHistory } from '#platform/engine';
import type { Database, Leadership } from '#platform/storage';
import { type Change, type Changes, createChangeLine } from './change-line.ts';
import { createLister } from './projected-run.ts';
import type { Log, WrittenStay } from './store.ts';
import { createSummary, type OpenRuns } from './summary.ts';
import { type SweepOptions, sweep } from './sweep.ts';
import { createWriter, type WriterOptions } from './writer.ts';

export interface ProgressNeeds {
  readonly database: Database;
  readonly flows: readonly Flow[];
  /** Runs by id with their journals: `runHistories` of the engine. */
  readonly histories: (ids: readonly string[]) => Promise<readonly RunHistory[]>;
  readonly lead: Leadership['lead'];
  readonly log?: Log;
  /** A stay in a state is over, and this node wrote it down. */
  readonly stayed?: (flow: string, state: string, milliseconds: number) => void;
}

export interface ProgressOptions extends WriterOptions, SweepOptions {}

/** This node's share of keeping the lists. */
export interface Progress {
  /** For the engine's `onAdvanced`: takes note and does nothing else. */
  advanced(advanced: Advanced): void;
  /** Calls back when rows were written, by whichever node; answers how to stop. */
  onChanged(listener: (changes: Changes) => void): () => void;
  /** Open runs by flow, state and currency; a few seconds old at most. */
  summary(): Promise<readonly OpenRuns[]>;
  /** Writes what is left. After the engine's own end. */
  stop(): Promise<void>;
}

/**
 * Keeps the rows that lists, searches and counts read, a moment behind the engine.
 *
 * ```ts
 * const progress = createProgress({ database, flows, histories: (ids) => runHistories(database, ids), lead });
 * const engine = await createEngine({ database, flows, providers, onAdvanced: progress.advanced });
 * progress.onChanged((changes) => refresh(changes));
 * ```
 */
export function createProgress(needs: ProgressNeeds, options: ProgressOptions = {}): Progress {
  const { database, histories, lead, log = () => undefined } = needs;
  const flows = needs.flows.filter(({ table }) => table.lists !== undefined);
  const names = new Set(flows.map(({ name }) => name));
  const line = createChangeLine(database, log);
  const lists = createLister(flows, log);
  const written = (changes: readonly Change[], stays: readonly WrittenStay[]): void => {
    line.tell(changes);
    for (const { flow, state, enteredAt, leftAt } of stays) {
      needs.stayed?.(flow, state, millisecondsBetween(enteredAt, leftAt));
    }
  };
  const writer = createWriter({ database, lists, histories, log, written }, options);
  const sweeping = lead('progress-sweep', (signal) =>
    sweep({ database, flows: [...names], writer, log }, signal, options),
  );
  return {
    advanced: (advanced) => {
      if (names.has(advanced.flow)) writer.note(advanced);
    },
    onChanged: line.onChanged,
    summary: createSummary(database, [...names]),
    stop: async () => {
      await sweeping.stop();
      await writer.stop();
      await line.close();
    },
  };
}
