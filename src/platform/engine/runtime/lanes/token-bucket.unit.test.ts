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

test('another rate counts from then on and brings nothing with it', () => {
  const bucket = createTokenBucket(8);
  const at = (now: number): boolean => bucket.take(now) === 0;
  expect([at(0), at(0)]).toEqual([true, true]);
  bucket.setRate(80, 0);
  expect([at(0), at(12), at(13)]).toEqual([false, false, true]);
  bucket.setRate(0, 1_000);
  expect(bucket.take(9_000)).toBe(Number.POSITIVE_INFINITY);
  bucket.setRate(4, 9_000);
  expect([at(9_000), at(9_250)]).toEqual([false, true]);
});
