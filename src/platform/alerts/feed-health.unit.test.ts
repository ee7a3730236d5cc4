import { describe, expect, test } from 'vitest';
import { feedHealth, feedSilence } from './feed-health.ts';

const at = '2026-03-01T10:00:00.000Z';
const ago = (seconds: number): string => new Date(Date.parse(at) - seconds * 1_000).toISOString();
const declared = { rhythmMs: 10_000, latencyTargetMs: 20_000 };

describe('a feed', () => {
  test('is fresh when it was read lately and in time', () => {
    expect(feedHealth(declared, { readAt: ago(65), failures: 0, latencyMs: 20_000 }, at)).toEqual({ health: 'fresh' });
  });

  test('is late when one message in twenty takes longer than the aim', () => {
    expect(feedHealth(declared, { readAt: ago(1), failures: 0, latencyMs: 31_000 }, at)).toMatchObject({
      health: 'late',
      because: expect.stringContaining('31 s'),
    });
  });

  test('is silent after three rhythms, but never so soon that readings without news may not have been noted', () => {
    expect(feedSilence(10_000, ago(129), at)).toBeUndefined();
    expect(feedSilence(10_000, ago(131), at)).toContain('2 minutes');
    expect(feedSilence(600_000, ago(1_799), at)).toBeUndefined();
    expect(feedSilence(600_000, ago(1_801), at)).toContain('its rhythm is 600 s');
    expect(feedHealth(declared, { readAt: ago(700), failures: 0 }, at)).toMatchObject({ health: 'silent' });
  });

  test('that fails says so, whatever else it is', () => {
    expect(feedHealth(declared, { readAt: ago(9_999), failures: 2, failure: 'sign-in-refused' }, at)).toEqual({
      health: 'failing',
      because: 'the last 2 readings failed: sign-in-refused',
    });
  });

  test('that was never read is not called silent', () => {
    expect(feedHealth(declared, { failures: 0 }, at)).toEqual({ health: 'not-read-yet' });
  });
});
