import type { Flow } from '../../flow.ts';
import type { RunState } from '../../run.ts';
import type { StoredDocument } from './stored-document.ts';

/** A run as a node keeps it in memory. Safe to be old: an advance is written only on the version from which it was worked out. */
export interface HotRun {
  readonly id: string;
  readonly flow: Flow;
  readonly state: RunState;
  readonly version: number;
  readonly chain: Buffer;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** The changing part of the document as it was written last. */
  readonly storedDocument: StoredDocument;
  readonly dueAt: string | null;
  readonly dueVisit: number | null;
  /** When it is told that its deadline is near; absent or null where that is not wanted, or was done. */
  readonly warnAt?: string | null;
  /** When the timer row wakes the run: not later than `dueAt`. */
  readonly timerAt: string | null;
}
