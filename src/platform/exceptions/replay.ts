/** Which facts. All members narrow; the subscriber's own types always do. */
export interface ReplaySelection {
  /** Told from then on. */
  readonly from?: string;
  /** Told before then. */
  readonly before?: string;
  readonly types?: string[];
  /** Business keys. */
  readonly keys?: string[];
}

/**
 * `planned` → `approved` → `running` → `finished`; a running one may be `paused`, and is `stopped` by the first surprise. Both go on
 * where they were when started again.
 */
export type ReplayState = 'planned' | 'approved' | 'running' | 'paused' | 'stopped' | 'finished';

/** A telling of facts to one subscriber again. */
export interface Replay {
  readonly id: string;
  readonly subscriber: string;
  readonly selection: ReplaySelection;
  readonly reason: string;
  readonly state: ReplayState;
  /** Facts told in a second at most. */
  readonly perSecond: number;
  readonly plannedBy: string;
  readonly plannedAt: string;
  readonly approvedBy?: string;
  readonly approvedAt?: string;
  readonly startedBy?: string;
  /** What was foreseen: how many would change nothing, how many something, how many would be doubled. */
  readonly foreseen: {
    readonly facts: number;
    readonly nothing: number;
    readonly something: number;
    readonly doubled: number;
  };
  /** Times of the oldest and the newest fact. */
  readonly oldest?: string;
  readonly newest?: string;
  readonly told: number;
  /** How many of those changed something. */
  readonly changed: number;
  /** Why it stopped. */
  readonly surprise?: string;
  readonly updatedAt: string;
}

export type ReplayRefusal = 'no-such-replay' | 'no-such-subscriber' | 'too-many-facts' | 'same-person' | 'wrong-state';

/** The replay after it, or why not; `because` is a sentence with what to do. */
export type ReplayOutcome =
  | { readonly ok: true; readonly replay: Replay }
  | { readonly ok: false; readonly refused: ReplayRefusal; readonly because: string };

/** Where replays are planned, approved and driven. `by`: `person:jane` or `api:shop`. Every act stands in the audit of `replay:<id>`. */
export interface ReplayDesk {
  /** Looks what would happen, and does nothing. */
  plan(request: {
    readonly subscriber: string;
    readonly selection: ReplaySelection;
    readonly reason: string;
    /** Default 10. */
    readonly perSecond?: number;
    readonly by: string;
    /** The caller's own name for this plan: the same again is the same plan. */
    readonly intent: string;
  }): Promise<ReplayOutcome>;
  find(id: string): Promise<Replay | undefined>;
  /** Newest first. */
  list(limit?: number): Promise<readonly Replay[]>;
  approve(id: string, by: string, reason: string): Promise<ReplayOutcome>;
  /** Starts it, or goes on with one that was paused or stopped. */
  start(id: string, by: string, reason: string): Promise<ReplayOutcome>;
  pause(id: string, by: string, reason: string): Promise<ReplayOutcome>;
}

/** What a fact told again does; a greater number than was foreseen is a surprise. */
export const effects = ['nothing', 'something', 'doubled'] as const;
export type ReplayEffect = (typeof effects)[number];

export interface ReplayRow {
  readonly id: string;
  readonly subscription: string;
  readonly selection: string;
  readonly reason: string;
  readonly state: ReplayState;
  readonly per_second: number;
  readonly planned_by: string;
  readonly planned_at: string;
  readonly approved_by: string | null;
  readonly approved_at: string | null;
  readonly started_by: string | null;
  readonly facts: number;
  readonly nothing: number;
  readonly something: number;
  readonly doubled: number;
  readonly oldest: string | null;
  readonly newest: string | null;
  readonly told: number;
  readonly changed: number;
  readonly surprise: string | null;
  readonly updated_at: string;
}

const present = <Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> =>
  value === null ? {} : ({ [name]: value } as Record<Name, string>);

export const replayOf = (row: ReplayRow): Replay => ({
  id: row.id,
  subscriber: row.subscription,
  selection: JSON.parse(row.selection),
  reason: row.reason,
  state: row.state,
  perSecond: row.per_second,
  plannedBy: row.planned_by,
  plannedAt: row.planned_at,
  ...present('approvedBy', row.approved_by),
  ...present('approvedAt', row.approved_at),
  ...present('startedBy', row.started_by),
  foreseen: { facts: row.facts, nothing: row.nothing, something: row.something, doubled: row.doubled },
  ...present('oldest', row.oldest),
  ...present('newest', row.newest),
  told: row.told,
  changed: row.changed,
  ...present('surprise', row.surprise),
  updatedAt: row.updated_at,
});
