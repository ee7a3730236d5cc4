import type { Instant } from '#model/kernel';
import type { Database } from '#platform/storage';
import { recentCases } from './sql/recent-cases.ts';

/** A case that was opened or closed lately, or was asked for. */
export interface RecentCase {
  readonly id: string;
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  /** The warehouses that it is about. */
  readonly sites: readonly string[];
}

interface RecentRow {
  readonly id: string;
  readonly opened_at: Instant;
  readonly closed_at: Instant | null;
  readonly sites: string[];
}

/** Those opened or closed since a moment, the latest 200 of each, and those named, which must be UUIDs. */
export async function listRecentCases(
  { pool }: Database,
  since: Instant,
  named: readonly string[] = [],
): Promise<readonly RecentCase[]> {
  const { rows } = await pool.query<RecentRow>(recentCases, [since, named]);
  return rows.map(({ id, opened_at: openedAt, closed_at: closedAt, sites }) => ({
    ...{ id, openedAt, sites },
    ...(closedAt === null ? {} : { closedAt }),
  }));
}
