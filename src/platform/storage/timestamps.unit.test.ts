import { expect, test } from 'vitest';
import { isoTimestamp } from './timestamps.ts';

test.each([
  ['2026-03-01 09:30:00+00', '2026-03-01T09:30:00.000Z'],
  ['2026-03-01 09:30:00.1+00', '2026-03-01T09:30:00.100Z'],
  ['2026-03-01 09:30:00.123999+00', '2026-03-01T09:30:00.123Z'],
  ['2026-03-01 09:30:00.5+02', '2026-03-01T07:30:00.500Z'],
  ['infinity', 'infinity'],
])('%s is read as %s', (text, iso) => {
  expect(isoTimestamp(text)).toBe(iso);
});
