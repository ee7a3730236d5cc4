import { expect, test } from 'vitest';
import { Fault } from '#model/kernel';
import { isOutage } from './outage.ts';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

test('what is away for a time is told from a defect', () => {
  const details = { code: 'c', message: 'm' };
  const away = [
    ...['ECONNREFUSED', '57P01', '57P03', '53300', '53100', '08006', '25006', '58030'].map(withCode),
    new Fault('transient', details),
    new Error('Connection terminated unexpectedly'),
    new Error('could not', { cause: withCode('ECONNRESET') }),
  ];
  for (const thrown of away) expect(isOutage(thrown)).toBe(true);
  const defects = [
    withCode('23505'),
    withCode('42601'),
    new Fault('permanent', details),
    new TypeError('x'),
    'text',
    null,
  ];
  for (const thrown of defects) expect(isOutage(thrown)).toBe(false);
});
