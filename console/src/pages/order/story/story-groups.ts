import { entryOf } from './entry.ts';
import type { StoryLine } from './story-line.ts';
import { actorKey } from './who.ts';

/** A line with its place in the whole story, which never changes: the journal is only appended to. */
export interface PlacedLine extends StoryLine {
  readonly place: number;
}

/** What one cause did: the line that set it going, and what followed from it in the same moment of the same run. */
export interface Moment {
  readonly at: string;
  readonly run: string;
  readonly cause: PlacedLine;
  readonly effects: readonly PlacedLine[];
}

/** Lines that come from outside a run, so that something new begins with them. */
const sets = new Set(['started', 'received', 'settled']);

/** Gathers a story, oldest first, by cause: an advance of one run writes all its lines at one moment. */
export function momentsOf(story: readonly StoryLine[]): readonly Moment[] {
  const moments: { at: string; run: string; cause: PlacedLine; effects: PlacedLine[] }[] = [];
  story.forEach((line, place) => {
    const placed = { ...line, place };
    // Another run may have heard of it in the same moment: its lines stand between.
    const begun = moments.findLast((moment) => moment.at === line.at && moment.run === line.run);
    if (begun !== undefined && !sets.has(entryOf(line.details).kind)) begun.effects.push(placed);
    else moments.push({ at: line.at, run: line.run, cause: placed, effects: [] });
  });
  return moments;
}

export interface StoryFilter {
  /** Kinds of happenings; empty: all. */
  readonly kinds: ReadonlySet<string>;
  /** Who did it, by `actorKey`; empty: everybody. */
  readonly actors: ReadonlySet<string>;
}

export const isNarrowed = ({ kinds, actors }: StoryFilter): boolean => kinds.size > 0 || actors.size > 0;

/** The moments of which something is left, with what is left of them; the earliest line that is left leads. */
export function narrowed(moments: readonly Moment[], filter: StoryFilter): readonly Moment[] {
  if (!isNarrowed(filter)) return moments;
  const { kinds, actors } = filter;
  return moments.flatMap((moment) => {
    const [cause, ...effects] = [moment.cause, ...moment.effects].filter(
      (line) => (kinds.size === 0 || kinds.has(line.what)) && (actors.size === 0 || actors.has(actorKey(line.who))),
    );
    return cause === undefined ? [] : [{ ...moment, cause, effects }];
  });
}
