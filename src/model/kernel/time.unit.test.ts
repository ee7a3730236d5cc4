import { expect, test } from 'vitest';
import { fixedClock, millisecondsBetween, plusMilliseconds } from './time.ts';

test('a fixed clock stands until it is moved', () => {
  const clock = fixedClock('2026-03-01T09:30:00.000Z');
  expect(clock.now()).toBe(clock.now());
  clock.advance(1_500);
  expect(clock.now()).toBe('2026-03-01T09:30:01.500Z');
});

test('moments are counted in UTC, over the change to summer time too', () => {
  const later = plusMilliseconds('2026-03-29T00:30:00.000Z', 3_600_000);
  expect(later).toBe('2026-03-29T01:30:00.000Z');
  expect(millisecondsBetween('2026-03-29T00:30:00.000Z', later)).toBe(3_600_000);
});
