import { describe, expect, test } from 'vitest';
import { measureOf, meets, notRun } from './measure.ts';

const description = {
  measure: 'P1',
  what: 'orders a second',
  against: 'no durability',
  fsync: 'native',
  unit: 'flows/s',
  target: { atLeast: 0.35 },
} as const;

describe('a measure', () => {
  test('is the median of the rounds’ ratios, with the medians of both sides and every round', () => {
    const measure = measureOf(description, [40, 36, 50], [100, 100, 100]);
    expect(measure).toMatchObject({ ratio: 0.4, ours: 40, theirs: 100, rounds: 3, met: true });
    expect(measure.perRound[1]).toEqual({ ours: 36, theirs: 100 });
  });

  test('is judged before it is rounded', () => {
    expect(measureOf(description, [34.99], [100])).toMatchObject({ ratio: 0.35, met: false });
  });

  test('that was not run says why, and is neither met nor missed', () => {
    expect(notRun(description, 'no C compiler')).toMatchObject({
      ratio: null,
      met: null,
      note: 'not run: no C compiler',
    });
  });

  test.each([
    [0.35, { atLeast: 0.35 }, true],
    [0.34, { atLeast: 0.35 }, false],
    [1.2, { atMost: 1.2 }, true],
    [1.21, { atMost: 1.2 }, false],
  ])('of %d against %j: %s', (ratio, target, met) => {
    expect(meets(ratio, target)).toBe(met);
  });
});
