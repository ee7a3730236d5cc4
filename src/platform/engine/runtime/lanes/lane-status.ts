import type { Instant } from '#model/kernel';
import type { Priority } from '../../effect.ts';
import type { Budget } from './allotment.ts';
import type { MaintenanceWindow } from './lane-maintenance.ts';

/** What an outside system may be asked by the whole installation, and when it may not be asked at all. */
export interface LaneBudget extends Budget {
  readonly maintenance?: readonly MaintenanceWindow[];
}

/**
 * What happened to a lane of the installation: told once, on the node that noticed. `opened`: its breaker, at the beginning of an
 * outage; `closed`: it is back.
 */
export interface LaneEvent {
  readonly lane: string;
  readonly what: 'opened' | 'closed' | 'paused' | 'resumed';
  readonly because: string;
  /** The person or consumer who did it. */
  readonly by?: string;
}

/** What waits, by urgency, the most urgent first. */
export interface LaneBacklog {
  readonly priority: Priority;
  readonly count: number;
}

/** Where a lane stands. `throttled` says nothing: that its budget is used up is what a budget is for. */
export type LaneState = 'open' | 'breaker-open' | 'probing' | 'paused' | 'maintenance';

/** When the backlog is gone if nothing more comes and nothing changes; or why nobody can say. */
export type LaneForecast =
  | { readonly known: true; readonly clearsAt: Instant; readonly seconds: number; readonly basis: string }
  | { readonly known: false; readonly because: string };

/** A lane as the whole installation has it. */
export interface LaneStatus {
  readonly lane: string;
  readonly budget: Budget;
  /** Who holds what of it, and how many calls each has under way. */
  readonly holders: readonly { readonly node: string; readonly slots: number; readonly inFlight: number }[];
  readonly state: LaneState;
  readonly breaker:
    | { readonly state: 'closed' }
    | {
        readonly state: 'open' | 'probing';
        readonly since: Instant;
        /** Until when nothing is tried; in the past when it waits for a call to try with. */
        readonly until: Instant;
        readonly because: string;
      };
  readonly paused?: { readonly by: string; readonly because: string; readonly at: Instant };
  readonly maintenanceUntil?: Instant;
  /** Effects that wait to be sent, in nodes and in the database; those under way are not among them. */
  readonly backlog: { readonly total: number; readonly byPriority: readonly LaneBacklog[] };
  /** When the one that waits longest was asked; absent when nothing waits. */
  readonly oldest?: Instant;
  /** Calls answered a second over the last twenty seconds or so. */
  readonly drainPerSecond: number;
  readonly forecast: LaneForecast;
}

/** What was done to a lane: the last twenty, newest first. */
export interface LaneHistory {
  readonly what: LaneEvent['what'];
  readonly at: Instant;
  readonly who: string;
  readonly because: string;
}
