import { beforeAll, describe, expect, test } from 'vitest';
import { perfectDay } from '../check/testing/perfect-day.ts';
import type { Day } from '../day/day.ts';
import { readDay } from '../day/read-day.ts';
import { closingLines } from '../display/closing.ts';
import { mostTelling, storyLines } from '../display/story.ts';
import { width } from '../display/table.ts';
import { dayTables } from '../display/tables.ts';
import { carriedDay } from '../options.ts';
import { makePlan } from '../plan/make-plan.ts';
import { makeReport } from './make-report.ts';

let day: Day;
beforeAll(async () => {
  const read = await readDay(carriedDay);
  if (!read.ok) throw new Error('the sample cannot be read');
  day = read.value;
});

const story = [
  { at: '2026-03-01T09:30:00.000Z', run: 'order-to-cash/1', what: 'state', who: 'crossdock', summary: 'checking' },
  { at: '2026-03-01T09:30:01.250Z', run: 'order-to-cash/1', what: 'state', who: 'erp-main', summary: 'x'.repeat(200) },
];

describe('a day on which all goes as foreseen', () => {
  test.each([
    [1, 60],
    [2, 200],
    [3, 418],
    [4, 600],
  ])('with seed %i and %i orders passes, every order as scripted', (seed, orders) => {
    const plan = makePlan(day, { seed, orders });
    const report = makeReport({ evidence: perfectDay(plan), narratives: [], durationMs: 12_340 });
    expect(report.differences).toEqual([]);
    expect(report.vacuous).toEqual([]);
    expect(report).toMatchObject({
      passed: true,
      orders,
      asScripted: orders,
      lost: 0,
      doubled: 0,
      durationSeconds: 12.3,
    });
    expect(Object.values(report.byOutcome).reduce((sum, count) => sum + count, 0)).toBe(orders);
    expect(report.accepted + report.refused + report.quarantined).toBe(orders);
    expect(report.value.shipped).toMatch(/^\d+\.\d\d$/);
  });

  test('fails when one document of one order is gone', () => {
    const evidence = perfectDay(makePlan(day, { seed: 1, orders: 60 }));
    const { erp } = evidence.ledgers;
    for (const gone of [0, Math.floor(erp.length / 2), erp.length - 1]) {
      const ledgers = { ...evidence.ledgers, erp: erp.filter((_, at) => at !== gone) };
      const report = makeReport({ evidence: { ...evidence, ledgers }, narratives: [], durationMs: 1 });
      expect(report.passed).toBe(false);
      expect(report.asScripted).toBe(59);
    }
  });

  test('fails when one document of one order is there twice', () => {
    const evidence = perfectDay(makePlan(day, { seed: 1, orders: 60 }));
    const { wms } = evidence.ledgers;
    const ledgers = { ...evidence.ledgers, wms: [...wms, ...wms.slice(7, 8)] };
    expect(makeReport({ evidence: { ...evidence, ledgers }, narratives: [], durationMs: 1 })).toMatchObject({
      passed: false,
      doubled: 1,
      lost: 0,
    });
  });
});

test('what is printed fits a screen of a hundred columns', () => {
  const evidence = perfectDay(makePlan(day, { seed: 1, orders: 418 }));
  const report = makeReport({ evidence, narratives: [], durationMs: 61_000 });
  const telling = mostTelling(evidence.observed, report);
  const lines = [
    ...dayTables(report),
    ...(telling === undefined ? [] : storyLines(telling, { story })),
    ...closingLines({ url: 'http://127.0.0.1:8080', apiKey: 'key' }),
  ];
  expect(telling?.incident).toBe('two-warehouses');
  expect(lines.filter((line) => line.length > width)).toEqual([]);
  expect(lines.join('\n')).toContain('+1.3 s  erp-main   xxx');
});
