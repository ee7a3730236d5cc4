import type { ClientBase, Pool } from 'pg';
import { readPosition } from '../sql/lost-window.ts';

/** Where a database's history stands. */
export interface Position {
  /** Cluster and database: another one when it was made from a dump. */
  readonly system: string;
  /** Changes when a standby takes over, and when a backup is recovered to a point in time. */
  readonly timeline: number;
  /** How far its log is durable; never goes back while it is the same database. */
  readonly flushed: bigint;
}

/** What a database is now. None of it needs a superuser. */
export async function positionOf(on: Pool | ClientBase): Promise<Position> {
  const { rows } = await on.query<{ system: string; timeline: number; flushed: string }>(readPosition);
  const row = rows[0];
  if (row === undefined) throw new Error('the database does not say where its history stands');
  return { system: row.system, timeline: row.timeline, flushed: BigInt(row.flushed) };
}

/** How the database has lost time since it was seen; undefined when it has not. */
export function lossBetween(before: Omit<Position, 'flushed'> & Partial<Position>, now: Position): string | undefined {
  if (before.system !== now.system) return 'it is another cluster than before: restored from a dump, or replaced';
  if (before.timeline !== now.timeline) {
    return `its timeline went from ${before.timeline} to ${now.timeline}: a standby took over, or a backup was recovered`;
  }
  if (before.flushed !== undefined && now.flushed < before.flushed) {
    return 'it is an older copy of itself: its log ends before a place that was seen already';
  }
  return undefined;
}
