/** Keeps a lane from hammering a system that is away. Times are monotonic ms. */
export interface Breaker {
  /** Whether a call may go now; `probe` when it is the one that finds out. */
  admits(now: number): 'yes' | 'probe' | 'no';
  /** When it will admit a probe; undefined while closed or while one is under way. */
  readonly opensAt: number | undefined;
  succeeded(): void;
  /** Answers whether this failure spends one of the effect's attempts. */
  failed(now: number): boolean;
  /** The system asked for a pause. */
  pause(until: number): void;
  readonly state: 'closed' | 'open' | 'probing';
}

export function createBreaker(options: { readonly threshold: number; readonly coolMs: number }): Breaker {
  let failures = 0;
  let until: number | undefined;
  let cool = options.coolMs;
  let isProbing = false;
  return {
    admits: (now) => {
      if (until === undefined) return 'yes';
      if (isProbing || now < until) return 'no';
      isProbing = true;
      return 'probe';
    },
    get opensAt() {
      return isProbing ? undefined : until;
    },
    get state() {
      if (until === undefined) return 'closed';
      return isProbing ? 'probing' : 'open';
    },
    succeeded: () => {
      failures = 0;
      // A call from before the pause says nothing about it.
      if (until !== undefined && !isProbing) return;
      until = undefined;
      isProbing = false;
      cool = options.coolMs;
    },
    failed: (now) => {
      failures += 1;
      const wasOpen = until !== undefined;
      if (wasOpen && isProbing) {
        isProbing = false;
        cool = Math.min(cool * 2, options.coolMs * 30);
        until = now + cool;
      } else if (!wasOpen && failures >= options.threshold) {
        until = now + cool;
      }
      return !wasOpen;
    },
    pause: (end) => {
      isProbing = false;
      until = Math.max(until ?? 0, end);
    },
  };
}
