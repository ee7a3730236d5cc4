import { describe, expect, test } from 'vitest';
import { ticksOf, timeAxis } from './time-axis.ts';

describe('an axis of time', () => {
  test('is even where nothing waited long', () => {
    const { place, stretches } = timeAxis([
      { from: 0, to: 400 },
      { from: 400, to: 1_000 },
    ]);
    expect(stretches.some(({ collapsed }) => collapsed)).toBe(false);
    expect([place(0), place(500), place(1_000)]).toEqual([0, 0.5, 1]);
  });

  test('draws a wait of hours short, so that the seconds around it can be seen', () => {
    const hours = 3 * 3_600_000;
    const { place, stretches } = timeAxis([
      { from: 0, to: 1_000 },
      { from: 1_000 + hours, to: 2_000 + hours },
    ]);
    expect(stretches.filter(({ collapsed }) => collapsed)).toHaveLength(1);
    expect(place(1_000)).toBeGreaterThan(0.4);
    expect(place(1_000 + hours) - place(1_000)).toBeLessThan(0.1);
    expect(place(2_000 + hours)).toBeCloseTo(1);
  });

  test('keeps the order of moments, however many waits there are', () => {
    const steps = Array.from({ length: 60 }, (_, day) => ({ from: day * 86_400_000, to: day * 86_400_000 + 500 }));
    const { place, stretches } = timeAxis(steps);
    const places = steps.flatMap(({ from, to }) => [place(from), place(to)]);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const waits = stretches
      .filter(({ collapsed }) => collapsed)
      .reduce((sum, { left, right }) => sum + right - left, 0);
    expect(waits).toBeLessThanOrEqual(0.5 + 1e-9);
  });

  test('does not hide the only thing that there is', () => {
    const { stretches } = timeAxis([{ from: 0, to: 3_600_000 }]);
    expect(stretches).toMatchObject([{ from: 0, to: 3_600_000, left: 0, collapsed: false }]);
    expect(stretches[0]?.right).toBeCloseTo(1);
  });

  test('of nothing is nothing', () => {
    expect(timeAxis([]).place(5)).toBe(0);
    expect(timeAxis([{ from: 7, to: 7 }]).place(7)).toBe(0);
    expect(ticksOf(timeAxis([]))).toEqual([]);
  });

  test('has round marks that keep their distance and stay on it', () => {
    const ticks = ticksOf(timeAxis([{ from: 100, to: 2_610 }]));
    expect(ticks.map(({ sinceMs }) => sinceMs)).toEqual([0, 500, 1_000, 1_500, 2_000]);
    expect(ticks.every(({ at }) => at <= 0.94)).toBe(true);
  });
});
