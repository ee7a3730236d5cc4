import { describe, expect, test } from 'vitest';
import { createBusinessCalendar } from './business-calendar.ts';

const hour = 3_600_000;

describe('the business calendar', () => {
  const calendar = createBusinessCalendar();

  test.each([
    ['within a day', '2026-03-02T09:00:00.000Z', 2, '2026-03-02T11:00:00.000Z'],
    ['before it opens', '2026-03-02T05:00:00.000Z', 1, '2026-03-02T09:00:00.000Z'],
    ['after it closes', '2026-03-02T20:00:00.000Z', 1, '2026-03-03T09:00:00.000Z'],
    ['to the very end of a day', '2026-03-02T08:00:00.000Z', 10, '2026-03-02T18:00:00.000Z'],
    ['over a weekend', '2026-03-06T17:00:00.000Z', 2, '2026-03-09T09:00:00.000Z'],
    ['from a Sunday', '2026-03-08T12:00:00.000Z', 1, '2026-03-09T09:00:00.000Z'],
    ['over two weeks', '2026-03-02T08:00:00.000Z', 101, '2026-03-16T09:00:00.000Z'],
    ['no time at all, when closed', '2026-03-07T12:00:00.000Z', 0, '2026-03-09T08:00:00.000Z'],
  ])('counts %s', (_, from, hours, to) => {
    expect(calendar.add(from, hours * hour)).toBe(to);
  });

  test('refuses a week without working time', () => {
    expect(() => createBusinessCalendar({ days: [], from: 8, to: 18 })).toThrow(RangeError);
    expect(() => createBusinessCalendar({ days: [1], from: 18, to: 8 })).toThrow(RangeError);
  });
});
