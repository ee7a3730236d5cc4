import type { ClientBase } from 'pg';
import type { TSchema } from 'typebox';
import type { FactEvent } from './fact.ts';

/** What taking a fact a second time does: nothing new ever; nothing, because it goes by the fact's id; or all of it again. */
export type Repeats = 'harmless' | 'by-id' | 'doubles';

export interface SubscriptionRequest {
  /** Names its stored place; one reader of a name at a time, on whichever node. */
  readonly name: string;
  /** Absent: all. */
  readonly types?: readonly string[];
  /** Facts at most in one call, default 100. */
  readonly batch?: number;
  /**
   * Takes facts in order per key. What it writes with `transaction` is committed with its place, so it happens once; what it does
   * elsewhere may be repeated and goes by the facts' ids. When it throws, each fact of the batch is tried alone; one that cannot be
   * taken waits with its key alone, is tried again, and is a dead letter in the end. A transient or ambiguous fault is an outage at
   * first: then all of them come again later.
   */
  readonly handle: (facts: readonly FactEvent[], transaction: ClientBase) => Promise<void>;
  /** Of the handler and its mapping; a dead letter names it. Default `1`. */
  readonly version?: string;
  /** What a second telling does, for replays. Default `doubles`: nobody has said that it is safe. */
  readonly repeats?: Repeats;
  /** Which of these facts it has taken already or has nothing to do about, one answer for each. Absent: all that its place has passed. */
  readonly took?: (facts: readonly FactEvent[]) => Promise<readonly boolean[]>;
  /** What the data of a type must be: a repaired dead letter is checked against it. */
  readonly schemas?: Readonly<Record<string, TSchema>>;
  readonly patience?: Patience;
}

/** How long a fact that cannot be taken is tried again. */
export interface Patience {
  /** Attempts until it is a dead letter, default 8. */
  readonly attempts?: number;
  /** Delay after the first failure, doubled after each, default 500 ms. */
  readonly firstDelayMs?: number;
  /** Default 60 000. */
  readonly longestDelayMs?: number;
  /** How often the whole subscription waits out an outage before it goes by keys, default 5. */
  readonly outages?: number;
  /** For how long an outage makes no dead letters, default an hour. */
  readonly outageMs?: number;
}
