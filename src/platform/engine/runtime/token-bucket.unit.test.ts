import { expect, test } from 'vitest';
import { createTokenBucket } from './token-bucket.ts';

test('no more calls go than the rate allows, a quarter of a second’s worth at once', () => {
  const bucket = createTokenBucket(8);
  const at = (now: number): boolean => bucket.take(now) === 0;
  expect([at(0), at(0), at(0)]).toEqual([true, true, false]);
  expect(bucket.take(0)).toBe(125);
  expect([at(125), at(125)]).toEqual([true, false]);
  let sent = 0;
  for (let now = 1_000; now < 11_000; now += 1) if (at(now)) sent += 1;
  expect(sent).toBeGreaterThanOrEqual(80);
  expect(sent).toBeLessThanOrEqual(82);
});

test('without a rate every call goes', () => {
  const bucket = createTokenBucket(undefined);
  expect(Array.from({ length: 100 }, () => bucket.take(0))).not.toContain(1);
});
