import { expect, test } from 'vitest';
import { stageTimes, staysIn, storyIn, timesOf } from './stages.ts';

const entered = (at: string, state: string, run = 'order-to-cash/100001') => ({
  at: `2026-03-01T09:30:0${at}Z`,
  run,
  what: 'state',
  who: 'crossdock',
  summary: state,
  details: { kind: 'entered', state, visit: 1 },
});

test('an order stays in each state until it enters the next one', () => {
  const story = storyIn({
    story: [
      entered('0.000', 'checking'),
      entered('0.250', 'judging'),
      entered('0.250', 'reserving'),
      entered('1.000', 'releasing', 'fulfilment/100001-NORTH-1'),
      entered('1.250', 'booking'),
    ],
  });
  expect(staysIn(story)).toEqual([
    { stage: 'checking', ms: 250 },
    { stage: 'judging', ms: 0 },
    { stage: 'reserving', ms: 1_000 },
  ]);
  expect(Object.keys(stageTimes(staysIn(story)))).toEqual(['checking', 'reserving']);
});

test('times are counted by nearest rank', () => {
  expect(timesOf([5, 1, 2, 3, 4])).toEqual({ count: 5, p50: 3, p95: 5, max: 5 });
  expect(timesOf([])).toEqual({ count: 0, p50: 0, p95: 0, max: 0 });
});

test('a narrative of another shape tells no story', () => {
  expect(storyIn({ story: [{ at: 1 }] })).toEqual([]);
  expect(storyIn(undefined)).toEqual([]);
});
