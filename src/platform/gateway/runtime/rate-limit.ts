import type { Plan } from '../api.ts';
import { createRecentMap } from './recent-map.ts';

export interface Allowance {
  readonly allowed: boolean;
  /** Whole requests left at this moment. */
  readonly left: number;
  /** Seconds until everything is there again, rounded up. */
  readonly resetSeconds: number;
  /** Seconds until one more is allowed, rounded up; 0 when allowed. */
  readonly retrySeconds: number;
}

export interface RateLimit {
  /** Takes one request of `who`. */
  take(who: string): Allowance;
  /** Gives back what `take` took: it was nothing that counts. */
  giveBack(who: string): void;
  /** `RateLimit-Policy` of the plan. */
  readonly policy: string;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Callers remembered at once. One that is forgotten begins with a full bucket, as one that was silent long enough does. */
const mostBuckets = 20_000;

/** A bucket for each caller in this process: full at `plan.requests`, refilled evenly over `plan.seconds`. `now` in milliseconds. */
export function createRateLimit(plan: Plan, now: () => number = () => performance.now()): RateLimit {
  const perMs = plan.requests / (plan.seconds * 1_000);
  const buckets = createRecentMap<Bucket>(mostBuckets);

  const bucketOf = (who: string, at: number): Bucket => {
    const found = buckets.get(who);
    if (found !== undefined) {
      found.tokens = Math.min(plan.requests, found.tokens + (at - found.at) * perMs);
      found.at = at;
      return found;
    }
    const fresh = { tokens: plan.requests, at };
    buckets.set(who, fresh);
    return fresh;
  };

  return {
    policy: `"${plan.name}";q=${plan.requests};w=${plan.seconds}`,
    take(who) {
      const bucket = bucketOf(who, now());
      const allowed = bucket.tokens >= 1;
      if (allowed) bucket.tokens -= 1;
      return {
        allowed,
        left: Math.floor(bucket.tokens),
        resetSeconds: Math.ceil((plan.requests - bucket.tokens) / perMs / 1_000),
        retrySeconds: allowed ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1_000)),
      };
    },
    giveBack(who) {
      const bucket = bucketOf(who, now());
      bucket.tokens = Math.min(plan.requests, bucket.tokens + 1);
    },
  };
}
