import type { BusinessCalendar } from './calendar/business-calendar.ts';
import type { EngineMetrics } from './engine.ts';
import type { Declared } from './nodes/lost-window.ts';

/**
 * Called at every durability boundary, so that a test may end the process there. Points: `before-batch`, `after-batch`,
 * `before-send`, `after-send`, `before-ask`, `after-ask`, `before-discard`, `after-discard`, `after-settle`, `before-delivery`.
 */
export type CrashAt = (point: string, details: Readonly<Record<string, string | number>>) => void;

export type CommitCounts = { -readonly [Count in keyof EngineMetrics['commits']]: number };

export interface EngineOptions {
  /** Unique among the nodes that share the database; the same after a restart. Default `node-1`. */
  readonly node?: string;
  /** A node whose beat stands still so long is dead, ms. Default 15 000. */
  readonly leaseMs?: number;
  readonly calendar?: BusinessCalendar;
  /** Batches under way at once. Default 2. */
  readonly commitWidth?: number;
  /** Advances in a batch. Default 128. */
  readonly batchCount?: number;
  /** Bytes in a batch. Default 256 KB. */
  readonly batchBytes?: number;
  /** How often timers are looked at, ms. Default 200. */
  readonly timerTickMs?: number;
  /** How often the inbox is swept for messages whose hand-off was lost, ms. Default 5 000. */
  readonly sweepMs?: number;
  /** Runs kept in memory; those that have ended are not. Default 5 000. */
  readonly hotRuns?: number;
  /** Effects kept in memory per lane; more wait in the database. Default 5 000. */
  readonly laneDepth?: number;
  /** How long `stop` waits for calls under way, and then for what is to be written, ms. Default 10 000 each. */
  readonly graceMs?: number;
  /** Consecutive transient failures that open a lane's breaker. Default 5. */
  readonly breakerThreshold?: number;
  /** How long it stays open at first, ms; doubles up to thirty times that. Default 1 000. */
  readonly breakerCoolMs?: number;
  /** Start although unfinished runs have a version that is unknown here, or changed; the log names them. Default false. */
  readonly allowStranded?: boolean;
  /** How often all runs are walked for those that a newer version takes over, ms; paced. Default 30 000. */
  readonly migrateMs?: number;
  /** How often the ends of the chains that were written are anchored, ms. Default 60 000. */
  readonly anchorMs?: number;
  /** How often it is looked whether the database is still the same, ms. Default 3 000. */
  readonly watchMs?: number;
  readonly history?: {
    /** A folder outside of the database in which this node keeps what it saw of it. Absent: an older copy of it is not noticed. */
    readonly evidence?: string;
    /** What a person says about the database's past. */
    readonly declared?: Declared;
  };
  readonly crashAt?: CrashAt;
}
