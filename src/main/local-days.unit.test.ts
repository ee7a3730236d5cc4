import { describe, expect, test } from 'vitest';
import { createLocalDays } from './local-days.ts';

const london = createLocalDays({
  calendars: {
    warehouse: {
      timeZone: 'Europe/London',
      hours: { monday: ['08:00-12:00', '13:00-18:30'], tuesday: ['22:00-06:00'] },
      holidays: ['2026-07-13'],
    },
  },
  deadlines: { calendar: 'warehouse' },
});

describe('the days of an installation', () => {
  test('begin at its own midnight, in summer an hour before that of UTC', () => {
    expect(london.dateOf('2026-07-05T23:30:00.000Z')).toBe('2026-07-06');
    expect(london.startOf('2026-07-06')).toBe('2026-07-05T23:00:00.000Z');
    expect(london.startOf('2026-01-05')).toBe('2026-01-05T00:00:00.000Z');
    expect(london.later('2026-02-28', 1)).toBe('2026-03-01');
  });

  test('have its own hours', () => {
    expect(london.at('2026-07-06', '16:30')).toBe('2026-07-06T15:30:00.000Z');
  });

  test('end with their last opening, over midnight on the day after, and not at all without work', () => {
    expect(london.closesOn('2026-07-06')).toBe('2026-07-06T17:30:00.000Z');
    expect(london.closesOn('2026-07-07')).toBe('2026-07-08T05:00:00.000Z');
    expect(london.closesOn('2026-07-08')).toBeUndefined();
    expect(london.closesOn('2026-07-13')).toBeUndefined();
  });

  test('are those of the usual week where no calendar is named', () => {
    const usual = createLocalDays({});
    expect(usual.closesOn('2026-07-06')).toBe('2026-07-06T18:00:00.000Z');
    expect(usual.closesOn('2026-07-05')).toBeUndefined();
  });
});
