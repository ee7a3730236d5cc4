import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBusinessCalendar, dueAt } from './business-calendar.ts';
import { type CalendarDefinition, calendarFailures } from './business-calendar-definition.ts';

const hour = 3_600_000;
const everyDay = (...openings: readonly string[]): CalendarDefinition['hours'] => ({
  sunday: openings,
  monday: openings,
  tuesday: openings,
  wednesday: openings,
  thursday: openings,
  friday: openings,
  saturday: openings,
});
const office = (timeZone: string, holidays: readonly string[] = []) => {
  const { sunday: _, saturday: __, ...hours } = everyDay('08:00-18:00');
  return createBusinessCalendar({ timeZone, hours, holidays });
};

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

  test('knows when it is open, and when it opens next', () => {
    expect(calendar.isOpen('2026-03-06T17:59:59.999Z')).toBe(true);
    expect(calendar.isOpen('2026-03-06T18:00:00.000Z')).toBe(false);
    expect(calendar.opensNext('2026-03-06T18:00:00.000Z')).toBe('2026-03-09T08:00:00.000Z');
    expect(calendar.opensNext('2026-03-09T09:30:00.000Z')).toBe('2026-03-09T09:30:00.000Z');
  });
});

describe('local time', () => {
  test.each([
    ['London in winter', 'Europe/London', '2026-01-05T07:00:00.000Z', 1, '2026-01-05T09:00:00.000Z'],
    ['London in summer', 'Europe/London', '2026-07-06T06:00:00.000Z', 1, '2026-07-06T08:00:00.000Z'],
    ['London over the jump forward', 'Europe/London', '2026-03-27T17:00:00.000Z', 2, '2026-03-30T08:00:00.000Z'],
    ['London over the jump back', 'Europe/London', '2026-10-23T16:00:00.000Z', 2, '2026-10-26T09:00:00.000Z'],
    ['New York over the jump forward', 'America/New_York', '2026-03-06T22:00:00.000Z', 2, '2026-03-09T13:00:00.000Z'],
    ['New York over the jump back', 'America/New_York', '2026-10-30T21:00:00.000Z', 2, '2026-11-02T14:00:00.000Z'],
    ['Kolkata, half an hour off', 'Asia/Kolkata', '2026-06-01T02:00:00.000Z', 1, '2026-06-01T03:30:00.000Z'],
    [
      'Lord Howe, whose summer is half an hour',
      'Australia/Lord_Howe',
      '2026-10-02T06:30:00.000Z',
      2,
      '2026-10-04T22:00:00.000Z',
    ],
    [
      'Kiritimati, where the day is nearly over',
      'Pacific/Kiritimati',
      '2026-06-01T17:00:00.000Z',
      1,
      '2026-06-01T19:00:00.000Z',
    ],
  ])('counts in %s', (_, zone, from, hours, to) => {
    expect(office(zone).add(from, hours * hour)).toBe(to);
  });

  test.each([
    ['put forward', '2026-03-28T22:00:00.000Z', 7],
    ['put back', '2026-10-24T21:00:00.000Z', 9],
    ['left alone', '2026-06-12T21:00:00.000Z', 8],
  ])('a night shift is as long as the night when clocks are %s', (_, from, hours) => {
    const night = createBusinessCalendar({ timeZone: 'Europe/London', hours: everyDay('22:00-06:00') });
    const end = new Date(Date.parse(from) + hours * hour).toISOString();
    expect(night.add(from, hours * hour)).toBe(end);
    expect(night.isOpen(end)).toBe(false);
  });

  test('an opening inside the hour that is jumped over is no time, and one inside the hour that comes twice is two', () => {
    const gap = createBusinessCalendar({ timeZone: 'Europe/London', hours: { sunday: ['01:15-01:45'] } });
    expect(gap.opensNext('2026-03-28T12:00:00.000Z')).toBe('2026-04-05T00:15:00.000Z');
    expect(gap.add('2026-10-24T12:00:00.000Z', 1.5 * hour)).toBe('2026-10-25T01:45:00.000Z');
  });

  test('a holiday beside a weekend is waited out', () => {
    const british = office('Europe/London', ['2026-04-03', '2026-04-06']);
    expect(british.add('2026-04-02T16:00:00.000Z', 2 * hour)).toBe('2026-04-07T08:00:00.000Z');
  });

  test('what opened the evening before a holiday closes in its morning', () => {
    const night = createBusinessCalendar({
      timeZone: 'UTC',
      hours: everyDay('22:00-06:00'),
      holidays: ['2026-12-25'],
    });
    expect(night.isOpen('2026-12-25T05:59:00.000Z')).toBe(true);
    expect(night.opensNext('2026-12-25T22:30:00.000Z')).toBe('2026-12-26T22:00:00.000Z');
  });

  test('openings that overlap count once', () => {
    const overlapping = createBusinessCalendar({ timeZone: 'UTC', hours: { monday: ['08:00-12:00', '10:00-14:00'] } });
    expect(overlapping.add('2026-03-02T08:00:00.000Z', 6 * hour)).toBe('2026-03-02T14:00:00.000Z');
  });

  test('round the clock is elapsed time, whatever the clocks do', () => {
    const always = createBusinessCalendar({ timeZone: 'America/New_York', hours: everyDay('00:00-24:00') });
    const from = '2026-03-07T13:37:00.000Z';
    expect(always.add(from, 100 * hour)).toBe(dueAt(always, from, { milliseconds: 100 * hour, calendar: 'elapsed' }));
    expect(always.add('2026-10-30T13:37:00.000Z', 100 * hour)).toBe('2026-11-03T17:37:00.000Z');
  });
});

describe('any calendar', () => {
  const twoDigits = (n: number): string => String(n).padStart(2, '0');
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
    .map(([hours, minutes]) => `${twoDigits(hours)}:${twoDigits(minutes)}`);
  const definition = fc.record({
    timeZone: fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'),
    hours: fc
      .tuple(
        fc.constantFrom('monday', 'wednesday', 'saturday', 'sunday'),
        fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 3 }),
      )
      .map(([weekday, openings]) => ({ [weekday]: openings.map(([from, to]) => `${from}-${to}`) })),
    holidays: fc.constantFrom([], ['2026-03-29', '2026-10-25'], ['2026-03-09', '2026-03-11', '2026-03-14']),
  });
  const moment = fc
    .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2026-12-31T00:00:00Z') })
    .map((at) => new Date(at).toISOString());
  const time0to60Hours = fc.integer({ min: 1, max: 60 * hour });

  test('gives moments that are open, later for more time and for a later start, and adds up', () => {
    fc.assert(
      fc.property(definition, moment, moment, time0to60Hours, time0to60Hours, (given, one, other, less, more) => {
        const calendar = createBusinessCalendar(given);
        const due = calendar.add(one, less);
        // The very end of an opening counts as worked: the moment before it was open.
        expect(calendar.isOpen(new Date(Date.parse(due) - 1).toISOString())).toBe(true);
        expect(calendar.add(one, less + more) > due).toBe(true);
        expect(calendar.add(due, more)).toBe(calendar.add(one, less + more));
        const [early, late] = one <= other ? [one, other] : [other, one];
        expect(calendar.add(early, less) <= calendar.add(late, less)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a calendar that cannot be', () => {
  test.each([
    ['never open', { timeZone: 'UTC', hours: {} }, '/hours'],
    ['without an opening', { timeZone: 'UTC', hours: { monday: [] } }, '/hours'],
    ['in no zone', { timeZone: 'Mars/Olympus', hours: everyDay('08:00-18:00') }, '/timeZone'],
    ['open at no time', { timeZone: 'UTC', hours: { monday: ['8-18'] } }, '/hours/monday/0'],
    ['open at 25:00', { timeZone: 'UTC', hours: { monday: ['08:00-25:00'] } }, '/hours/monday/0'],
    ['closed on no day', { timeZone: 'UTC', hours: everyDay('08:00-18:00'), holidays: ['2026-02-30'] }, '/holidays/0'],
    ['open on no weekday', { timeZone: 'UTC', hours: { monday: ['08:00-18:00'], mon: ['08:00-18:00'] } }, '/hours/mon'],
  ])('is refused when it is %s, naming the member', (_, definition, path) => {
    expect(calendarFailures(definition).map((failure) => failure.path)).toEqual([path]);
    expect(() => createBusinessCalendar(definition)).toThrow(RangeError);
  });

  test('and endless time is refused', () => {
    expect(() => createBusinessCalendar().add('2026-03-02T08:00:00.000Z', Number.POSITIVE_INFINITY)).toThrow(
      RangeError,
    );
  });
});
