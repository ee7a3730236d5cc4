import type { JournalEntry, RunState } from './run.ts';

/** What is stored beside an entry: which instance was asked, and a message as it came. */
export type KeptEntry = JournalEntry & { readonly instance?: string; readonly original?: string };

/** A run with what names it. */
interface NamedRun {
  readonly runId: string;
  readonly flow: string;
  readonly flowVersion: number;
  readonly startedAt: string;
  /** Counts the run's advances, from 1. */
  readonly version: number;
  readonly run: RunState;
}

/** An advance that is written for good: the run as it then is, and what its journal says of it. */
export interface Advanced extends NamedRun {
  /** The moment that stands with the entries in the journal. */
  readonly at: string;
  /** Empty where nothing happened that the journal should know. */
  readonly entries: readonly KeptEntry[];
}

/** A run with its whole journal, oldest first. */
export interface RunHistory extends NamedRun {
  readonly advances: readonly { readonly at: string; readonly entries: readonly KeptEntry[] }[];
}
