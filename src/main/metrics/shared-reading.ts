/** Several figures of one scrape are of one reading: it is made once in so many ms. */
export function sharedReading<Value>(read: () => Promise<Value>, keptMs = 500): () => Promise<Value> {
  let kept: Promise<Value> | undefined;
  let at = 0;
  return () => {
    if (kept === undefined || performance.now() - at > keptMs) {
      at = performance.now();
      const reading = read();
      kept = reading;
      reading.catch(() => {
        if (kept === reading) kept = undefined;
      });
    }
    return kept;
  };
}

/** Seconds between a moment and now; never less than none. */
export const ageSeconds = (since: string, now: number = Date.now()): number =>
  Math.max(0, (now - Date.parse(since)) / 1_000);
