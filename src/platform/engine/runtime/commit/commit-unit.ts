import type { Ending } from '../../consequence.ts';
import type { ClosedCase, OpenedCase } from '../../run.ts';

/** A run that is to begin with this advance. */
export interface NewRun {
  readonly flow: string;
  readonly flowVersion: number;
  readonly key: string;
  readonly claim?: { readonly scope: string; readonly key: string; readonly fingerprint: string };
  /** JSON. */
  readonly input: string;
  /** JSON of the document's unchanging part when it is not the input itself. */
  readonly given: string | null;
  readonly givenIsInput: boolean;
}

export interface AskRow {
  readonly key: string;
  readonly name: string;
  readonly occurrence: string;
  readonly undoes: boolean;
  readonly visit: number;
  readonly capability: string;
  readonly instance: string;
  readonly verb: string;
  readonly priority: number;
  readonly orderKey: string;
  /** Whether this node sends it; else it waits for whoever has room. */
  readonly owned: boolean;
  /** 1, or more when it was sent under this key before. */
  readonly attempt: number;
  /** It may have been done: the target is asked first. */
  readonly isDoubtful: boolean;
  /** Only its fate is of interest: it is not sent again. */
  readonly isUnwanted: boolean;
}

export interface FactRow {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  /** JSON. */
  readonly data: string;
}

/** Where a message waits for its run. */
export interface InboxPlace {
  readonly flow: string;
  readonly key: string;
  readonly hash: string;
}
export interface InboxRow extends InboxPlace {
  readonly kind: 'message' | 'start';
  /** JSON. */
  readonly message: string;
}

export interface CaseRow extends OpenedCase {
  readonly id: string;
}

/** One advance of one run in the form in which it is written: all of it, or nothing. */
export interface CommitUnit {
  readonly runId: string;
  readonly flow: string;
  readonly key: string;
  /** The version from which it was worked out; 0 for a new run. */
  readonly expected: number;
  readonly advanceId: string;
  readonly begins?: NewRun;
  /** The effect whose answer this is: written only while the effect is open, and unless `attempt` is null, ours in this attempt. */
  readonly answers?: { readonly key: string; readonly attempt: number | null };
  /** The version of its flow by which the run goes on; absent: as before. */
  readonly flowVersion?: number;
  readonly at: string;
  readonly state: string;
  readonly visit: number;
  readonly phase: string;
  readonly ending: Ending | null;
  readonly dueAt: string | null;
  readonly chain: Buffer;
  /** JSON. */
  readonly control: string;
  /** JSON, in UTF-8. */
  readonly document: Buffer;
  /** JSON in UTF-8; null when nothing happened that the journal should know. */
  readonly entries: Buffer | null;
  /** Hash of the message consumed. */
  readonly receipt: string | null;
  readonly ask: readonly AskRow[];
  /** Keys of effects that are settled beside the answered one. */
  readonly settle: readonly string[];
  readonly withdraw: readonly string[];
  readonly timer: 'keep' | 'clear' | { readonly at: string };
  readonly facts: readonly FactRow[];
  readonly outbox: readonly InboxRow[];
  readonly consumed: InboxPlace | null;
  readonly openCases: readonly CaseRow[];
  readonly closeCases: readonly ClosedCase[];
  /** About how much it adds to a batch. */
  readonly bytes: number;
}

/**
 * - `won`: written.
 * - `lost`: the run has moved on; work it out again.
 * - `repeated`: the message was consumed before.
 * - `stale`: the effect is settled or another's; its answer says nothing any more.
 * - `exists`: the run, or the claim, is somebody's already.
 * - `behind`: a message that was sent earlier to this run waits: that one first.
 */
export type Verdict = 'won' | 'lost' | 'repeated' | 'stale' | 'exists' | 'behind';

export interface CommitOutcome {
  readonly verdict: Verdict;
  /** Messages that came before the run did. */
  readonly waiting: readonly InboxRow[];
}
