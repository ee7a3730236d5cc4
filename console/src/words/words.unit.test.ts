import { describe, expect, test } from 'vitest';
import { count, counted, decimal, share, shortCount } from './count.ts';
import { dueIn } from './due.ts';
import { duration, shortDuration } from './duration.ts';
import { money, moneys, shortMoney } from './money.ts';
import { actor, sentenceCase } from './names.ts';
import { age, clockOf, relative } from './when.ts';

describe('lengths of time', () => {
  test.each([
    [0, '0 s'],
    [0.42, '0.4 s'],
    [59, '59 s'],
    [60, '1 min'],
    [125, '2 min 5 s'],
    [3_600, '1 h'],
    [7_500, '2 h 5 min'],
    [86_400 * 3 + 3_600 * 4, '3 d 4 h'],
    [86_400 * 12 + 3_600 * 4, '12 d'],
    [86_400 * 40_000, '40,000 d'],
    [Number.NaN, '–'],
  ])('%d s is %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  test('have one unit where there is little room', () =>
    expect([273_600, 125, 0.4, 0].map(shortDuration)).toEqual(['3 d', '2 min', '0.4 s', '0 s']));
});

describe('numbers', () => {
  test('have separators and say what they count', () => {
    expect(count(1_234_567)).toBe('1,234,567');
    expect([counted(0, 'order'), counted(1, 'order'), counted(2_341, 'order')]).toEqual([
      'no orders',
      '1 order',
      '2,341 orders',
    ]);
    expect(counted(2, 'entry', 'entries')).toBe('2 entries');
    expect([shortCount(99_999), shortCount(1_234_567)]).toEqual(['99,999', '1.2m']);
    expect(share(0.9751)).toBe('97.5%');
  });

  test('that are text stay exact beyond what a float holds', () => {
    expect(decimal('90071992547409931234')).toBe('90,071,992,547,409,931,234');
    expect(decimal('1234.5000')).toBe('1,234.5');
    expect(decimal('n/a')).toBe('n/a');
  });
});

describe('money', () => {
  test('is exact, with its currency', () => {
    expect(money({ amount: '1234.5', currency: 'GBP' })).toBe('£1,234.50');
    expect(money({ amount: '-0.01', currency: 'EUR' })).toBe('-€0.01');
    expect(money({ amount: '90071992547409931.25', currency: 'GBP' })).toBe('£90,071,992,547,409,931.25');
  });
  test('of several currencies is not added up', () =>
    expect(
      moneys([
        { amount: '1', currency: 'GBP' },
        { amount: '2', currency: 'EUR' },
      ]),
    ).toBe('£1.00 + €2.00'));
  test('is short where there is little room', () => {
    expect(shortMoney({ amount: '9999', currency: 'GBP' })).toBe('£9,999.00');
    expect(shortMoney({ amount: '1250000', currency: 'GBP' })).toBe('£1.3m');
  });
  test('that cannot be formatted is shown as it came', () =>
    expect(money({ amount: 'twelve', currency: 'pounds' })).toBe('twelve pounds'));
});

describe('times', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const london = clockOf('Europe/London');

  test.each([
    ['2026-03-10T11:59:40Z', 'just now'],
    ['2026-03-10T11:57:30Z', '2 min ago'],
    ['2026-03-10T09:55:00Z', '2 h 5 min ago'],
    ['2026-03-10T14:00:00Z', 'in 2 h'],
    ['2026-03-10T12:00:20Z', 'in a moment'],
    ['never', 'never'],
  ])('%s is %s', (at, text) => expect(relative(at, now)).toBe(text));

  test('show the day only when it is another one, in the zone of who looks', () => {
    expect(london.absolute('2026-03-10T09:05:00Z', now)).toBe('09:05');
    expect(london.absolute('2026-03-09T23:30:00Z', now)).toBe('9 Mar, 23:30');
    expect(london.absolute('2025-12-31T23:30:00Z', now)).toBe('31 Dec 2025, 23:30');
    expect(clockOf('Asia/Tokyo').absolute('2026-03-09T23:30:00Z', now)).toBe('08:30');
    expect(london.absolute('2026-07-01T12:00:00Z', now)).toBe('1 Jul, 13:00');
    expect(london.exact('2026-07-01T12:00:00.120Z')).toContain('13:00:00.120 BST');
    expect(['2026-06-30T23:00:00Z', '2026-07-01T07:00:00Z'].map((at) => london.tick(new Date(at)))).toEqual([
      '1 Jul',
      '08:00',
    ]);
    expect(london.toSecond('2026-03-10T00:00:01Z', now)).toBe('00:00:01');
    expect(clockOf('Asia/Tokyo').day(new Date('2026-03-09T15:00:00Z'))).toBe('2026-03-10');
  });

  test('an age is never below nothing, whatever the clocks say', () => {
    expect(age('2026-03-10T11:00:00Z', now)).toBe('1 h');
    expect(age('2026-03-10T12:00:05Z', now)).toBe('0 s');
  });
});

describe('a day by which something is due', () => {
  const by = '2026-03-10T23:59:59.000Z';
  const [tokyo, newYork, auckland] = [dueIn('Asia/Tokyo'), dueIn('America/New_York'), dueIn('Pacific/Auckland')];

  test('is the day that it names, wherever one looks from', () => {
    const now = new Date('2026-03-01T12:00:00Z');
    const looks = [tokyo, newYork, auckland].flatMap((due) => [due(by, now), due('2026-03-10', now)]);
    expect(new Set(looks.map(({ text }) => text))).toEqual(new Set(['10 Mar']));
    expect(tokyo(by, now).exact).toBe('Tuesday, 10 March 2026');
    expect(tokyo('2025-03-10', now).text).toBe('10 Mar 2025');
    expect(tokyo('soon', now)).toEqual({ text: 'soon', exact: 'soon', daysLate: 0 });
  });

  test.each([
    // It is the 10th in New York till 04:00 UTC on the 11th, and in Tokyo till 15:00 UTC on the 10th.
    ['2026-03-10T14:59:00Z', 0, 0],
    ['2026-03-10T15:01:00Z', 1, 0],
    ['2026-03-11T03:59:00Z', 1, 0],
    ['2026-03-11T04:01:00Z', 1, 1],
    ['2026-03-13T04:01:00Z', 3, 3],
  ])('is over when the day is, for who looks: at %s', (at, inTokyo, inNewYork) => {
    expect([tokyo, newYork].map((due) => due(by, new Date(at)).daysLate)).toEqual([inTokyo, inNewYork]);
  });
});

describe('names', () => {
  test.each([
    ['awaiting-stock', 'Awaiting stock'],
    ['failed-book-in-erp', 'Failed book in ERP'],
    ['releaseHold', 'Release hold'],
    ['edi', 'EDI'],
    ['case.compensate', 'Case compensate'],
    ['', ''],
  ])('%s is written %s', (name, text) => expect(sentenceCase(name)).toBe(text));

  test('of who acted', () => {
    expect(['person:olga', 'api:web-shop', 'engine', 'node-1'].map(actor)).toEqual([
      'olga',
      'web-shop (API key)',
      'Crossdock',
      'node-1',
    ]);
  });
});
