import { describe, expect, test } from 'vitest';
import { Fault, faultRecord } from './fault.ts';

describe('the record of a failure', () => {
  test('of a fault says all that it says', () => {
    const fault = new Fault('transient', { code: 'busy', message: 'Later.', retryAfterMs: 600, said: '429' });
    expect(faultRecord(fault)).toEqual({
      kind: 'transient',
      code: 'busy',
      message: 'Later.',
      retryAfterMs: 600,
      said: '429',
    });
    expect(faultRecord(new Fault('business', { code: 'no', message: 'No.' }))).toEqual({
      kind: 'business',
      code: 'no',
      message: 'No.',
    });
  });

  test.each([new TypeError('broken'), 'broken'])('of anything else is a defect of ours', (thrown) => {
    expect(faultRecord(thrown)).toEqual({ kind: 'permanent', code: 'defect', message: 'broken' });
  });
});

test('a fault keeps what caused it', () => {
  const cause = new Error('below');
  expect(new Fault('permanent', { code: 'x', message: 'x' }, cause).cause).toBe(cause);
});
