import { expect, test } from 'vitest';
import { forecastOf } from './lane-forecast.ts';

const now = '2026-07-06T08:00:00.000Z';
const lane = { state: 'open', budget: { concurrency: 8 }, drainPerSecond: 0 } as const;

test('a backlog clears at the pace that was observed', () => {
  expect(forecastOf({ ...lane, drainPerSecond: 5 }, 600, now)).toEqual({
    known: true,
    clearsAt: '2026-07-06T08:02:00.000Z',
    seconds: 120,
    basis: '5.0 calls a second, observed',
  });
});

test('never faster than the budget, and by the budget where nothing was observed', () => {
  const budget = { concurrency: 8, perSecond: 2 };
  expect(forecastOf({ ...lane, budget, drainPerSecond: 50 }, 60, now)).toMatchObject({ known: true, seconds: 30 });
  expect(forecastOf({ ...lane, budget }, 60, now)).toMatchObject({
    seconds: 30,
    basis: expect.stringMatching('budget'),
  });
});

test('nobody can say while the breaker is open, the lane paused, or its pace unknown', () => {
  expect(forecastOf({ ...lane, state: 'breaker-open', drainPerSecond: 5 }, 60, now)).toEqual({
    known: false,
    because: expect.stringMatching('breaker is open'),
  });
  expect(forecastOf({ ...lane, state: 'paused', drainPerSecond: 5 }, 60, now)).toMatchObject({ known: false });
  expect(forecastOf(lane, 60, now)).toMatchObject({ known: false });
  expect(forecastOf({ ...lane, state: 'breaker-open' }, 0, now)).toMatchObject({ known: true, seconds: 0 });
});

test('maintenance counts from its end', () => {
  const held = { state: 'maintenance', maintenanceUntil: '2026-07-06T09:00:00.000Z', drainPerSecond: 99 } as const;
  const budget = { concurrency: 1, perSecond: 1 };
  expect(forecastOf({ ...lane, ...held, budget }, 60, now)).toMatchObject({ clearsAt: '2026-07-06T09:01:00.000Z' });
});
