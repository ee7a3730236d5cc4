/** What was learned and when; kept for a while, asked once by however many ask at the same time. */
export interface Cache<Value> {
  /** The kept value, or what `learn` says. A failure, and what `learn` says is undefined, is not kept. */
  get(key: string, learn: () => Promise<Value | undefined>): Promise<Value | undefined>;
  /** Keeps what was learned on the way. */
  put(key: string, value: Value): void;
  peek(key: string): Value | undefined;
}

const mostEntries = 50_000;

/** Entries live `lifetimeMs` on the monotonic clock. */
export function createCache<Value>(lifetimeMs: number, now: () => number = () => performance.now()): Cache<Value> {
  const kept = new Map<string, { readonly value: Value; readonly until: number }>();
  const underWay = new Map<string, Promise<Value | undefined>>();

  const peek = (key: string): Value | undefined => {
    const entry = kept.get(key);
    if (entry === undefined || entry.until <= now()) return undefined;
    return entry.value;
  };
  const put = (key: string, value: Value) => {
    if (kept.size >= mostEntries) kept.clear();
    kept.set(key, { value, until: now() + lifetimeMs });
  };

  return {
    peek,
    put,
    get(key, learn) {
      const known = peek(key);
      if (known !== undefined) return Promise.resolve(known);
      const asked = underWay.get(key);
      if (asked !== undefined) return asked;
      const asking = learn()
        .then((value) => {
          if (value !== undefined) put(key, value);
          return value;
        })
        .finally(() => underWay.delete(key));
      underWay.set(key, asking);
      return asking;
    },
  };
}
