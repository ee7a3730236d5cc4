/** Microseconds since 1970, each answer larger than the one before. */
export function createMicroClock(): () => number {
  const started = Date.now() * 1000 - Math.floor(performance.now() * 1000);
  let last = 0;
  return () => {
    last = Math.max(last + 1, started + Math.floor(performance.now() * 1000));
    return last;
  };
}
