import type { RetryPolicy } from '../../effect.ts';

/** Full jitter: any time between nothing and the doubled delay, so that many that failed together do not come back together. */
export const retryDelay = (policy: RetryPolicy, attempt: number, random: () => number = Math.random): number =>
  Math.round(random() * Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** Math.min(attempt - 1, 40)));
