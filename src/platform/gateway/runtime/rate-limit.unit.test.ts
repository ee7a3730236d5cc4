import { describe, expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  test('gives each caller a full bucket, refilled evenly', () => {
    let now = 0;
    const limit = createRateLimit({ name: 'small', requests: 4, seconds: 2 }, () => now);
    expect(limit.policy).toBe('"small";q=4;w=2');
    expect([1, 2, 3, 4].map(() => limit.take('a').allowed)).toEqual([true, true, true, true]);
    expect(limit.take('a')).toEqual({ allowed: false, left: 0, resetSeconds: 2, retrySeconds: 1 });
    expect(limit.take('b').left).toBe(3);
    now = 500;
    expect(limit.take('a')).toMatchObject({ allowed: true, left: 0 });
    expect(limit.take('a').allowed).toBe(false);
    now = 60_000;
    expect(limit.take('a').left).toBe(3);
  });

  test('says truly how long to wait for the next one', () => {
    let now = 0;
    const limit = createRateLimit({ name: 'slow', requests: 1, seconds: 60 }, () => now);
    limit.take('a');
    const { retrySeconds } = limit.take('a');
    now = retrySeconds * 1_000;
    expect(limit.take('a').allowed).toBe(true);
  });

  test('a flood of callers takes bounded memory and time', () => {
    const limit = createRateLimit({ name: 'x', requests: 1, seconds: 1 });
    const before = process.memoryUsage().heapUsed;
    for (let caller = 0; caller < 300_000; caller += 1) limit.take(`caller-${caller}`);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  });
});
