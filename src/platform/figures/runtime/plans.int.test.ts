import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import {
  actsOfCases,
  askedOfRuns,
  casesAlone,
  casesOfRuns,
  entriesOfRuns,
  factsOfKeys,
  runsOfCourses,
  staysOfRuns,
  takeDue,
} from './sql/courses.ts';
import { highestFirst, lowestFirst } from './sql/evidence.ts';
import { casesOpenAt, casesOpenBetween } from './sql/open-cases.ts';
import {
  baselinesOf,
  digestsOfDays,
  digestsOfMonths,
  staleDays,
  sumsOfDays,
  valuesByHour,
  valuesOf,
} from './sql/read.ts';
import {
  daysOfMonths,
  forgetDays,
  makeMonthsStale,
  putMonths,
  staleMonths,
  takeStale,
  valuesOfDays,
} from './sql/roll.ts';
import { putSamples } from './sql/samples.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
  await own.database.pool.query(`
    insert into standing (run_id, flow, key, version, state, visit, phase, started_at, entered_at, updated_at, sites, shows)
      select gen_random_uuid(), 'f', n::text, 1, 's', 1, 'ended', now(), now(), now(), '{}', '{}' from generate_series(1, 20000) n;
    insert into stay (run_id, visit, flow, state, entered_at, left_at, moved_to)
      select run_id, 1, 'f', 's', now(), now(), 't' from standing;
    insert into journal (run_id, version, advance_id, hash, entries)
      select run_id, 1, gen_random_uuid(), '', '{}' from standing;
    insert into fact (id, source, type, subject, time, data)
      select gen_random_uuid(), 's', 't', key, now(), '{}' from standing;
    insert into case_record (id, run_id, flow, key, cause, summary, opened_at, closed_at)
      select gen_random_uuid(), run_id, 'f', key, 'c', 's', now() - interval '9 days', now() - interval '1 day' * (key::int % 9) from standing;
    insert into case_action (id, case_id, action, at, by, details)
      select 'a' || key, id, 'retry', now(), 'x', '{}' from case_record;
    insert into figure_sample (course, figure, part, day, at, value, sites)
      select n::text, n % 9, 0, date '2026-01-01' + n % 99, now(), n, 0 from generate_series(1, 50000) n;
    insert into figure_day (figure, day, sites, count, sum, digest)
      select f, date '2024-01-01' + d, s, 1, 1, '' from generate_series(1, 30) f, generate_series(1, 400) d, generate_series(0, 2) s;
    insert into figure_month (figure, month, digest)
      select f, date '2000-01-01' + make_interval(months => m), '' from generate_series(1, 60) f, generate_series(1, 200) m;
    insert into figure_stale (figure, day) select n % 9, date '2026-01-01' + n % 99 from generate_series(1, 20000) n;
    insert into figure_baseline (figure, value, from_day, to_day, set_at, set_by, intent)
      select 'f' || n % 30, 1, now(), now(), now(), 'x', n::text from generate_series(1, 5000) n;
    analyze standing, stay, journal, fact, case_record, case_action, figure_due, figure_sample, figure_day, figure_month, figure_stale,
      figure_baseline`);
}, 120_000);
afterAll(() => own.drop());

const sampling = {
  takeDue,
  runsOfCourses,
  staysOfRuns,
  factsOfKeys,
  entriesOfRuns,
  askedOfRuns,
  casesOfRuns,
  casesAlone,
  actsOfCases,
  putSamples,
};
const summing = { valuesOfDays, forgetDays, makeMonthsStale, staleMonths, daysOfMonths, putMonths };
const reading = {
  staleDays,
  sumsOfDays,
  digestsOfDays,
  digestsOfMonths,
  valuesOf,
  valuesByHour,
  baselinesOf,
  highestFirst,
  lowestFirst,
  casesOpenAt,
  casesOpenBetween,
};

/** Facts and journal rows of months that are not there: an empty partition is read whole at no cost. */
const isReal = (table: string): boolean => !/^(journal|fact)_(\d{4}_\d\d)$/.test(table);

describe('with many samples', () => {
  test.each(Object.entries({ ...sampling, ...summing, ...reading }))(
    '%s reads no table from end to end',
    async (_, text) => {
      expect((await tablesReadWhole(own.database.pool, text)).filter(isReal)).toEqual([]);
    },
  );

  test('only stale days are walked to find the stale ones', async () => {
    expect((await tablesReadWhole(own.database.pool, takeStale)).filter((table) => table !== 'figure_stale')).toEqual(
      [],
    );
  });

  test('a question that no index serves is noticed', async () => {
    expect(await tablesReadWhole(own.database.pool, 'select from figure_sample where note = $1')).toEqual([
      'figure_sample',
    ]);
  });
});
