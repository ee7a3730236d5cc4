import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { auditOf } from '#platform/audit';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { FigureDesk, FigureReading } from '../index.ts';
import { bringUpToDate, checkBasis, createFigureDesk } from './index.ts';
import { sampleDue } from './sample-courses.ts';
import { type HistoryRun, historyBook, putCase, putRun } from './testing/history.ts';

const timeZone = 'Europe/London';
const now = '2026-04-10T12:00:00.000Z';

let own: TestDatabase;
beforeEach(async () => {
  own = await testDatabase();
});
afterEach(() => own.drop());

const needs = (zone = timeZone) => ({
  ...{ database: own.database, book: historyBook, sets: historyBook.sets },
  ...{ timeZone: zone, clock: fixedClock(now) },
});
const desk = (zone?: string): FigureDesk => createFigureDesk(needs(zone));
const work = (zone?: string) => bringUpToDate(needs(zone), true);

async function figure(name: string, asked: object = {}, zone?: string): Promise<FigureReading> {
  const read = await desk(zone).read({ figure: name, from: '2026-03-01', to: '2026-04-10', ...asked });
  const [found] = read.ok ? read.value.figures : [];
  if (found === undefined) throw new Error(`${name}: ${JSON.stringify(read)}`);
  return found;
}
const trendOf = async (name: string, asked: object = {}, zone?: string) =>
  (await figure(name, asked, zone)).trend.filter(({ sample }) => sample > 0);

const run = (startedAt: string, endedAt?: string, change: Partial<HistoryRun> = {}): HistoryRun => ({
  ...{ id: randomUUID(), key: `J-${randomUUID()}`, startedAt },
  ...(endedAt === undefined ? {} : { endedAt }),
  ...change,
});
async function put(...runs: readonly HistoryRun[]): Promise<void> {
  for (const each of runs) await putRun(own.database, each);
}

describe('a figure', () => {
  test('of nothing has no value, but a sum of nothing is none', async () => {
    await work();
    expect(await figure('life')).toMatchObject({ available: true, sample: 0 });
    expect(await figure('life')).not.toHaveProperty('value');
    expect((await figure('life')).trend).toHaveLength(41);
    expect(await figure('returns')).toMatchObject({ available: false, because: 'There are none.', trend: [] });
    await put(run('2026-01-02T10:00:00.000Z', '2026-01-02T10:00:05.000Z', { failures: ['2026-01-02T10:00:01.000Z'] }));
    await work();
    expect(await figure('failures-crm')).toMatchObject({ value: 0, sample: 0 });
  });

  test('is what one works out by hand: one, several, unfinished, cancelled', async () => {
    await put(run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:07.500Z'));
    await work();
    expect(await figure('life')).toMatchObject({ value: 7.5, p95: 7.5, sample: 1 });
    await put(
      run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:20.000Z'),
      run('2026-03-11T10:00:00.000Z', '2026-03-11T10:01:40.000Z', { ending: 'cancelled' }),
      run('2026-03-11T10:00:00.000Z', '2026-03-11T10:00:30.000Z'),
      run('2026-03-11T11:00:00.000Z'),
    );
    await work();
    // 7.5, 20, 30, 100: two of four do not exceed 20; four of four are needed for 95 %.
    expect(await figure('life')).toMatchObject({ value: 20, p95: 100, sample: 4 });
    expect(await figure('good')).toMatchObject({ value: 0.75, sample: 4 });
    expect(await trendOf('life')).toEqual([
      { at: '2026-03-10T00:00:00.000Z', value: 7.5, sample: 2 },
      { at: '2026-03-11T00:00:00.000Z', value: 30, sample: 2 },
    ]);
  });

  test('counts by the days of the installation’s time zone, also when clocks are put forward', async () => {
    await put(
      // Half an hour before and after midnight in London, in winter; the next two in the night of the change and in summer.
      run('2026-03-10T23:00:00.000Z', '2026-03-10T23:30:00.000Z'),
      run('2026-03-10T23:00:00.000Z', '2026-03-11T00:30:00.000Z'),
      run('2026-03-28T22:30:00.000Z', '2026-03-29T05:30:00.000Z'),
      run('2026-03-29T22:00:00.000Z', '2026-03-29T23:30:00.000Z'),
    );
    await work();
    const expected = [
      { at: '2026-03-10T00:00:00.000Z', value: 1_800, sample: 1 },
      { at: '2026-03-11T00:00:00.000Z', value: 5_400, sample: 1 },
      { at: '2026-03-29T00:00:00.000Z', value: 25_200, sample: 1 },
      { at: '2026-03-29T23:00:00.000Z', value: 5_400, sample: 1 },
    ];
    expect(await trendOf('life')).toEqual(expected);
    const day = await figure('life', { from: '2026-03-29', to: '2026-03-29' });
    expect(day).toMatchObject({ value: 25_200, sample: 1 });
    // It has 23 hours.
    expect(day.trend).toHaveLength(23);
  });

  test('is worked out anew when the installation moves to another time zone', async () => {
    await put(run('2026-03-10T22:00:00.000Z', '2026-03-10T23:30:00.000Z'));
    expect(await checkBasis(needs())).toBe(true);
    await work();
    expect(await checkBasis(needs())).toBe(false);
    expect(await checkBasis(needs('Europe/Berlin'))).toBe(true);
    await work('Europe/Berlin');
    expect(await trendOf('life', {}, 'Europe/Berlin')).toEqual([
      { at: '2026-03-10T23:00:00.000Z', value: 5_400, sample: 1 },
    ]);
  });

  test('follows what happens to a past day: another end, other warehouses, going on after all', async () => {
    const one = run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:10.000Z', { sites: ['NORTH'] });
    await put(one, run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:50.000Z', { sites: ['SOUTH'] }));
    await work();
    expect(await figure('life')).toMatchObject({ value: 10, sample: 2 });
    await put({ ...one, endedAt: '2026-03-12T10:00:00.000Z', sites: ['NORTH', 'SOUTH'] });
    await work();
    expect(await trendOf('life')).toMatchObject([
      { value: 50, sample: 1 },
      { value: 172_800, sample: 1 },
    ]);
    expect(await figure('life', { sites: ['SOUTH'] })).toMatchObject({ value: 50, sample: 2 });
    const { endedAt: _, ...goesOn } = one;
    await put(goesOn);
    await work();
    expect(await figure('life')).toMatchObject({ value: 50, sample: 1 });
  });

  test('is of a caller’s warehouses only', async () => {
    await put(
      run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:10.000Z', { sites: ['NORTH'] }),
      run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:20.000Z', { sites: ['SOUTH'] }),
      run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:30.000Z', { sites: ['NORTH', 'SOUTH'] }),
      run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:40.000Z'),
    );
    await work();
    expect(await figure('life')).toMatchObject({ value: 20, sample: 4 });
    expect(await figure('life', { sites: ['SOUTH'] })).toMatchObject({ value: 20, p95: 30, sample: 2 });
    expect(await trendOf('life', { sites: ['SOUTH'] })).toMatchObject([{ value: 20, sample: 2 }]);
    expect(await figure('life', { sites: ['EAST'] })).toMatchObject({ sample: 0 });
    const seen = await desk().evidence({
      figure: 'life',
      from: '2026-03-01',
      to: '2026-03-31',
      sites: ['NORTH'],
      limit: 9,
    });
    expect(seen.ok && seen.value?.rows.map(({ value }) => value)).toEqual([30, 10]);
  });

  test('sums failures by the system that was asked', async () => {
    const failures = ['2026-03-10T10:00:01.000Z', '2026-03-10T10:00:02.000Z', '2026-03-11T10:00:03.000Z'];
    await put(run('2026-03-10T10:00:00.000Z', undefined, { failures }));
    await work();
    expect(await figure('failures-crm')).toMatchObject({ value: 2, sample: 2 });
    expect(await figure('failures-erp')).toMatchObject({ value: 1, sample: 1 });
  });

  test('of open cases is their age at the end of the time, and at the end of each day before', async () => {
    await putCase(own.database, { id: randomUUID(), openedAt: '2026-04-08T12:00:00.000Z' });
    await putCase(own.database, { id: randomUUID(), openedAt: '2026-04-09T12:00:00.000Z' });
    await putCase(own.database, {
      id: randomUUID(),
      openedAt: '2026-04-01T12:00:00.000Z',
      closedAt: '2026-04-09T12:00:00.000Z',
    });
    await work();
    expect(await figure('open-age')).toMatchObject({ value: 86_400, p95: 172_800, sample: 2 });
    expect(await figure('oldest')).toMatchObject({ value: 172_800, sample: 2 });
    // London's midnight after 8 April is 23:00 UTC.
    expect((await trendOf('oldest')).at(-3)).toEqual({
      at: '2026-04-07T23:00:00.000Z',
      value: 7 * 86_400 + 39_600,
      sample: 2,
    });
    expect(await figure('closing')).toMatchObject({ value: 8 * 86_400, sample: 1 });
    const page = await desk().evidence({ figure: 'oldest', limit: 1 });
    expect(page).toMatchObject({ value: { rows: [{ kind: 'case', value: 172_800 }] } });
    const next = page.ok ? page.value?.next : undefined;
    const rest = await desk().evidence({ figure: 'oldest', limit: 5, ...(next === undefined ? {} : { after: next }) });
    expect(rest.ok && rest.value).toEqual({ unit: 'seconds', rows: [expect.objectContaining({ value: 86_400 })] });
  });

  test('is not asked for more than 400 days, nor for the future, nor backwards', async () => {
    const read = async (asked: object) => {
      const answer = await desk().read(asked);
      return answer.ok ? [] : answer.failures.map(({ path }) => path);
    };
    expect(await read({ from: '2025-01-01' })).toEqual(['/from']);
    expect(await read({ from: '2026-04-11' })).toEqual(['/from']);
    expect(await read({ from: '2026-04-05', to: '2026-04-01' })).toEqual(['/to']);
    expect(await read({})).toEqual([]);
    const usual = await desk().read({});
    expect(usual.ok && usual.value.from).toBe('2026-04-03T23:00:00.000Z');
  });
});

describe('what commits late', () => {
  test('is looked at when it is there, though what came after was looked at before', async () => {
    const client = await own.database.pool.connect();
    await client.query('begin');
    await putRun({ pool: client as never }, run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:10.000Z'));
    await put(run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:30.000Z'));
    await work();
    expect(await figure('life')).toMatchObject({ value: 30, sample: 1 });
    await client.query('commit');
    client.release();
    await work();
    expect(await figure('life')).toMatchObject({ value: 10, sample: 2 });
  });

  test('a case that is written before its run is told is looked at with it', async () => {
    const one = run('2026-03-10T10:00:00.000Z');
    await putCase(own.database, {
      id: randomUUID(),
      run: one,
      openedAt: '2026-03-10T10:00:00.000Z',
      closedAt: '2026-03-10T10:01:00.000Z',
    });
    while ((await sampleDue(needs())) > 0);
    expect(await figure('closing')).toMatchObject({ sample: 0 });
    await put(one);
    await work();
    expect(await figure('closing')).toMatchObject({ value: 60, sample: 1 });
  });
});

describe('a baseline', () => {
  const act = {
    figure: 'life',
    from: '2026-03-01',
    to: '2026-03-31',
    reason: 'before',
    by: 'person:jane',
    intent: 'i-1',
  };
  test('is none until somebody sets it; the newest counts, and each stands in the audit', async () => {
    expect(await figure('life')).not.toHaveProperty('baseline');
    expect(await desk().setBaseline(act)).toBe('no-value');
    expect(await desk().setBaseline({ ...act, figure: 'nothing', value: 1 })).toBe('absent');
    await put(run('2026-03-10T10:00:00.000Z', '2026-03-10T10:00:10.000Z'));
    await work();
    const set = await desk().setBaseline(act);
    expect(set).toMatchObject({ value: { value: 10, from: '2026-03-01', to: '2026-03-31', setBy: 'person:jane' } });
    // The same again, from a caller who did not get the answer.
    expect(await desk().setBaseline({ ...act, value: 99 })).toEqual(set);
    await desk().setBaseline({ ...act, intent: 'i-2', value: 12 });
    expect((await figure('life')).baseline).toMatchObject({ value: 12 });
    const entries = await auditOf(own.database.pool, 'figure:life', 10);
    expect(entries.map(({ by, details }) => [by, details.value, details.before])).toEqual([
      ['person:jane', 10, undefined],
      ['person:jane', 12, 10],
    ]);
    const { rows } = await own.database.pool.query('select value from figure_baseline order by id');
    expect(rows).toEqual([{ value: 10 }, { value: 12 }]);
    expect(await figure('life', { sites: ['NORTH'] })).not.toHaveProperty('baseline');
  });
});
