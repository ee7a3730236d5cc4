import { type CaseRecord, type CaseRow, caseOf } from './case-record.ts';
import type { ExceptionsDatabase } from './database.ts';
import { type CaseCondition, type CaseOrder, caseConditions, casePage } from './sql/case-lists.ts';

export type { CaseOrder } from './sql/case-lists.ts';

/** Where a page ended: pass it on to have the next. */
export interface CasePlace {
  /** As the database wrote it: what was sorted by. */
  readonly place: string;
  readonly id: string;
}

export interface CaseQuery {
  /** `closed` lists closed cases, latest first; the others list open ones. */
  readonly order: CaseOrder;
  readonly group?: string | undefined;
  readonly cause?: string | undefined;
  readonly flow?: string | undefined;
  /** Of any of these business objects. */
  readonly key?: readonly string[] | undefined;
  readonly party?: string | undefined;
  readonly owner?: string | undefined;
  readonly unowned?: boolean | undefined;
  readonly instance?: string | undefined;
  readonly severity?: string | undefined;
  readonly currency?: string | undefined;
  /** Exact decimal, in whatever currency: give `currency` too where there are several. */
  readonly minimumWorth?: string | undefined;
  /** Only those whose own deadline was over at this moment. */
  readonly overdueAt?: string | undefined;
  /** Only those that are about one of these warehouses. */
  readonly sites?: readonly string[] | undefined;
  readonly after?: CasePlace | undefined;
  readonly limit: number;
}

export interface CasePage {
  readonly cases: readonly CaseRecord[];
  /** Absent: this was the last page. */
  readonly next?: CasePlace;
}

const names = Object.keys(caseConditions) as CaseCondition[];

/** One page of cases. Rows that come and go meanwhile neither shift nor double the others. */
export async function pageOfCases(database: ExceptionsDatabase, query: CaseQuery): Promise<CasePage> {
  const conditions = names.filter((name) => query[name] !== undefined);
  const { order, after, limit } = query;
  const { rows } = await database.pool.query<CaseRow & { readonly place: string }>(
    casePage(order, conditions, after !== undefined),
    [...conditions.map((name) => query[name]), ...(after === undefined ? [] : [after.place, after.id]), limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    cases: page.map(caseOf),
    ...(rows.length > limit && last !== undefined ? { next: { place: last.place, id: last.id } } : {}),
  };
}
