import type { RecordedEntry } from '../engine.ts';

/** A journal row's `entries`. */
export interface RecordedAdvance {
  readonly at: string;
  readonly entries: readonly RecordedEntry[];
}

export const parseRecorded = (text: string): RecordedAdvance => JSON.parse(text);

/** What the journal knows of one effect. */
export interface RecordedEffect {
  readonly instance: string | undefined;
  readonly request: unknown;
  readonly answer: unknown;
}

/** The key of what an undo undoes; any other key is its own. */
export const undoneBy = (key: string): string => key.replace(/:undo$/, '');

/** Finds an effect's frozen request and its answer in journal rows, oldest first; undefined when it was never asked. */
export function findRecorded(rows: readonly string[], key: string): RecordedEffect | undefined {
  let found: RecordedEffect | undefined;
  for (const row of rows) {
    for (const entry of parseRecorded(row).entries) {
      if (entry.kind === 'asked' && entry.key === key && (found === undefined || entry.instance !== undefined)) {
        found = { instance: entry.instance, request: entry.request, answer: undefined };
      } else if (entry.kind === 'settled' && entry.key === key && entry.outcome === 'done' && found) {
        found = { ...found, answer: entry.answer };
      }
    }
  }
  return found;
}
