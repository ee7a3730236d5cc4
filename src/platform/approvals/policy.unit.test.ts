import { describe, expect, test } from 'vitest';
import { decimal } from '#model/kernel';
import { type ApprovalPolicy, needsAnother } from './policy.ts';

const policy: ApprovalPolicy = {
  persons: 2,
  acts: ['case.answer', 'bulk.retry'],
  keys: 'as-before',
  bulkAbove: { count: 10, worth: [{ amount: decimal('99.99'), currency: 'EUR' }] },
};
const worth = (amount: string, currency = 'EUR') => [{ amount: decimal(amount), currency }];

describe('a second person', () => {
  test('is asked for the acts that are named, of persons, and of keys where it says so', () => {
    expect(needsAnother(policy, 'case.answer', 'person:olga')).toBe(true);
    expect(needsAnother(policy, 'case.retry', 'person:olga')).toBe(false);
    expect(needsAnother(policy, 'case.answer', 'api:shop')).toBe(false);
    expect(needsAnother({ ...policy, keys: 'too' }, 'case.answer', 'api:shop')).toBe(true);
    expect(needsAnother({ ...policy, persons: 1 }, 'case.answer', 'person:olga')).toBe(false);
  });

  test('is asked for many at once only above the number or the worth of its own currency', () => {
    const of = (count: number, amounts: ReturnType<typeof worth>) =>
      needsAnother(policy, 'bulk.retry', 'person:olga', { count, worth: amounts });
    expect(of(10, worth('99.99'))).toBe(false);
    expect(of(11, [])).toBe(true);
    expect(of(1, worth('100'))).toBe(true);
    expect(of(1, worth('1000000', 'JPY'))).toBe(false);
  });
});
