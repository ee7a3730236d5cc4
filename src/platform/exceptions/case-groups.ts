import type { Decimal, Instant } from '#model/kernel';
import type { ExceptionsDatabase } from './database.ts';
import { selectGroups, selectGroupsOfSites } from './sql/case-lists.ts';

/** Open cases of one cause: 412 orders, one cause. */
export interface CaseGroup {
  /** Its fingerprint: name it to act on all of them. */
  readonly group: string;
  readonly flow: string;
  readonly cause: string;
  /** The outside system, where one failed. */
  readonly instance?: string;
  readonly severity: string;
  readonly count: number;
  /** Of them, those that nobody owns, and those whose own deadline is over. */
  readonly unowned: number;
  readonly overdue: number;
  /** At risk, for each currency by itself. */
  readonly worth: readonly { readonly amount: Decimal; readonly currency: string }[];
  readonly oldest: Instant;
  /** The next cut-off of a business object among them. */
  readonly nextDueBy?: Instant;
  readonly owners: readonly { readonly owner: string; readonly count: number }[];
  /** Its most urgent case. */
  readonly sample: { readonly id: string; readonly key: string; readonly summary: string };
}

export interface GroupFilter {
  readonly flow?: string;
  readonly cause?: string;
  readonly instance?: string;
  readonly group?: string;
  /** Counts only cases that are about one of these warehouses. */
  readonly sites?: readonly string[];
  /** The last group of the page before. */
  readonly after?: { readonly count: number; readonly group: string };
  /** Default 1 000. */
  readonly limit?: number;
}

interface GroupRow {
  group_key: string;
  flow: string;
  cause: string;
  instance: string | null;
  severity: string;
  count: number;
  unowned: number;
  overdue: number;
  worth: { amount: Decimal; currency: string }[];
  oldest: string;
  next_due: string | null;
  owners: { owner: string; count: number }[];
  id: string;
  key: string;
  summary: string;
}

const groupOf = (row: GroupRow): CaseGroup => ({
  group: row.group_key,
  flow: row.flow,
  cause: row.cause,
  ...(row.instance === null ? {} : { instance: row.instance }),
  severity: row.severity,
  count: row.count,
  unowned: row.unowned,
  overdue: row.overdue,
  worth: row.worth,
  oldest: row.oldest,
  ...(row.next_due === null ? {} : { nextDueBy: row.next_due }),
  owners: row.owners,
  sample: { id: row.id, key: row.key, summary: row.summary },
});

/**
 * Groups of open cases with count, value at risk, oldest, next cut-off and how many are overdue at `now`; the largest first. It reads
 * one index of the open cases: a hundred thousand take a fraction of a second, so ask it every few seconds and not for every event.
 */
export async function summariseOpenCases(
  database: ExceptionsDatabase,
  now: Instant,
  filter: GroupFilter = {},
): Promise<readonly CaseGroup[]> {
  const { flow, cause, instance, group, sites, after, limit = 1_000 } = filter;
  const { rows } = await database.pool.query<GroupRow>(sites === undefined ? selectGroups : selectGroupsOfSites, [
    now,
    flow ?? null,
    cause ?? null,
    instance ?? null,
    group ?? null,
    after?.count ?? null,
    after?.group ?? null,
    limit,
    ...(sites === undefined ? [] : [sites]),
  ]);
  return rows.map(groupOf);
}
