import { describe, expect, test } from 'vitest';
import { median, percentile, ratioOfRounds, significant } from './statistics.ts';

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('of 1 to 100 at %d is %d, in whatever order they came', (share, value) => {
    expect(percentile(hundred, share)).toBe(value);
  });

  test('of one value is that value, and of none is no number', () => {
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('leaves what it was given as it was', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('a median', () => {
  test('is the middle, or between the middle two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 2, 1, 4])).toBe(3);
    expect(median([])).toBeNaN();
  });
});

describe('the ratio of rounds', () => {
  test('pairs what ran side by side: a round in which the machine was slow for both moves nothing', () => {
    expect(ratioOfRounds([50, 5, 60], [100, 10, 100])).toEqual({ ratio: 0.5, lowest: 0.5, highest: 0.6 });
  });

  test('refuses rounds that do not pair', () => {
    expect(() => ratioOfRounds([1, 2], [1])).toThrow('2 of ours, 1 of theirs');
    expect(() => ratioOfRounds([], [])).toThrow(RangeError);
  });
});

test('significant digits are kept, not places', () => {
  expect([significant(0.123456), significant(1234.5), significant(12, 1)]).toEqual([0.123, 1230, 10]);
});
