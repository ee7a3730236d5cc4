/** A lane of the installation as the engine tells it. */
export interface ToldLane {
  readonly lane: string;
  readonly budget: { readonly concurrency: number; readonly perSecond?: number };
  readonly holders: readonly { readonly node: string; readonly slots: number; readonly inFlight: number }[];
  readonly state: 'open' | 'breaker-open' | 'probing' | 'paused' | 'maintenance';
  readonly breaker:
    | { readonly state: 'closed' }
    | {
        readonly state: 'open' | 'probing';
        readonly since: string;
        readonly until: string;
        readonly because: string;
      };
  readonly paused?: { readonly by: string; readonly because: string; readonly at: string };
  readonly maintenanceUntil?: string;
  readonly backlog: {
    readonly total: number;
    readonly byPriority: readonly {
      readonly priority: 'urgent' | 'release' | 'normal' | 'inventory' | 'backfill';
      readonly count: number;
    }[];
  };
  readonly oldest?: string;
  readonly drainPerSecond: number;
  readonly forecast:
    | { readonly known: true; readonly clearsAt: string; readonly seconds: number; readonly basis: string }
    | { readonly known: false; readonly because: string };
}

/** One thing that was done to a lane, or happened to it. */
export interface LaneDeed {
  readonly what: 'opened' | 'closed' | 'paused' | 'resumed';
  readonly at: string;
  readonly who: string;
  readonly because: string | null;
}

/** What the handlers of the lanes API are given. */
export interface LanesNeeds {
  readonly laneDesk: {
    lanes(): Promise<readonly ToldLane[]>;
    /** The last twenty, newest first. */
    laneHistory(lane: string): Promise<readonly LaneDeed[]>;
    /** Answer false for a lane that is not known. */
    pauseLane(lane: string, by: string, because: string): Promise<boolean>;
    resumeLane(lane: string, by: string, because: string): Promise<boolean>;
  };
}
