import { describe, expect, test } from 'vitest';
import { laneBacklog, laneBecause, laneForecast } from './lane-words.ts';

const now = new Date('2026-03-10T12:00:00Z');
const lane = {
  state: 'open' as const,
  breaker: { state: 'closed' as const },
  backlog: { total: 0 },
  forecast: { known: true as const, clearsAt: now.toISOString(), seconds: 0, basis: '' },
};
const open = (until: string) => ({
  ...lane,
  state: 'breaker-open' as const,
  breaker: { state: 'open' as const, until, because: 'several calls in a row failed' },
});

describe('a lane in words', () => {
  test('says why it stands, and what happens next', () => {
    expect(laneBecause(lane, now)).toBeUndefined();
    expect(laneBecause({ ...lane, state: 'paused', paused: { by: 'person:olga', because: 'stock taking' } }, now)).toBe(
      'olga paused it: stock taking',
    );
    expect(laneBecause(open('2026-03-10T12:00:30Z'), now)).toMatch(
      /^Several calls in a row failed\. It is tried again at /,
    );
    expect(laneBecause(open('2026-03-10T11:00:00Z'), now)).toBe(
      'Several calls in a row failed. The next call tries it.',
    );
  });

  test('says when the backlog is gone, or why nobody knows', () => {
    expect(laneForecast(lane)).toBe('Nothing waits');
    const waiting = { ...lane, backlog: { total: 7 } };
    expect(laneForecast({ ...waiting, forecast: { ...lane.forecast, seconds: 125 } })).toBe('In 2 min 5 s');
    expect(laneForecast({ ...waiting, forecast: { known: false, because: 'its breaker is open' } })).toBe(
      'Nobody can say: its breaker is open',
    );
    expect([
      laneBacklog(lane),
      laneBacklog({ backlog: { total: 1 } }),
      laneBacklog({ backlog: { total: 1_200 } }),
    ]).toEqual(['nothing waits', '1 call waits', '1,200 calls wait']);
  });
});
