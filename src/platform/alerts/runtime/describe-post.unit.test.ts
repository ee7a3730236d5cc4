import { describe, expect, test } from 'vitest';
import type { AlertMessage } from '../rule.ts';
import { textOf, titleOf } from './describe-post.ts';
import { inTime } from './in-time.ts';

const message: AlertMessage = {
  occasion: 'opened',
  alert: 'a',
  rule: 'many',
  subject: 'erp-refused',
  severity: 'warning',
  headline: '40 cases open: erp-refused',
  count: 40,
  worth: [
    { amount: '10.50', currency: 'EUR' },
    { amount: '3', currency: 'GBP' },
  ],
  examples: ['k-1', 'k-2'],
  openedAt: '2026-03-03T10:00:00.000Z',
  at: '2026-03-03T10:00:00.000Z',
};

describe('an alert in words', () => {
  test('says how many, at what stake, which, and since when', () => {
    expect(textOf({ kind: 'alert', message }).split('\n')).toEqual([
      '[warning] 40 cases open: erp-refused',
      'At stake: 10.50 EUR and 3 GBP.',
      'For example: k-1, k-2.',
      'Rule many, since 2026-03-03T10:00:00.000Z.',
    ]);
    expect(titleOf({ kind: 'alert', message: { ...message, occasion: 'over' } })).toBe(
      '[warning] over: 40 cases open: erp-refused',
    );
  });

  test('is one line for a title, whatever a name holds', () => {
    const headline = `a\r\nBcc: x@y\u2028z\0\u0085${'long '.repeat(200)}`;
    const title = titleOf({ kind: 'alert', message: { ...message, headline } });
    expect(title).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(title.length).toBeLessThan(320);
  });

  test('is cut when it is a digest of very many', () => {
    const text = textOf({ kind: 'digest', at: message.at, messages: Array.from({ length: 200 }, () => message) });
    expect(text).toMatch(/^\[digest\] 200 alerts/);
    expect(text).toMatch(/and 170 more\.$/);
  });
});

describe('patience', () => {
  test('ends, and what came in time is given on', async () => {
    await expect(inTime(new Promise(() => undefined), 10)).rejects.toThrow('timeout');
    await expect(inTime(Promise.resolve(1), 1_000)).resolves.toBe(1);
    await expect(inTime(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
  });
});
