import { expect, test } from 'vitest';
import { decimal } from './decimal.ts';
import { addMoney, extendedAmount, money, noMoney } from './money.ts';

test('amounts of one currency add up', () => {
  expect(addMoney(money(decimal('1.10'), 'GBP'), noMoney('GBP'))).toEqual({ amount: '1.1', currency: 'GBP' });
});

test('amounts of two currencies never meet', () => {
  expect(() => addMoney(noMoney('GBP'), noMoney('EUR'))).toThrow(/GBP.*EUR/);
});

test('a line is worth its price times its quantity, rounded half up to the penny', () => {
  expect(extendedAmount(decimal('0.335'), decimal('3'))).toBe('1.01');
});
