import type { KeptEntry } from '#platform/engine';

/** What a run's journal says of where it stood: it came to a state, or a migration gave the one it stands in another name. */
export type Passage =
  | { readonly what: 'entered'; readonly state: string; readonly visit: number; readonly at: string }
  | { readonly what: 'renamed'; readonly state: string };

/** The visit that is going on. */
export interface Place {
  readonly visit: number;
  readonly state: string;
  readonly enteredAt: string;
}

/** A visit that is over. */
export interface Stay extends Place {
  readonly leftAt: string;
  readonly movedTo: string;
}

/** What of an advance's entries is about where the run stands; looks at each once and keeps no payload. */
export function passagesOf(at: string, entries: readonly KeptEntry[]): readonly Passage[] {
  const found: Passage[] = [];
  for (const entry of entries) {
    if (entry.kind === 'entered') found.push({ what: 'entered', state: entry.state, visit: entry.visit, at });
    else if (entry.kind === 'migrated') found.push({ what: 'renamed', state: entry.state });
  }
  return found;
}

/** Goes on from a place; undefined: from the run's beginning. A choice is no visit: it is passed in the visit before it. */
export function follow(
  from: Place | undefined,
  passages: readonly Passage[],
): { readonly place: Place | undefined; readonly stays: readonly Stay[] } {
  let place = from;
  const stays: Stay[] = [];
  for (const passage of passages) {
    if (passage.what === 'renamed') {
      if (place !== undefined) place = { ...place, state: passage.state };
      continue;
    }
    const { state, visit, at } = passage;
    if (visit <= (place?.visit ?? 0)) continue;
    if (place !== undefined) stays.push({ ...place, leftAt: at, movedTo: state });
    place = { visit, state, enteredAt: at };
  }
  return { place, stays };
}
