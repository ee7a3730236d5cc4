import type { Advanced } from '#platform/engine';
import { type Passage, passagesOf } from './follow.ts';

/** What was gathered of one run since it was written last. */
export interface Gathered {
  /** The run as it now is. */
  readonly last: Omit<Advanced, 'entries'>;
  /** The first of the versions that were gathered; they have no gap. */
  readonly first: number;
  readonly passages: readonly Passage[];
}

/** Keeps what is to be written, in bounded memory. */
export interface Gathering {
  note(advanced: Advanced): void;
  /** These are to be read from the journal. */
  lose(ids: Iterable<string>): void;
  /** Up to so many runs, the ones that wait longest first. */
  take(most: number): readonly Gathered[];
  /** Up to so many runs that are to be read from the journal. */
  takeLost(most: number): readonly string[];
  /** Runs that wait. */
  readonly size: number;
  /** How many runs were forgotten, which only the sweep will find. */
  readonly forgotten: number;
}

interface Entry {
  last: Omit<Advanced, 'entries'>;
  first: number;
  passages: Passage[];
  advances: number;
}

function* some<Value>(values: Iterable<Value>, most: number): Generator<Value> {
  let count = 0;
  for (const value of values) {
    if (count >= most) return;
    count += 1;
    yield value;
  }
}

/** `mostAdvances`: beyond it only the ids of runs are kept; `mostLost`: beyond so many ids, nothing. */
export function createGathering(mostAdvances: number, mostLost: number): Gathering {
  const runs = new Map<string, Entry>();
  const lost = new Set<string>();
  let advances = 0;
  let forgotten = 0;

  function lose(id: string): void {
    if (lost.size < mostLost) lost.add(id);
    else if (!lost.has(id)) forgotten += 1;
  }

  function drop(id: string): void {
    advances -= runs.get(id)?.advances ?? 0;
    runs.delete(id);
  }

  function loseAll(): void {
    for (const id of runs.keys()) lose(id);
    runs.clear();
    advances = 0;
  }

  return {
    note: ({ entries, ...last }) => {
      const { runId, version, at } = last;
      if (lost.has(runId)) return;
      const known = runs.get(runId);
      if (known === undefined) {
        runs.set(runId, { last, first: version, passages: [...passagesOf(at, entries)], advances: 1 });
      } else if (version === known.last.version + 1) {
        known.last = last;
        known.passages.push(...passagesOf(at, entries));
        known.advances += 1;
      } else {
        // Another node wrote between.
        drop(runId);
        lose(runId);
        return;
      }
      advances += 1;
      if (advances > mostAdvances) loseAll();
    },
    lose: (ids) => {
      for (const id of ids) {
        drop(id);
        lose(id);
      }
    },
    take: (most) => {
      const taken = [...some(runs, most)];
      for (const [id] of taken) drop(id);
      return taken.map(([, entry]) => entry);
    },
    takeLost: (most) => {
      const taken = [...some(lost, most)];
      for (const id of taken) lost.delete(id);
      return taken;
    },
    get size() {
      return runs.size + lost.size;
    },
    get forgotten() {
      return forgotten;
    },
  };
}
