import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { createBusinessCalendar } from '#platform/engine/runtime';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { giveDeadlines } from './case-deadlines.ts';
import { escalateOverdue } from './case-deadlines-escalate.ts';
import { overdueCases } from './sql/case-escalation.ts';

const hour = 3_600_000;
const calendar = createBusinessCalendar();
const patience = { problem: 4, warning: 40 };

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());
beforeEach(() => own.database.pool.query('delete from case_record'));

/** Friday 15:00; the week ends at 18:00. */
const opened = '2026-03-06T15:00:00.000Z';
const openCase = (key: string, severity = 'problem'): Promise<unknown> =>
  own.database.pool.query(
    `insert into case_record (id, flow, key, cause, summary, opened_at, severity) values (gen_random_uuid(), 'letter', $1, 'late', 'Late.', $2, $3)`,
    [key, opened, severity],
  );
const cases = async () =>
  (await own.database.pool.query(`select key, level, deadline_at from case_record order by key`)).rows;

describe('a case that nobody decides', () => {
  test('rises when its working time is over, again after each further period, and not for ever', async () => {
    const clock = fixedClock(opened);
    const needs = { database: own.database, calendar, clock };
    await openCase('k');
    await giveDeadlines(needs, patience);
    expect(await cases()).toEqual([{ key: 'k', level: 0, deadline_at: '2026-03-09T09:00:00.000Z' }]);
    clock.advance(60 * hour);
    expect(await escalateOverdue(needs, { patience, mostLevels: 2 })).toBe(0);
    clock.advance(6 * hour);
    expect(await escalateOverdue(needs, { patience, mostLevels: 2 })).toBe(1);
    expect(await escalateOverdue(needs, { patience, mostLevels: 2 })).toBe(0);
    expect(await cases()).toEqual([{ key: 'k', level: 1, deadline_at: '2026-03-09T13:00:00.000Z' }]);
    clock.advance(4 * hour);
    expect(await escalateOverdue(needs, { patience, mostLevels: 2 })).toBe(1);
    clock.advance(100 * hour);
    expect(await escalateOverdue(needs, { patience, mostLevels: 2 })).toBe(0);
    const { rows } = await own.database.pool.query(`select by, text from case_note order by id`);
    expect(rows).toEqual([
      { by: 'crossdock', text: 'Escalated to level 1: nobody had decided by 2026-03-09 09:00 UTC.' },
      { by: 'crossdock', text: 'Escalated to level 2: nobody had decided by 2026-03-09 13:00 UTC.' },
    ]);
  });

  test('rises once by two nodes, and not at all when it is closed or has more patience', async () => {
    const clock = fixedClock(opened);
    const needs = { database: own.database, calendar, clock };
    for (let n = 10; n < 40; n += 1) await openCase(`k${n}`);
    await openCase('patient', 'warning');
    await openCase('settled');
    await giveDeadlines(needs, patience);
    await own.database.pool.query(`update case_record set closed_at = now() where key = 'settled'`);
    clock.advance(72 * hour);
    const risen = await Promise.all([1, 2, 3].map(() => escalateOverdue(needs, { patience })));
    expect(risen.reduce((sum, count) => sum + count, 0)).toBe(30);
    expect((await cases()).filter(({ level }) => level === 1)).toHaveLength(30);
  });

  test('is found by index', async () => {
    expect(await tablesReadWhole(own.database.pool, overdueCases)).toEqual([]);
  });
});
