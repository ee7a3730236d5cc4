import { describe, expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';
import { statusFault } from './status-fault.ts';

const answer = (status: number, headers: Record<string, string> = {}) => ({
  status,
  body: 'said',
  header: (name: string) => headers[name.toLowerCase()],
});

describe('a status', () => {
  test.each([
    [200, true, undefined],
    [429, true, 'transient'],
    [503, true, 'transient'],
    [500, true, 'ambiguous'],
    [500, false, 'transient'],
    [502, true, 'ambiguous'],
    [504, false, 'transient'],
    [403, true, 'permanent'],
    [301, false, 'permanent'],
    [400, true, 'permanent'],
  ])('%i to a request that writes %s is %s', (status, writes, kind) => {
    expect(statusFault(answer(status), { writes, what: 'it' })?.kind).toBe(kind);
  });

  test('carries how long we were asked to wait', () => {
    const fault = statusFault(answer(429, { 'retry-after': '7' }), { writes: true, what: 'it' });
    expect(fault?.retryAfterMs).toBe(7_000);
    expect(fault?.said).toBe('said');
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-03-01T10:00:00.000Z');
  test.each([
    ['120', 120_000],
    ['Sun, 01 Mar 2026 10:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 09:00:00 GMT', 0],
    ['99999999', 86_400_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, wait) => {
    expect(retryAfterMs(header, now)).toBe(wait);
  });
});
