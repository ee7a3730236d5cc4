import { describe, expect, test } from 'vitest';
import { refusalOf } from './refusals.ts';
import { fromWire, toWire } from './values.ts';

describe('values on the wire', () => {
  test('exact numbers travel in Decimal and keep their digits', () => {
    expect(toWire('numeric', '12.50')).toEqual({ __class__: 'Decimal', decimal: '12.50' });
    expect(fromWire('numeric', { __class__: 'Decimal', decimal: '12.50' })).toBe('12.50');
  });

  test('exponents, as Python writes some decimals, are understood', () => {
    expect(fromWire('numeric', { __class__: 'Decimal', decimal: '1E+2' })).toBe('100');
    expect(fromWire('numeric', { __class__: 'Decimal', decimal: '0E-10' })).toBe('0');
  });

  test('quantities travel as plain numbers and are held exactly', () => {
    expect(fromWire('float', 0.1)).toBe('0.1');
    expect(toWire('float', '0.1')).toBe(0.1);
    expect(fromWire('float', 1e21)).toBe('1000000000000000000000');
  });

  test('dates and times travel by their parts, times in UTC with microseconds', () => {
    const at = Date.UTC(2026, 2, 1, 9, 30, 5) * 1000 + 400_007;
    const written = { year: 2026, month: 3, day: 1, hour: 9, minute: 30, second: 5, microsecond: 400_007 };
    expect(toWire('timestamp', at)).toEqual({ __class__: 'datetime', ...written });
    expect(fromWire('timestamp', { __class__: 'datetime', ...written })).toBe(at);
    expect(toWire('date', '2026-03-01')).toEqual({ __class__: 'date', year: 2026, month: 3, day: 1 });
    expect(fromWire('date', { __class__: 'date', year: 2026, month: 3, day: 1 })).toBe('2026-03-01');
  });

  test('nothing is null both ways', () => {
    for (const type of ['numeric', 'float', 'date', 'timestamp', 'many2one', 'char'] as const) {
      expect(toWire(type, null)).toBeNull();
      expect(fromWire(type, null)).toBeNull();
    }
  });

  test.each([
    ['numeric', { __class__: 'Decimal', decimal: 'ten' }],
    ['float', { __class__: 'date', year: 1, month: 1, day: 1 }],
    ['date', 20_260_301],
    ['timestamp', 'soon'],
    ['many2one', 'nobody'],
    ['char', { a: 1 }],
  ] as const)('what is no %s breaks the call', (type, sent) => {
    const work = () => fromWire(type, sent);
    expect(work).toThrow();
    try {
      work();
    } catch (thrown) {
      expect(refusalOf(thrown)?.kind).toBe('crash');
    }
  });
});
