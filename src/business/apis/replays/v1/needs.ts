/** A telling of facts to one subscriber again, as it stands. */
export interface PlannedReplay {
  readonly id: string;
  readonly subscriber: string;
  readonly selection: {
    readonly from?: string;
    readonly before?: string;
    readonly types?: string[];
    readonly keys?: string[];
  };
  readonly reason: string;
  readonly state: 'planned' | 'approved' | 'running' | 'paused' | 'stopped' | 'finished';
  readonly perSecond: number;
  readonly plannedBy: string;
  readonly plannedAt: string;
  readonly approvedBy?: string;
  readonly approvedAt?: string;
  readonly startedBy?: string;
  readonly foreseen: {
    readonly facts: number;
    readonly nothing: number;
    readonly something: number;
    readonly doubled: number;
  };
  readonly oldest?: string;
  readonly newest?: string;
  readonly told: number;
  readonly changed: number;
  readonly surprise?: string;
  readonly updatedAt: string;
}

/** The replay after an act, or why the act is refused. */
export type ReplayAnswer =
  | { readonly ok: true; readonly replay: PlannedReplay }
  | {
      readonly ok: false;
      readonly refused: 'no-such-replay' | 'no-such-subscriber' | 'too-many-facts' | 'same-person' | 'wrong-state';
      readonly because: string;
    };

/** What the handlers of the replays API are given. */
export interface ReplaysNeeds {
  readonly replays: {
    plan(request: {
      readonly subscriber: string;
      readonly selection: PlannedReplay['selection'];
      readonly reason: string;
      readonly perSecond?: number;
      readonly by: string;
      /** The caller's own name for this plan: the same again is the same plan. */
      readonly intent: string;
    }): Promise<ReplayAnswer>;
    find(id: string): Promise<PlannedReplay | undefined>;
    list(limit?: number): Promise<readonly PlannedReplay[]>;
    approve(id: string, by: string, reason: string): Promise<ReplayAnswer>;
    start(id: string, by: string, reason: string): Promise<ReplayAnswer>;
    pause(id: string, by: string, reason: string): Promise<ReplayAnswer>;
  };
}
