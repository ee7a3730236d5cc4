import { expect, test } from 'vitest';
import { clockOf } from '../../words/when.ts';
import { daysOf, firstOf, spans } from './spans.ts';

const tokyo = clockOf('Asia/Tokyo');
const newYork = clockOf('America/New_York');

test('so many days are that many of the calendar with today, where one is', () => {
  // In Tokyo it is the 2nd of March, in New York still the 1st.
  const now = new Date('2026-03-01T20:00:00Z');
  expect([1, 7, 30].map((days) => firstOf(days, now, tokyo))).toEqual(['2026-03-02', '2026-02-24', '2026-02-01']);
  expect([1, 7, 30].map((days) => firstOf(days, now, newYork))).toEqual(['2026-03-01', '2026-02-23', '2026-01-31']);
  expect(spans.map(({ title, days }) => `${title}: ${days ?? 'as usual'}`)).toContain('Today: 1');
});

test('the days of a time are those that it touches, where one is', () => {
  // Two whole days in Tokyo; the second ends where the third begins.
  const whole = { from: '2026-03-09T15:00:00Z', to: '2026-03-11T15:00:00Z' };
  expect(daysOf(whole, tokyo)).toEqual({ from: '2026-03-10', to: '2026-03-11' });
  const unfinished = { from: '2026-03-09T04:00:00Z', to: '2026-03-11T02:30:00Z' };
  expect(daysOf(unfinished, newYork)).toEqual({ from: '2026-03-09', to: '2026-03-10' });
});
