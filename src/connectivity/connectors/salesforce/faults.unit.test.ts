import { describe, expect, test } from 'vitest';
import { connectionFault, refusalFault, retryAfterMs, unreadableAnswer } from './faults.ts';

const error = (errorCode: string) => ({ errorCode, message: 'as they say' });

describe('a refused request', () => {
  test.each([
    [401, 'INVALID_SESSION_ID', 'transient'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'transient'],
    [503, 'SERVER_UNAVAILABLE', 'transient'],
    [400, 'UNABLE_TO_LOCK_ROW', 'transient'],
    [404, 'ENTITY_IS_DELETED', 'permanent'],
    [404, 'NOT_FOUND', 'permanent'],
    [400, 'INVALID_FIELD', 'permanent'],
    [403, 'INSUFFICIENT_ACCESS', 'permanent'],
    [400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'business'],
    [400, 'STRING_TOO_LONG', 'business'],
    [400, 'SOMETHING_NEW', 'permanent'],
  ] as const)('%d %s of a write is %s', (status, code, kind) => {
    expect(refusalFault(status, error(code), 'write', undefined)).toMatchObject({
      kind,
      code: code.toLowerCase().replaceAll('_', '-'),
      said: `${code}: as they say`,
    });
  });

  test('with 429 is transient and waits as long as it is told', () => {
    expect(refusalFault(429, undefined, 'write', 7_000)).toMatchObject({
      kind: 'transient',
      code: 'too-many-requests',
      retryAfterMs: 7_000,
    });
  });

  test('over the allowance waits a minute when it is not told how long', () => {
    expect(refusalFault(403, error('REQUEST_LIMIT_EXCEEDED'), 'read', undefined).retryAfterMs).toBe(60_000);
  });

  test('with a server error leaves a write in doubt, and a question not', () => {
    expect(refusalFault(500, error('UNKNOWN_EXCEPTION'), 'write', undefined).kind).toBe('ambiguous');
    expect(refusalFault(500, undefined, 'read', undefined)).toMatchObject({ kind: 'transient', code: 'http-500' });
  });

  test('whose code is a member of every object is not mistaken for a known one', () => {
    expect(refusalFault(400, error('constructor'), 'read', undefined).kind).toBe('permanent');
  });
});

describe('Retry-After', () => {
  test.each([
    ['7', 7_000],
    ['Sun, 01 Mar 2026 09:31:00 GMT', 60_000],
    ['Sun, 01 Mar 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, expected) => {
    expect(retryAfterMs(header, '2026-03-01T09:30:00.000Z')).toBe(expected);
  });
});

describe('a connection that failed', () => {
  const failure = (code: string) => Object.assign(new Error('as Node says'), { code });

  test('before anything was sent is transient even for a write', () => {
    expect(connectionFault(failure('ECONNREFUSED'), 'write').kind).toBe('transient');
    expect(connectionFault(failure('UND_ERR_CONNECT_TIMEOUT'), 'write').kind).toBe('transient');
  });

  test('after that leaves a write in doubt, and a question not', () => {
    expect(connectionFault(failure('UND_ERR_SOCKET'), 'write').kind).toBe('ambiguous');
    expect(connectionFault(new DOMException('over', 'TimeoutError'), 'write').kind).toBe('ambiguous');
    expect(connectionFault(failure('ECONNRESET'), 'read').kind).toBe('transient');
  });
});

test('an answer that cannot be read leaves a write in doubt', () => {
  expect(unreadableAnswer('write', 'it is HTML')).toMatchObject({ kind: 'ambiguous', code: 'unreadable-answer' });
  expect(unreadableAnswer('read', 'it is HTML').kind).toBe('transient');
});
