import { expect, test } from 'vitest';
import { Fault } from '#model/kernel';
import { databaseFault } from './database-fault.ts';

const thrown = (code: string, message = 'x') => Object.assign(new Error(message), code === '' ? {} : { code });

test.each([
  [thrown('40P01'), 'transient'],
  [thrown('40001'), 'transient'],
  [thrown('53300'), 'transient'],
  [thrown('ECONNREFUSED'), 'transient'],
  [thrown('57P03'), 'transient'],
  [thrown('', 'timeout exceeded when trying to connect'), 'transient'],
  [thrown('57P01'), 'ambiguous'],
  [thrown('ECONNRESET'), 'ambiguous'],
  [thrown('', 'Connection terminated unexpectedly'), 'ambiguous'],
  [thrown('22021'), 'permanent'],
  [thrown('23514'), 'permanent'],
  ['a text', 'permanent'],
])('%s is %s', (error, kind) => {
  expect(databaseFault(error)).toMatchObject({ kind });
});

test('a fault passes as it is', () => {
  const fault = new Fault('business', { code: 'x', message: 'x' });
  expect(databaseFault(fault)).toBe(fault);
});
