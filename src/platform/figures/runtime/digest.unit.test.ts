import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gatherDigest, mergeDigests, mostExactValues, readDigest, writeDigest } from './digest.ts';
import { quantile } from './quantile.ts';

const milliseconds = fc.integer({ min: 0, max: 400 * 86_400_000 }).map((value) => value / 1_000);
const shares = fc.double({ min: 0.001, max: 1, noNaN: true });

/** The smallest value that at least such a share of them does not exceed, by sorting them all. */
function byHand(values: readonly number[], share: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(share * values.length)) - 1];
}

describe('a digest', () => {
  test('of nothing has no median', () => {
    expect(quantile([], 0.5)).toBeUndefined();
    expect(quantile([gatherDigest([])], 0.5)).toBeUndefined();
  });

  test('comes back from its bytes as it was', () => {
    fc.assert(
      fc.property(fc.array(milliseconds), (values) => {
        const digest = gatherDigest(values);
        expect(readDigest(writeDigest(digest))).toEqual(digest);
      }),
    );
  });

  test('knows every median and percentile exactly, also over several days', () => {
    fc.assert(
      fc.property(fc.array(fc.array(milliseconds, { maxLength: 50 }), { maxLength: 20 }), shares, (days, share) => {
        const digests = days.map((day) => gatherDigest(day));
        const expected = byHand(days.flat(), share);
        expect(quantile(digests, share)).toBe(expected);
        expect(quantile([mergeDigests(digests)], share)).toBe(expected);
      }),
    );
  });

  test('of very many values is small, and right to within half a percent', () => {
    // Spread over six decades, none twice.
    const values = Array.from(
      { length: 50_000 },
      (_, index) => Math.round(1_000 * 10 ** ((index / 50_000) * 6)) / 1_000,
    );
    const digest = gatherDigest(values);
    expect(new Set(values).size).toBeGreaterThan(mostExactValues);
    expect(writeDigest(digest).length).toBeLessThan(25_000);
    for (const share of [0.01, 0.25, 0.5, 0.95, 0.999]) {
      const exact = byHand(values, share) ?? 0;
      expect(Math.abs((quantile([digest], share) ?? 0) - exact) / exact).toBeLessThanOrEqual(0.005);
    }
  });

  test('loses nothing more when days that were rounded become a month', () => {
    const day = (from: number) => Array.from({ length: 3_000 }, (_, index) => from + index * 1.001);
    const days = [day(10), day(500), day(90_000)];
    const once = gatherDigest(days.flat());
    const twice = mergeDigests(days.map((each) => gatherDigest(each)));
    for (const share of [0.1, 0.5, 0.95]) expect(quantile([twice], share)).toBe(quantile([once], share));
  });
});
