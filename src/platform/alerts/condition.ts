/** What must be so for an alert to stand. Business conditions first; each is looked at again and again. */
export type AlertCondition =
  | OpenCases
  | OverdueCases
  | LongStay
  | LaneOpen
  | LaneBacklog
  | FeedSilent
  | ReplayStopped
  | NodeDead
  | DatabaseTrouble;

/** Open cases, told together by what they have in common. */
export interface OpenCases {
  readonly kind: 'open-cases';
  /** Told apart by; default `cause`. `group` is the cause's fingerprint, `party` the customer. */
  readonly by?: 'cause' | 'group' | 'party';
  readonly cause?: string;
  readonly flow?: string;
  readonly party?: string;
  readonly severity?: string;
  /** Default 1. */
  readonly atLeast?: number;
  /** Decimal; cases worth less together say nothing. */
  readonly worthAtLeast?: { readonly amount: string; readonly currency: string };
}

/** Open cases whose own deadline has passed, by cause. */
export interface OverdueCases {
  readonly kind: 'overdue-cases';
  readonly cause?: string;
  /** Escalated at least so often; default 0. */
  readonly level?: number;
  readonly atLeast?: number;
}

/** Runs that stay in one state. */
export interface LongStay {
  readonly kind: 'long-stay';
  readonly flow: string;
  readonly state: string;
  readonly longerThanMinutes: number;
  readonly atLeast?: number;
}

/** A lane whose breaker does not close. */
export interface LaneOpen {
  readonly kind: 'lane-open';
  /** Absent: any. */
  readonly lane?: string;
  readonly longerThanMinutes: number;
}

/** A lane with work that was asked long ago. */
export interface LaneBacklog {
  readonly kind: 'lane-backlog';
  readonly lane?: string;
  readonly olderThanMinutes: number;
}

/** A feed that has not been read for longer than its rhythm allows. */
export interface FeedSilent {
  readonly kind: 'feed-silent';
  readonly feed?: string;
  /** How many rhythms it may miss; default 3. */
  readonly rhythms?: number;
}

/** A replay of facts that stopped before its end. */
export interface ReplayStopped {
  readonly kind: 'replay-stopped';
}

/** A node whose beat stands still. */
export interface NodeDead {
  readonly kind: 'node-dead';
}

/** A transaction that is open for too long: nothing can be tidied behind it. */
export interface DatabaseTrouble {
  readonly kind: 'database-trouble';
  /** Default 1. */
  readonly snapshotOlderThanMinutes?: number;
}

/** What a condition found: one thing to tell. */
export interface Finding {
  /** What it is about, within the rule: a cause, a lane. The same as long as it is the same trouble. */
  readonly subject: string;
  /** One sentence with the figures. */
  readonly headline: string;
  readonly count: number;
  /** Decimal sums by currency. */
  readonly worth?: readonly { readonly amount: string; readonly currency: string }[];
  readonly since?: string;
  /** A few of those concerned, by business key. */
  readonly examples?: readonly string[];
}
