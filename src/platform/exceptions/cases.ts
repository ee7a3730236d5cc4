import type { ExceptionsDatabase } from './database.ts';
import { countCases, selectCases } from './sql/cases.ts';

/** Something that a person must see, or had to. */
export interface Case {
  readonly id: string;
  /** Absent where no run is concerned, as for a quarantined message. */
  readonly run?: string;
  readonly flow: string;
  /** The business key. */
  readonly key: string;
  /** Kebab-case; cases are grouped by it. */
  readonly cause: string;
  /** One sentence with what to do. */
  readonly summary: string;
  readonly openedAt: string;
  readonly closedAt?: string;
}

export interface CaseFilter {
  /** Only open ones, or only closed ones; absent: both. */
  readonly open?: boolean;
  readonly flow?: string;
  readonly cause?: string;
  readonly key?: string;
  /** Default 100, at most 1 000. */
  readonly limit?: number;
}

interface CaseRow {
  id: string;
  run_id: string | null;
  flow: string;
  key: string;
  cause: string;
  summary: string;
  opened_at: string;
  closed_at: string | null;
}

const most = 1_000;

/** Cases that match, oldest first. */
export async function listCases(database: ExceptionsDatabase, filter: CaseFilter = {}): Promise<readonly Case[]> {
  const { open, flow, cause, key, limit = 100 } = filter;
  const { rows } = await database.pool.query<CaseRow>(selectCases, [
    open ?? null,
    flow ?? null,
    cause ?? null,
    key ?? null,
    Math.min(Math.max(limit, 1), most),
  ]);
  return rows.map((row) => ({
    id: row.id,
    ...(row.run_id === null ? {} : { run: row.run_id }),
    flow: row.flow,
    key: row.key,
    cause: row.cause,
    summary: row.summary,
    openedAt: row.opened_at,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
  }));
}

export interface CaseCount {
  readonly cause: string;
  readonly count: number;
  readonly oldest: string;
}

/** Open cases by cause, the most frequent first. */
export async function countOpenCases(database: ExceptionsDatabase): Promise<readonly CaseCount[]> {
  return (await database.pool.query<{ cause: string; count: number; oldest: string }>(countCases)).rows;
}
