import type { Place } from './follow.ts';

/** What a node remembers of a run that it has written. */
export interface KnownRun {
  readonly version: number;
  readonly place: Place;
  /** The terms that are there, as `termName` writes them; undefined: not known. */
  readonly terms: ReadonlySet<string> | undefined;
}

/** The runs written last, so that they are continued without being read; those unused for longest are forgotten. */
export interface KnownRuns {
  get(id: string): KnownRun | undefined;
  set(id: string, run: KnownRun): void;
  forget(id: string): void;
}

export function createKnownRuns(most: number): KnownRuns {
  const runs = new Map<string, KnownRun>();
  return {
    get: (id) => runs.get(id),
    set: (id, run) => {
      // A map keeps the order of insertion: the first is the one unused for longest.
      runs.delete(id);
      runs.set(id, run);
      const [oldest] = runs.keys();
      if (runs.size > most && oldest !== undefined) runs.delete(oldest);
    },
    forget: (id) => runs.delete(id),
  };
}
