import { describe, expect, test } from 'vitest';
import { againstBaseline, isOrderNumber, valueWords } from './figure-words.ts';
import type { Figure } from './questions.ts';

const figure = (change: Partial<Figure>): Figure => ({
  figure: 'x',
  title: 'X',
  group: 'kpi',
  unit: 'seconds',
  better: 'lower',
  formula: '',
  source: '',
  available: true,
  trend: [],
  ...change,
});
const baseline = {
  value: 100,
  from: '2026-01-01',
  to: '2026-01-31',
  setAt: '2026-02-01T00:00:00Z',
  setBy: 'person:sue',
};

test('values are read at a glance', () =>
  expect([valueWords('seconds', 7_500), valueWords('share', 0.987), valueWords('count', 2.71)]).toEqual([
    '2 h 5 min',
    '98.7%',
    '2.71',
  ]));

test('an order is told from what it started', () =>
  expect(['100059', 'SO100059', '100059-NORTH-1', 'crm-main/opportunity:1'].map(isOrderNumber)).toEqual([
    true,
    true,
    false,
    false,
  ]));

describe('against its baseline', () => {
  test('nothing is said where one of both is missing', () => {
    expect(againstBaseline(figure({ value: 1 }))).toBeUndefined();
    expect(againstBaseline(figure({ baseline }))).toBeUndefined();
  });
  test.each([
    [90, 'lower', 'good'],
    [110, 'lower', 'bad'],
    [110, 'higher', 'good'],
    [101, 'lower', 'quiet'],
  ] as const)('%d where %s is better is %s', (value, better, tone) =>
    expect(againstBaseline(figure({ value, better, baseline }))?.tone).toBe(tone),
  );
});
