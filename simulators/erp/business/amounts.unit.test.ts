import { describe, expect, test } from 'vitest';
import { decimal } from '#model/kernel';
import { createBooks } from '../models/books.ts';
import type { TaxRow } from '../models/rows.ts';
import { lineAmount, totalsOf } from './amounts.ts';

function taxes() {
  const { taxes: table } = createBooks();
  const vat: TaxRow = {
    ...{ id: 1, create_date: 0, create_uid: 1, write_date: null, write_uid: null },
    ...{ name: 'VAT', description: 'VAT', type: 'percentage', rate: decimal('0.2'), active: true, company: 1 },
  };
  table.set(1, vat);
  return table;
}

const line = (quantity: string, price: string) => ({
  quantity: decimal(quantity),
  unit_price: decimal(price),
  taxes: [1],
});

describe('amounts', () => {
  test('round a half to the even cent', () => {
    expect(lineAmount(line('1', '0.005'))).toBe('0.00');
    expect(lineAmount(line('1', '0.015'))).toBe('0.02');
    expect(lineAmount(line('7', '3.335'))).toBe('23.34');
  });

  test('tax the exact sum of the lines once', () => {
    const lines = [line('5', '2.55'), line('7', '3.335'), line('1', '18.00')];
    expect(totalsOf(lines, taxes())).toEqual({ untaxed: '54.09', tax: '10.82', total: '64.91' });
  });

  test('of two parts may be a cent more than those of the whole', () => {
    const whole = totalsOf([line('2', '0.13')], taxes());
    const part = totalsOf([line('1', '0.13')], taxes());
    expect(whole).toEqual({ untaxed: '0.26', tax: '0.05', total: '0.31' });
    expect(part).toEqual({ untaxed: '0.13', tax: '0.03', total: '0.16' });
  });

  test('of nothing are nothing, with two places', () => {
    expect(totalsOf([], taxes())).toEqual({ untaxed: '0.00', tax: '0.00', total: '0.00' });
  });
});
