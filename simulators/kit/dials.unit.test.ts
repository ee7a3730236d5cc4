import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { createDials } from './dials.ts';

describe('dials', () => {
  test('start calm', () => {
    const dials = createDials({ seed: 1 });
    expect(dials.weather()).toEqual({ delayMs: 0, outage: false, fail: false, loseAnswer: false });
  });

  test('repeat the same faults for the same seed', () => {
    const draw = (seed: number) => {
      const dials = createDials({ seed });
      dials.turn({ errorRate: 0.5, loseAnswerRate: 0.5, latencyMs: 5, latencyJitterMs: 100 });
      return Array.from({ length: 50 }, () => dials.weather());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).filter(({ fail }) => fail).length).toBeGreaterThan(10);
  });

  test('refuse a dial that is unknown or out of range by name, and change nothing', () => {
    const dials = createDials({ seed: 1 });
    expect(() => dials.turn({ latencyMs: 9, lateny: 3 })).toThrow(/\/lateny: is not known here/);
    expect(() => dials.turn({ latencyMs: 9, errorRate: 2 })).toThrow(/\/errorRate: must be <= 1/);
    expect(dials.current().latencyMs).toBe(0);
  });

  test('limit the rate per second with a Retry-After', () => {
    let now = 10_000;
    const dials = createDials({ seed: 1, now: () => now });
    dials.turn({ rateLimit: { perSecond: 2, retryAfterSeconds: 600 } });
    expect([1, 2, 3].map(() => dials.weather().retryAfterSeconds)).toEqual([undefined, undefined, 600]);
    now += 1_000;
    expect(dials.weather().retryAfterSeconds).toBeUndefined();
    dials.turn({ rateLimit: null });
    expect([1, 2, 3].map(() => dials.weather().retryAfterSeconds)).toEqual([undefined, undefined, undefined]);
  });

  test('have the simulator’s own dials beside the common ones', () => {
    const extra = { schemas: { workMs: Type.Number({ minimum: 0 }) }, defaults: { workMs: 50 } };
    const dials = createDials({ seed: 1, extra });
    expect(dials.current().workMs).toBe(50);
    expect(dials.turn({ workMs: 10 }).workMs).toBe(10);
    expect(() => dials.turn({ workMs: -1 })).toThrow(/\/workMs/);
  });
});
