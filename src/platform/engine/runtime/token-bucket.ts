/** Calls a second, with a quarter of a second's worth in hand. */
export interface TokenBucket {
  /** Takes a token, or says in how many ms there will be one. */
  take(now: number): 0 | number;
}

export function createTokenBucket(perSecond: number | undefined): TokenBucket {
  if (perSecond === undefined) return { take: () => 0 };
  const most = Math.max(1, perSecond / 4);
  let tokens = most;
  let at: number | undefined;
  return {
    take: (now) => {
      tokens = Math.min(most, tokens + ((now - (at ?? now)) / 1_000) * perSecond);
      at = now;
      // A hair less than one counts: what a timer that rang on time would otherwise wait for once more.
      if (tokens >= 0.999) {
        tokens -= 1;
        return 0;
      }
      return Math.max(1, Math.ceil(((1 - tokens) / perSecond) * 1_000));
    },
  };
}
