import type { ClientBase } from 'pg';
import type { Instant } from '#model/kernel';
import type { CourseAct, CourseCase } from '../course.ts';
import { actsOfCases, casesAlone, casesOfRuns } from './sql/courses.ts';

interface CaseRow {
  readonly id: string;
  readonly run_id: string | null;
  readonly flow: string;
  readonly cause: string;
  readonly opened_at: Instant;
  readonly closed_at: Instant | null;
  readonly level: number;
}

interface ActRow {
  readonly case_id: string;
  readonly action: string;
  readonly by: string;
  readonly at: Instant;
  readonly verdict: string | null;
}

/** A case without a run has a course of its own. */
export const aloneCourse = /^case:([0-9a-f-]{36})$/;

const actOf = ({ action, by, at, verdict }: ActRow): CourseAct => ({
  action,
  by,
  at,
  ...(verdict === 'ignored' ? { ignored: true as const } : {}),
});

/** The cases of runs, by run, and of courses that are a single case, by course. */
export async function loadCases(
  client: ClientBase,
  courses: readonly string[],
  runs: readonly { readonly flow: string; readonly key: string }[],
): Promise<{
  readonly ofRuns: ReadonlyMap<string, readonly CourseCase[]>;
  readonly alone: ReadonlyMap<string, CourseCase>;
}> {
  const ids = courses.flatMap((course) => aloneCourse.exec(course)?.[1] ?? []);
  const alone = ids.length === 0 ? [] : (await client.query<CaseRow>(casesAlone, [ids])).rows;
  const flowsAndKeys = [runs.map(({ flow }) => flow), runs.map(({ key }) => key)];
  const ofRuns = runs.length === 0 ? [] : (await client.query<CaseRow>(casesOfRuns, flowsAndKeys)).rows;
  const all = [...alone, ...ofRuns];
  const acts = new Map<string, CourseAct[]>(all.map(({ id }) => [id, []]));
  if (all.length > 0) {
    const { rows } = await client.query<ActRow>(actsOfCases, [all.map(({ id }) => id)]);
    for (const row of rows) acts.get(row.case_id)?.push(actOf(row));
  }
  const caseOf = ({ id, flow, cause, opened_at, closed_at, level }: CaseRow): CourseCase => ({
    id,
    flow,
    cause,
    openedAt: opened_at,
    ...(closed_at === null ? {} : { closedAt: closed_at }),
    level,
    acts: acts.get(id) ?? [],
  });
  const byRun = new Map<string, CourseCase[]>();
  for (const row of ofRuns) byRun.set(row.run_id ?? '', [...(byRun.get(row.run_id ?? '') ?? []), caseOf(row)]);
  return { ofRuns: byRun, alone: new Map(alone.map((row) => [`case:${row.id}`, caseOf(row)])) };
}
