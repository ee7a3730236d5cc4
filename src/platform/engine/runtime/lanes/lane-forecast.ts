import { type Instant, plusMilliseconds } from '#model/kernel';
import type { LaneForecast, LaneStatus } from './lane-status.ts';

type Known = Pick<LaneStatus, 'state' | 'budget' | 'maintenanceUntil' | 'drainPerSecond'>;

const whyUnknown: Partial<Record<LaneStatus['state'], string>> = {
  'breaker-open': 'its breaker is open: nobody knows when the system is back',
  probing: 'its breaker is open: one call finds out whether the system is back',
  paused: 'it is paused until somebody resumes it',
};

/**
 * When a lane's backlog is gone: what waits by the rate at which answers came of late, or where none came yet by its budget.
 * Honest: a lane that may not be used, or of whose pace nothing is known, has no forecast.
 */
export function forecastOf(lane: Known, waiting: number, now: Instant): LaneForecast {
  const because = whyUnknown[lane.state];
  if (waiting === 0) return { known: true, clearsAt: now, seconds: 0, basis: 'nothing waits' };
  if (because !== undefined) return { known: false, because };
  const isHeld = lane.state === 'maintenance';
  const { perSecond } = lane.budget;
  const observed = isHeld ? 0 : Math.min(lane.drainPerSecond, perSecond ?? Number.POSITIVE_INFINITY);
  // Below a call in fifty seconds nothing was seen that one could count on.
  const rate = observed >= 0.02 ? observed : perSecond;
  if (rate === undefined)
    return { known: false, because: 'it has answered no call of late and its budget names no rate' };
  const from = isHeld ? (lane.maintenanceUntil ?? now) : now;
  const clearsAt = plusMilliseconds(from, Math.ceil((waiting / rate) * 1_000));
  const pace = observed >= 0.02 ? `${rate.toFixed(1)} calls a second, observed` : `${rate} calls a second, its budget`;
  return {
    known: true,
    clearsAt,
    seconds: Math.max(0, Math.ceil((Date.parse(clearsAt) - Date.parse(now)) / 1_000)),
    basis: isHeld ? `${pace}, from the end of its maintenance` : pace,
  };
}
