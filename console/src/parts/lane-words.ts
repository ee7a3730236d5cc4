import { counted } from '../words/count.ts';
import { duration } from '../words/duration.ts';
import { clock } from '../words/when.ts';

/** What the lanes API says of a lane, as far as it is put into words. */
interface Told {
  readonly state: 'open' | 'breaker-open' | 'probing' | 'paused' | 'maintenance';
  readonly breaker:
    | { readonly state: 'closed' }
    | { readonly state: 'open' | 'probing'; readonly until: string; readonly because: string };
  readonly paused?: { readonly by: string; readonly because: string };
  readonly maintenanceUntil?: string;
  readonly backlog: { readonly total: number };
  readonly forecast:
    | { readonly known: true; readonly clearsAt: string; readonly seconds: number; readonly basis: string }
    | { readonly known: false; readonly because: string };
}

const states = {
  open: 'In use',
  'breaker-open': 'Stopped: it fails',
  probing: 'Being tried again',
  paused: 'Paused',
  maintenance: 'In maintenance',
} as const;

/** A lane's state in two or three words. */
export const laneState = (lane: Pick<Told, 'state'>): string => states[lane.state];

/** Why a lane is as it is, in a sentence; undefined when it is in use. */
export function laneBecause(lane: Told, now: Date): string | undefined {
  if (lane.paused !== undefined) return `${lane.paused.by.replace(/^\w+:/, '')} paused it: ${lane.paused.because}`;
  if (lane.state === 'maintenance' && lane.maintenanceUntil !== undefined)
    return `Its hours: until ${clock.absolute(lane.maintenanceUntil, now)} nothing is sent.`;
  if (lane.breaker.state === 'closed') return undefined;
  const { because, until } = lane.breaker;
  const next =
    lane.breaker.state === 'probing' || new Date(until) <= now
      ? 'The next call tries it.'
      : `It is tried again at ${clock.absolute(until, now)}.`;
  return `${because.charAt(0).toUpperCase()}${because.slice(1)}. ${next}`;
}

/** When what waits is gone, in a few words. */
export function laneForecast(lane: Pick<Told, 'backlog' | 'forecast'>): string {
  if (lane.backlog.total === 0) return 'Nothing waits';
  if (lane.forecast.known) return lane.forecast.seconds === 0 ? 'At once' : `In ${duration(lane.forecast.seconds)}`;
  return `Nobody can say: ${lane.forecast.because}`;
}

/** How much waits, in words. */
export const laneBacklog = (lane: Pick<Told, 'backlog'>): string =>
  lane.backlog.total === 0
    ? 'nothing waits'
    : `${counted(lane.backlog.total, 'call')} ${lane.backlog.total === 1 ? 'waits' : 'wait'}`;
