import type { Clock, Instant } from '#model/kernel';
import type { Log } from '../engine.ts';

/** A second opinion on the time, so that one clock that jumps neither rings a deadline early nor sets one too near. */
export interface TwoClocks {
  /** For stamps, and for setting deadlines: the later of the two. */
  readonly stamp: Clock;
  /** For ringing them: the earlier of the two. */
  readonly due: Clock;
  /** Asks the other clock; in between it is carried on by the monotonic one. */
  refresh(): Promise<void>;
  start(): void;
  stop(): void;
}

/** Below that both are right. */
const toleranceMs = 2_000;
const everyMs = 5_000;

const monotonic = (): number => performance.now();

/** `other` asks the second clock; absent, `own` is believed. */
export function createTwoClocks(needs: {
  readonly own: Clock;
  readonly other?: () => Promise<Instant>;
  readonly log: Log;
}): TwoClocks {
  const { own, other, log } = needs;
  let offset: number | undefined;
  let isApart = false;
  let timer: NodeJS.Timeout | undefined;

  /** How far the other clock is ahead, ms; 0 within the tolerance. */
  function ahead(at: Instant): number {
    if (offset === undefined) return 0;
    const difference = offset + monotonic() - Date.parse(at);
    const isApartNow = Math.abs(difference) > toleranceMs;
    if (isApartNow !== isApart) log(isApartNow ? 'clocks-apart' : 'clocks-agree', { aheadMs: Math.round(difference) });
    isApart = isApartNow;
    return isApartNow ? difference : 0;
  }

  const moved = (at: Instant, by: number): Instant =>
    by === 0 ? at : new Date(Date.parse(at) + Math.round(by)).toISOString();

  async function refresh(): Promise<void> {
    if (other === undefined) return;
    const before = monotonic();
    const at = await other();
    offset = Date.parse(at) - (before + monotonic()) / 2;
  }

  return {
    stamp: {
      now: () => {
        const at = own.now();
        return moved(at, Math.max(0, ahead(at)));
      },
    },
    due: {
      now: () => {
        const at = own.now();
        return moved(at, Math.min(0, ahead(at)));
      },
    },
    refresh,
    start: () => {
      if (other === undefined) return;
      timer = setInterval(() => {
        refresh().catch((thrown: unknown) => log('clock-not-read', { message: String(thrown) }));
      }, everyMs);
    },
    stop: () => clearInterval(timer),
  };
}
