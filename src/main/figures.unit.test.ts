import { describe, expect, test } from 'vitest';
import { timeZoneOf } from './figures.ts';

const hours = { monday: ['08:00-18:00'] };
const calendars = { office: { timeZone: 'Europe/London', hours }, depot: { timeZone: 'America/New_York', hours } };

describe('the days of figures', () => {
  test('are those of the calendar that deadlines count on', () => {
    expect(timeZoneOf({ calendars, deadlines: { calendar: 'depot' } })).toBe('America/New_York');
  });
  test('are days of UTC when no calendar is named, as deadlines are', () => {
    expect(timeZoneOf({})).toBe('UTC');
    expect(timeZoneOf({ calendars })).toBe('UTC');
  });
});
