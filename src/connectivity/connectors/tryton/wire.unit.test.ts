import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { decimal } from '#model/kernel';
import {
  fromAmount,
  fromNumeric,
  fromPrice,
  fromQuantity,
  idOf,
  reader,
  toDate,
  toNumeric,
  toQuantity,
} from './wire.ts';

const numeric = (text: string) => ({ __class__: 'Decimal', decimal: text }) as const;

describe('values on the wire', () => {
  test.each([
    ['3.39000000000000', '3.39'],
    ['0E-10', '0'],
    ['1E+2', '100'],
    ['2.1675', '2.1675'],
  ])('the price %s is %s', (text, price) => {
    expect(fromPrice(numeric(text))).toBe(price);
  });

  test.each([
    ['255.0', '255.00'],
    ['-13.6', '-13.60'],
  ])('the amount %s is %s', (text, amount) => {
    expect(fromAmount(numeric(text))).toBe(amount);
  });

  test('no amount yet is nothing', () => {
    expect(fromAmount(null)).toBe('0.00');
  });

  test('a rate keeps six places', () => {
    expect(fromNumeric(numeric('0.082500'))).toBe('0.0825');
  });

  test('quantities are numbers there and exact here', () => {
    expect(fromQuantity(0.1 + 0.2)).toBe('0.3');
    expect(fromQuantity(12)).toBe('12');
    expect(toQuantity(decimal('7.25'))).toBe(7.25);
  });

  test('decimals and dates travel as tagged objects', () => {
    expect(toNumeric(decimal('12.50'))).toEqual({ __class__: 'Decimal', decimal: '12.50' });
    expect(toDate('2026-03-01')).toEqual({ __class__: 'date', year: 2026, month: 3, day: 1 });
  });

  test('an id of ours that is none of theirs is refused', () => {
    expect(idOf('17')).toBe(17);
    for (const wrong of ['', '0', '-1', '1.5', 'SO1'])
      expect(() => idOf(wrong)).toThrow('not the id of a Tryton record');
  });

  test('an answer of another shape is a permanent fault that says where', () => {
    const read = reader(Type.Array(Type.Object({ id: Type.Integer() })));
    expect(read([{ id: 1, more: true }], 'm')).toEqual([{ id: 1, more: true }]);
    expect(() => read([{ id: 'x' }], 'model.sale.sale.read')).toThrow('/0/id');
  });
});
