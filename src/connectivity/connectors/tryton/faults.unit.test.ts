import { describe, expect, test } from 'vitest';
import { refusalOf, warningFault } from './faults.ts';

const call = { method: 'model.sale.sale.confirm', writes: true };
const faultIn = (error: unknown, writes = true) => {
  const refusal = refusalOf(error, { ...call, writes });
  if (refusal.kind !== 'fault') throw new Error(`it is a ${refusal.kind}`);
  return refusal.fault;
};

describe('an error of Tryton', () => {
  test.each([
    ['Party "X" has reached their credit limit of £100.00.', 'business', 'credit-limit-exceeded'],
    ['The forcast quantity (1u) for line "…" is lower than its quantity (2u).', 'business', 'not-enough-stock'],
    ['A value is required for field "Party" in "Sale".', 'business', 'refused-by-erp'],
    ['You are not allowed to access "Sale".', 'permanent', 'not-allowed-in-erp'],
  ])('%s is %s, %s', (said, kind, code) => {
    expect(faultIn(['UserError', [said, '', null]])).toMatchObject({ kind, code, said });
  });

  test('that is an exception never carries the traceback', () => {
    const fault = faultIn(["'nope'", 'Traceback (most recent call last): secret path']);
    expect(fault).toMatchObject({ kind: 'permanent', code: 'erp-broke-down', said: "'nope'" });
    expect(JSON.stringify(fault)).not.toContain('Traceback');
  });

  test.each([
    [['ConcurrencyException', 'Records were modified in the meanwhile']],
    [['could not obtain lock on relation "sale_sale"\n', 'Traceback']],
    [['could not serialize access due to concurrent update', 'Traceback']],
    [['deadlock detected', 'Traceback']],
  ])('%s is a conflict: it was rolled back', (error) => {
    expect(refusalOf(error, call).kind).toBe('conflict');
  });

  test('that its database went away leaves a write in doubt and not a question', () => {
    const error = ['server closed the connection unexpectedly', 'Traceback'];
    expect(faultIn(error, true)).toMatchObject({ kind: 'ambiguous', code: 'erp-database-lost' });
    expect(faultIn(error, false)).toMatchObject({ kind: 'transient' });
  });

  test('that is a warning carries the name by which it is acknowledged', () => {
    const error = ['UserWarning', ['credit_limit_amount_sale.sale,4', 'over the limit', '']];
    expect(refusalOf(error, call)).toEqual({
      kind: 'warning',
      name: 'credit_limit_amount_sale.sale,4',
      said: 'over the limit',
    });
  });

  test('of no known form is permanent', () => {
    expect(faultIn({ odd: true })).toMatchObject({ kind: 'permanent', code: 'erp-broke-down' });
  });
});

test.each([
  ['credit_limit_amount_sale.sale,4', 'Party has reached their credit limit', 'credit-limit-exceeded'],
  ['stock_quantity_warning_9', 'is lower than its quantity', 'not-enough-stock'],
  ['a1b2.effective_date_future', 'in the future', 'warned-by-erp'],
])('the warning %s that nobody waves through is %s', (name, said, code) => {
  expect(warningFault(name, said)).toMatchObject({ kind: 'business', code });
});
