/** Calls a second, with a quarter of a second's worth in hand. */
export interface TokenBucket {
  /** Takes a token, or says in how many ms there will be one. */
  take(now: number): 0 | number;
  /** Another rate from now on; what was in hand stays, as far as the rate allows. */
  setRate(perSecond: number | undefined, now: number): void;
}

const mostInHand = (perSecond: number): number => (perSecond > 0 ? Math.max(1, perSecond / 4) : 0);

/** `isFull`: with a quarter of a second's worth in hand at once. */
export function createTokenBucket(initial: number | undefined, isFull = true): TokenBucket {
  let perSecond = initial;
  let tokens = isFull && perSecond !== undefined ? mostInHand(perSecond) : 0;
  let at: number | undefined;

  function fill(now: number): void {
    if (perSecond === undefined) return;
    tokens = Math.min(mostInHand(perSecond), tokens + ((now - (at ?? now)) / 1_000) * perSecond);
    at = now;
  }

  return {
    take: (now) => {
      if (perSecond === undefined) return 0;
      fill(now);
      // A hair less than one counts: what a timer that rang on time would otherwise wait for once more.
      if (tokens >= 0.999) {
        tokens -= 1;
        return 0;
      }
      return perSecond === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(((1 - tokens) / perSecond) * 1_000));
    },
    setRate: (rate, now) => {
      if (rate === perSecond) return;
      fill(now);
      perSecond = rate;
      at = now;
      tokens = rate === undefined ? 0 : Math.min(tokens, mostInHand(rate));
    },
  };
}
