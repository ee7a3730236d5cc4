interface Kept<Value> {
  readonly value: Promise<Value>;
  readonly at: number;
}

/** Old answers are given so many times as long while a new one is on its way. */
const stale = 5;
const mostKept = 500;

/**
 * Keeps answers by name for a time. One that is over is still given, once more and while the next is on its way, so that nobody waits for
 * what is asked all the time.
 */
export function keep<Value>(forMs: number): (name: string, ask: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Kept<Value>>();
  const asking = new Set<string>();

  function begin(name: string, ask: () => Promise<Value>): Promise<Value> {
    asking.add(name);
    const value = ask();
    value
      .then(() => {
        if (kept.size >= mostKept) kept.clear();
        kept.set(name, { value, at: performance.now() });
      })
      .catch(() => undefined)
      .finally(() => asking.delete(name));
    return value;
  }

  return (name, ask) => {
    const known = kept.get(name);
    const age = known === undefined ? Number.POSITIVE_INFINITY : performance.now() - known.at;
    if (known === undefined || age >= forMs * stale) return begin(name, ask);
    if (age >= forMs && !asking.has(name)) void begin(name, ask).catch(() => undefined);
    return known.value;
  };
}
