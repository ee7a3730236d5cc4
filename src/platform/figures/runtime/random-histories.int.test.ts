import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { openDatabase } from '#platform/storage';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { EvidencePlace, EvidenceRow, FigureReading } from '../index.ts';
import { bringUpToDate, createFigureDesk } from './index.ts';
import { sampleDue } from './sample-courses.ts';
import { type HistoryCase, type HistoryRun, historyBook, putCase, putRun } from './testing/history.ts';

const seed = Number(process.env.SEED ?? 20_260_310);
const now = '2026-04-30T12:00:00.000Z';
const begin = Date.parse('2026-02-20T00:00:00.000Z');
const at = (milliseconds: number): string => new Date(begin + milliseconds).toISOString();
const day = 86_400_000;

/** Runs of up to three days with parts, within ten weeks, in which clocks change once. */
const history = fc.record({
  starts: fc.integer({ min: 0, max: 66 * day }),
  lasts: fc.integer({ min: 1, max: 3 * day }),
  isOver: fc.boolean(),
  ending: fc.constantFrom('completed', 'completed', 'cancelled'),
  sites: fc.subarray(['NORTH', 'SOUTH', 'EAST']),
  moves: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
  failures: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 1 }),
  cases: fc.array(fc.tuple(fc.integer({ min: 0, max: day }), fc.option(fc.integer({ min: 1, max: 9 * day }))), {
    maxLength: 2,
  }),
  hasPart: fc.boolean(),
});
const histories = fc.sample(history, { seed, numRuns: 150 });

const runs: HistoryRun[] = [];
const cases: HistoryCase[] = [];
for (const [
  n,
  { starts, lasts, isOver, ending, sites, moves, failures, cases: troubles, hasPart },
] of histories.entries()) {
  const within = (shares: readonly number[]) =>
    shares.toSorted((a, b) => a - b).map((share) => at(starts + Math.floor(share * lasts)));
  const key = `J-${String(n).padStart(4, '0')}`;
  const run: HistoryRun = {
    ...{ id: randomUUID(), key, startedAt: at(starts), sites, moves: within(moves), failures: within(failures) },
    ...(isOver ? { endedAt: at(starts + lasts), ending } : {}),
  };
  runs.push(run);
  if (hasPart)
    runs.push({
      id: randomUUID(),
      key: `${key}-1`,
      flow: 'part',
      root: key,
      startedAt: at(starts),
      moves: within(moves),
    });
  for (const [index, [opened, open]] of troubles.entries()) {
    const openedAt = at(starts + opened);
    const isAlone = opened % 5 === 0;
    cases.push({
      id: randomUUID(),
      openedAt,
      cause: `trouble-${index}`,
      ...(isAlone ? {} : { run }),
      ...(open === null ? {} : { closedAt: at(starts + opened + open) }),
    });
  }
}

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
  for (const run of runs) await putRun(own.database, run);
  for (const one of cases) await putCase(own.database, one);
}, 120_000);
afterAll(() => own.drop());

const zone = { timeZone: 'Europe/London', clock: fixedClock(now) };
const needs = () => ({ ...zone, database: own.database, sets: historyBook.sets, slice: 7 });
const desk = () => createFigureDesk({ ...zone, database: own.database, book: historyBook });

const times = [
  {},
  { from: '2026-02-20', to: '2026-04-30' },
  { from: '2026-03-03T11:22:33.000Z', to: '2026-04-19T05:06:07.000Z' },
  { from: '2026-03-28T10:00:00.000Z', to: '2026-03-30T03:30:00.000Z' },
  { from: '2026-03-29', to: '2026-03-29' },
];
const views = times.flatMap((time) => [time, { ...time, sites: ['NORTH'] }, { ...time, sites: ['SOUTH', 'EAST'] }]);

async function readAll(): Promise<readonly (readonly FigureReading[])[]> {
  const read = await Promise.all(views.map((view) => desk().read(view)));
  return read.map((each) => (each.ok ? each.value.figures : []));
}

const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(values.length / 2)) - 1];

const terminateVictim = `
select pg_terminate_backend(pid) from pg_stat_activity
where application_name = 'victim' and datname = current_database() and state in ('active', 'idle in transaction')`;

let direct: readonly (readonly FigureReading[])[];

describe(`figures of random histories (seed ${seed})`, () => {
  test('are what the histories say, straight from the samples', async () => {
    while ((await sampleDue(needs())) > 0);
    const { rows } = await own.database.pool.query('select count(*)::int as days from figure_day');
    expect(rows[0].days).toBe(0);
    direct = await readAll();
    const { from, to } = times[2] ?? {};
    const isIn = (moment: string | undefined): boolean =>
      moment !== undefined && from !== undefined && to !== undefined && moment >= from && moment < to;
    const lives = runs.flatMap(({ flow, startedAt, endedAt = '' }) =>
      flow === undefined && isIn(endedAt) ? [(Date.parse(endedAt) - Date.parse(startedAt)) / 1_000] : [],
    );
    const closing = cases.flatMap(({ openedAt, closedAt = '' }) =>
      isIn(closedAt) ? [(Date.parse(closedAt) - Date.parse(openedAt)) / 1_000] : [],
    );
    const failures = runs.flatMap((run) => run.failures ?? []).filter(isIn);
    const found = new Map(direct[6]?.map((each) => [each.figure, each]));
    expect(lives.length).toBeGreaterThan(20);
    expect(found.get('life')).toMatchObject({ value: median(lives), sample: lives.length });
    expect(found.get('closing')).toMatchObject({ value: median(closing), sample: closing.length });
    expect(found.get('failures-crm')).toMatchObject({ value: failures.length });
  });

  test('are made of their evidence: page after page, the worst first, nothing twice', async () => {
    const time = times[2] ?? {};
    for (const { figure, better, value, sample, available } of direct[6] ?? []) {
      if (!available) continue;
      const rows: EvidenceRow[] = [];
      for (let after: EvidencePlace | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
        const page = await desk().evidence({ ...time, figure, limit: 7, ...(after === undefined ? {} : { after }) });
        if (!page.ok || page.value === undefined) throw new Error(figure);
        rows.push(...page.value.rows);
        after = page.value.next;
      }
      const values = rows.map((row) => row.value);
      expect({ figure, rows: rows.length }).toEqual({ figure, rows: sample });
      expect(values).toEqual(values.toSorted((a, b) => (better === 'lower' ? b - a : a - b)));
      const sum = values.reduce((total, each) => total + each, 0);
      const worked =
        figure === 'good'
          ? sum / values.length
          : figure.startsWith('failures')
            ? sum
            : figure === 'oldest'
              ? values[0]
              : median(values);
      expect({ figure, value: worked }).toEqual({ figure, value });
    }
  });

  test('are the same from days and months that were summed up, for every time and every caller', async () => {
    await bringUpToDate(needs(), true);
    const { rows } = await own.database.pool.query(
      'select (select count(*)::int from figure_stale) as stale, (select count(*)::int from figure_month where digest is not null) as months',
    );
    expect(rows[0]).toMatchObject({ stale: 0 });
    expect(rows[0].months).toBeGreaterThan(0);
    expect(await readAll()).toEqual(direct);
  });

  test('are the same when everything is worked out anew and the work is killed again and again', async () => {
    await own.database.pool.query(`insert into figure_due (course) select distinct coalesce(root_key, key) from standing
      union all select 'case:' || id from case_record where run_id is null`);
    await own.database.pool.query('truncate figure_sample, figure_day, figure_month, figure_stale');
    const victim = openDatabase({ url: own.url, poolSize: 2, applicationName: 'victim' });
    let kills = 0;
    for (let isDone = false; !isDone; ) {
      let isOver = false;
      const working = bringUpToDate({ ...needs(), database: victim }, true)
        .then(
          () => true,
          () => false,
        )
        .finally(() => {
          isOver = true;
        });
      for (let isKilled = false; !isOver && !isKilled; ) {
        // Each time it comes somewhat farther.
        await wait(20 + kills * 20);
        const { rows } = await own.database.pool.query(terminateVictim);
        isKilled = rows.length > 0;
        kills += rows.length;
      }
      isDone = await working;
    }
    await victim.close();
    expect(kills).toBeGreaterThan(2);
    expect(await readAll()).toEqual(direct);
  }, 120_000);
});
