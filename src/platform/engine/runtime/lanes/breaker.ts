/** The breaker as the whole installation has it, as this node read it. */
export interface BreakerReading {
  /** How long it stays shut from now, ms; undefined while it is closed. */
  readonly leftMs: number | undefined;
  readonly coolMs: number | undefined;
  /** Another node has the right to find out. */
  readonly isProbed: boolean;
  /** Something changed since it was read last. */
  readonly isNews: boolean;
}

/** What this node tells the others. */
export type BreakerNews =
  | { readonly kind: 'shut'; readonly forMs: number; readonly coolMs: number; readonly isAsked: boolean }
  | { readonly kind: 'opened' };

/**
 * Keeps a lane from hammering a system that is away. Each node counts failures in a row by itself; that the breaker is open is the
 * whole installation's, and so is the one call that finds out. Times are monotonic ms.
 */
export interface Breaker {
  /** Whether a call may go now; `probe` when it is the one that finds out, `ask` when the right to that is to be asked for. */
  admits(now: number): 'yes' | 'probe' | 'ask' | 'no';
  /** When it may be found out whether the system is back; undefined while closed or while somebody finds out. */
  readonly opensAt: number | undefined;
  /** The right was asked for: this is the answer. */
  granted(isGranted: boolean): void;
  /** A call that was to find out was not made. */
  unused(): void;
  /** This node has the right and does not use it. */
  readonly hasUnusedRight: boolean;
  asked(): void;
  rightGone(): void;
  succeeded(): void;
  /** Answers whether this failure spends one of the effect's attempts. */
  failed(now: number): boolean;
  /** The system asked for a pause. */
  pause(until: number, now: number): void;
  /** What the others know. */
  adopt(reading: BreakerReading, now: number): void;
  readonly state: 'closed' | 'open' | 'probing';
}

type Probe = 'none' | 'asked' | 'elsewhere' | 'ours' | 'under way' | 'back';

export function createBreaker(
  options: { readonly threshold: number; readonly coolMs: number },
  tell: (news: BreakerNews) => void,
): Breaker {
  let failures = 0;
  let until: number | undefined;
  let cool = options.coolMs;
  let probe: Probe = 'none';

  function shut(end: number, now: number, isAsked: boolean): void {
    until = end;
    tell({ kind: 'shut', forMs: Math.max(0, end - now), coolMs: cool, isAsked });
  }

  function close(): void {
    until = undefined;
    probe = 'none';
    cool = options.coolMs;
    failures = 0;
  }

  return {
    admits: (now) => {
      if (until === undefined) return 'yes';
      if (now < until) return 'no';
      if (probe === 'none') return 'ask';
      if (probe !== 'ours') return 'no';
      probe = 'under way';
      return 'probe';
    },
    get opensAt() {
      return probe === 'none' || probe === 'ours' ? until : undefined;
    },
    get state() {
      if (until === undefined) return 'closed';
      return probe === 'under way' || probe === 'back' ? 'probing' : 'open';
    },
    asked: () => {
      probe = 'asked';
    },
    granted: (isGranted) => {
      if (probe === 'asked') probe = isGranted ? 'ours' : 'elsewhere';
    },
    unused: () => {
      if (probe === 'under way') probe = 'ours';
    },
    get hasUnusedRight() {
      return probe === 'ours';
    },
    rightGone: () => {
      if (probe === 'ours') probe = 'none';
    },
    succeeded: () => {
      failures = 0;
      // A call from before the pause says nothing about it.
      if (until === undefined || probe !== 'under way') return;
      // It opens when that is written: until then somebody else may have been told to wait longer.
      probe = 'back';
      tell({ kind: 'opened' });
    },
    failed: (now) => {
      failures += 1;
      const wasOpen = until !== undefined;
      if (wasOpen && probe === 'under way') {
        probe = 'none';
        cool = Math.min(cool * 2, options.coolMs * 30);
        shut(now + cool, now, true);
      } else if (!wasOpen && failures >= options.threshold) {
        shut(now + cool, now, false);
      }
      return !wasOpen;
    },
    pause: (end, now) => {
      probe = 'none';
      shut(Math.max(until ?? 0, end), now, true);
    },
    adopt: ({ leftMs, coolMs, isProbed, isNews }, now) => {
      if (leftMs === undefined) {
        if (until !== undefined) close();
        return;
      }
      // Counted down here from when it was first read: a clock that is set elsewhere moves it no more.
      const end = now + leftMs;
      until = until === undefined || isNews ? end : Math.min(until, end);
      cool = coolMs ?? cool;
      if (probe !== 'asked' && probe !== 'ours' && probe !== 'under way') probe = isProbed ? 'elsewhere' : 'none';
    },
  };
}
