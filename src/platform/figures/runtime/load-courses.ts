import type { ClientBase } from 'pg';
import type { Instant } from '#model/kernel';
import type { JournalEntry, KeptEntry } from '#platform/engine';
import type { Course, CourseEntry, CourseFact, CourseFailure, CourseRun, Stay } from '../course.ts';
import type { CourseReading } from '../figure.ts';
import { loadCases } from './load-cases.ts';
import { askedOfRuns, entriesOfRuns, factsOfKeys, runsOfCourses, staysOfRuns } from './sql/courses.ts';

interface RunRow {
  readonly course: string;
  readonly run_id: string;
  readonly flow: string;
  readonly key: string;
  readonly started_at: Instant;
  readonly entered_at: Instant;
  readonly state: string;
  readonly visit: number;
  readonly phase: string;
  readonly ending: string | null;
  readonly sites: readonly string[] | null;
}

interface StayRow {
  readonly run_id: string;
  readonly visit: number;
  readonly state: string;
  readonly entered_at: Instant;
  readonly left_at: Instant;
}

interface FactRow {
  readonly subject: string;
  readonly type: string;
  readonly time: Instant;
  readonly data: string;
}

interface JournalRow {
  readonly run_id: string;
  readonly entries: string;
}

interface PlacedEntry {
  readonly runId: string;
  readonly at: Instant;
  readonly entry: KeptEntry;
}

/** A course, and the warehouses that it is about. */
export interface LoadedCourse {
  readonly course: Course;
  readonly sites: readonly string[];
}

/** As a pattern in which nothing but the ends is a wildcard. */
const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (each) => `\\${each}`)}%`;
const member = (name: string, value: string): string => containing(`"${name}":${JSON.stringify(value)}`);

const failed = [member('outcome', 'failed'), member('outcome', 'refused')];

export const patternsOf = ({ effects = [], messages = [] }: CourseReading): readonly string[] => [
  ...failed,
  ...effects.map((name) => member('name', name)),
  ...messages.map((type) => member('type', type)),
];

const placed = ({ run_id: runId, entries }: JournalRow): readonly PlacedEntry[] => {
  const row = JSON.parse(entries) as { readonly at: Instant; readonly entries: readonly KeptEntry[] };
  return row.entries.map((entry) => ({ runId, at: row.at, entry }));
};

const isAskedFor = ({ effects = [], messages = [] }: CourseReading, entry: JournalEntry): boolean =>
  entry.kind === 'asked' || entry.kind === 'settled'
    ? effects.includes(entry.name)
    : entry.kind === 'received' && messages.includes(entry.message.type);

const runOf = (
  { flow, key, started_at, entered_at, state, visit, phase, ending }: RunRow,
  past: readonly Stay[],
): CourseRun => ({
  flow,
  key,
  startedAt: started_at,
  // It has been in its final state since then.
  ...(phase === 'ended' ? { endedAt: entered_at } : {}),
  ...(ending === null ? {} : { ending }),
  stays: [...past, { state, visit, enteredAt: entered_at }],
});

function groupBy<Row>(rows: readonly Row[], nameOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(nameOf(row));
    if (group === undefined) groups.set(nameOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** What of the runs' journals is asked for, what failed there, and which instance was asked. */
async function loadEntries(client: ClientBase, runs: readonly RunRow[], reading: CourseReading, since: Instant) {
  const ids = runs.map(({ run_id }) => run_id);
  const { rows } = await client.query<JournalRow>(entriesOfRuns, [ids, patternsOf(reading), since]);
  const entries = rows.flatMap(placed);
  const failures = entries.flatMap(({ runId, at, entry }) =>
    entry.kind === 'settled' && entry.outcome !== 'done' ? [{ runId, at, entry }] : [],
  );
  const keys = [...new Set(failures.map(({ entry }) => `"key":${JSON.stringify(entry.key)}`))];
  const failedRuns = [...new Set(failures.map(({ runId }) => runId))];
  const asked =
    keys.length === 0
      ? []
      : (await client.query<JournalRow>(askedOfRuns, [failedRuns, keys, since])).rows.flatMap(placed);
  const instances = new Map(
    asked.flatMap(({ entry }) =>
      entry.kind === 'asked' && entry.instance !== undefined ? [[entry.key, entry.instance] as const] : [],
    ),
  );
  return { entries: entries.filter(({ entry }) => isAskedFor(reading, entry)), failures, instances };
}

const oldestFirst = <Each extends { readonly at: Instant }>(all: readonly Each[]): readonly Each[] =>
  all.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));

/** Loads courses by their keys, all at once. A key of which nothing is known is not among the answers. */
export async function loadCourses(
  client: ClientBase,
  keys: readonly string[],
  reading: CourseReading,
  asOf: Instant,
): Promise<readonly LoadedCourse[]> {
  const { rows: runs } = await client.query<RunRow>(runsOfCourses, [keys]);
  const cases = await loadCases(client, keys, runs);
  const alone = [...cases.alone].map(([key, one]) => ({
    course: { key, asOf, runs: [], facts: [], entries: [], failures: [], cases: [one] },
    sites: [],
  }));
  const [first] = runs;
  if (first === undefined) return alone;
  const since = first.started_at;
  const stays = groupBy(
    (await client.query<StayRow>(staysOfRuns, [runs.map(({ run_id }) => run_id)])).rows,
    (row) => row.run_id,
  );
  const subjects = [...new Set(runs.map(({ key }) => key))];
  const facts = groupBy(
    (await client.query<FactRow>(factsOfKeys, [subjects, reading.facts ?? [], since])).rows,
    ({ subject }) => subject,
  );
  const { entries, failures, instances } = await loadEntries(client, runs, reading, since);
  const entriesOfRun = groupBy(entries, ({ runId }) => runId);
  const failuresOfRun = groupBy(failures, ({ runId }) => runId);

  const courseOf = (key: string, own: readonly RunRow[]): LoadedCourse => {
    const course: Course = {
      key,
      asOf,
      runs: own.map((run) => runOf(run, (stays.get(run.run_id) ?? []).map(stayOf))),
      facts: oldestFirst(
        [...new Set(own.map((run) => run.key))].flatMap((subject) => (facts.get(subject) ?? []).map(factOf)),
      ),
      entries: oldestFirst(
        own.flatMap(({ run_id, flow, key: runKey }) =>
          (entriesOfRun.get(run_id) ?? []).map(({ at, entry }): CourseEntry => ({ flow, key: runKey, at, entry })),
        ),
      ),
      failures: oldestFirst(
        own.flatMap(({ run_id, flow }) =>
          (failuresOfRun.get(run_id) ?? []).map(({ at, entry }): CourseFailure => {
            const instance = instances.get(entry.key);
            const { name: effect, outcome, fault } = entry as Extract<typeof entry, { outcome: 'failed' | 'refused' }>;
            return { flow, effect, outcome, at, code: fault.code, ...(instance === undefined ? {} : { instance }) };
          }),
        ),
      ),
      cases: own.flatMap(({ run_id }) => cases.ofRuns.get(run_id) ?? []),
    };
    return { course, sites: [...new Set(own.flatMap(({ sites }) => sites ?? []))].sort() };
  };
  return [...[...groupBy(runs, ({ course }) => course)].map(([key, own]) => courseOf(key, own)), ...alone];
}

const stayOf = ({ state, visit, entered_at, left_at }: StayRow): Stay => ({
  state,
  visit,
  enteredAt: entered_at,
  leftAt: left_at,
});

const factOf = ({ type, time, data }: FactRow): CourseFact => ({ type, at: time, data: JSON.parse(data) });
