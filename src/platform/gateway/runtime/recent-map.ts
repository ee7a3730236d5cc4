/** A map that forgets what was not touched for long: memory stays bounded whatever names come in. */
export interface RecentMap<Value> {
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
  delete(name: string): void;
}

/**
 * Keeps at least the `most` names touched last and at most twice as many. Two generations: when the young one is full the old
 * one is dropped as a whole, which costs nothing for each name (taking the eldest out of one map gets slow).
 */
export function createRecentMap<Value>(most: number): RecentMap<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  const set = (name: string, value: Value): void => {
    if (young.size >= most && !young.has(name)) {
      old = young;
      young = new Map();
    }
    young.set(name, value);
  };

  return {
    get(name) {
      const found = young.get(name);
      if (found !== undefined) return found;
      const older = old.get(name);
      if (older !== undefined) set(name, older);
      return older;
    },
    set,
    delete(name) {
      young.delete(name);
      old.delete(name);
    },
  };
}
