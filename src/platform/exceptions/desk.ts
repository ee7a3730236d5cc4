import type { Instant } from '#model/kernel';
import type { ActDetails, Acted, CaseAct, Refused } from './case-act.ts';
import type { Allowances } from './case-action-names.ts';
import { allowances } from './case-actions.ts';
import { type CaseEffect, effectOf } from './case-effect.ts';
import { type CaseGroup, type GroupFilter, summariseOpenCases } from './case-groups.ts';
import { type CasePlace, type CaseQuery, pageOfCases } from './case-list.ts';
import { type CaseRecord, type CaseRow, caseOf } from './case-record.ts';
import { lastRequest } from './case-request.ts';
import { actOnCase, checkAct } from './desk-act.ts';
import type { DeskNeeds } from './desk-needs.ts';
import type { Letter } from './letters.ts';
import { actionsOfCase, notesOfCase } from './sql/case-acts.ts';
import { selectCase, sitesOfCase } from './sql/case-lists.ts';

/** A case with what may be done about it now. */
export interface CaseView {
  readonly record: CaseRecord;
  readonly effect?: CaseEffect;
  /** The message for which it stands, where it stands for one. */
  readonly letter?: Letter;
  readonly allowances: Allowances;
}

export interface CaseNote {
  readonly at: Instant;
  readonly by: string;
  readonly text: string;
}

/** Something that somebody did about a case. */
export interface PastAct {
  readonly at: Instant;
  readonly by: string;
  readonly action: string;
  readonly details: ActDetails;
  /** The bulk of which it was part. */
  readonly bulk?: string;
  /** Absent: not known yet. */
  readonly verdict?: 'applied' | 'ignored';
  readonly because?: string;
}

export interface CaseDetail extends CaseView {
  readonly notes: readonly CaseNote[];
  readonly acts: readonly PastAct[];
  /** What the run's state means, in the flow's words. */
  readonly stateMeans?: string;
  /** What the effect asked last: what edit-and-retry begins with. */
  readonly request?: unknown;
}

/** Cases, and what people do about them. */
export interface CaseDesk {
  list(query: CaseQuery): Promise<{ readonly cases: readonly CaseView[]; readonly next?: CasePlace }>;
  groups(filter: GroupFilter): Promise<readonly CaseGroup[]>;
  show(id: string): Promise<CaseDetail | undefined>;
  /** The warehouses that it is about: none for a message, nor for what has not come so far. */
  sitesOf(id: string): Promise<readonly string[]>;
  /** Why an act would be refused now; undefined when it would not. */
  check(id: string, act: CaseAct): Promise<Refused | undefined>;
  /** Once for each intent. Throws what the database throws; the same intent again then finishes it. */
  act(id: string, act: CaseAct): Promise<Acted>;
}

interface ActRow {
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly details: ActDetails;
  readonly bulk_id: string | null;
  readonly verdict: 'applied' | 'ignored' | null;
  readonly because: string | null;
}

const pastAct = ({ at, by, action, details, bulk_id: bulk, verdict, because }: ActRow): PastAct => ({
  at,
  by,
  action,
  details,
  ...(bulk === null ? {} : { bulk }),
  ...(verdict === null ? {} : { verdict }),
  ...(because === null ? {} : { because }),
});

/** Makes the desk at which cases are worked. */
export function createCaseDesk(needs: DeskNeeds): CaseDesk {
  const { database, runs, tables, letters, clock } = needs;

  async function viewOf(record: CaseRecord): Promise<CaseView> {
    const isLoose = record.run === undefined && record.closedAt === undefined;
    const letter = isLoose ? await letters.find(record.id) : undefined;
    const effect = effectOf(record, tables);
    return {
      record,
      ...(effect === undefined ? {} : { effect }),
      ...(letter === undefined ? {} : { letter }),
      allowances: allowances(record, tables, letter),
    };
  }

  return {
    list: async (query) => {
      const { cases, next } = await pageOfCases(database, query);
      return { cases: await Promise.all(cases.map(viewOf)), ...(next === undefined ? {} : { next }) };
    },
    groups: (filter) => summariseOpenCases(database, clock.now(), filter),
    show: async (id) => {
      const row = (await database.pool.query<CaseRow>(selectCase, [id])).rows[0];
      if (row === undefined) return undefined;
      const record = caseOf(row);
      const [view, notes, acts, request] = await Promise.all([
        viewOf(record),
        database.pool.query<CaseNote>(notesOfCase, [id]),
        database.pool.query<ActRow>(actionsOfCase, [id]),
        record.closedAt === undefined ? lastRequest(runs, record) : undefined,
      ]);
      const { run } = record;
      const stateMeans = run && tables(record.flow, run.version)?.states[run.state]?.means;
      return {
        ...view,
        notes: notes.rows,
        acts: acts.rows.map(pastAct),
        ...(stateMeans === undefined ? {} : { stateMeans }),
        ...(request === undefined ? {} : { request }),
      };
    },
    sitesOf: async (id) => (await database.pool.query<{ sites: string[] }>(sitesOfCase, [id])).rows[0]?.sites ?? [],
    check: (id, act) => checkAct(needs, id, act),
    act: (id, act) => actOnCase(needs, id, act),
  };
}
