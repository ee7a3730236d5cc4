import { entryOf } from './entry.ts';
import type { Moment } from './story-groups.ts';

/** A time in which nothing happened, and what was waited for. */
export interface Gap {
  readonly from: string;
  readonly until: string;
  readonly seconds: number;
  readonly waitedFor: string;
}

/** What is open at a point of the story: effects asked and not answered, and where each run stands. */
interface Open {
  readonly effects: Map<string, string>;
  readonly states: Map<string, string>;
}

const words = (name: string): string => name.replaceAll('-', ' ');

function follow({ effects, states }: Open, { cause, effects: after, run }: Moment): void {
  for (const line of [cause, ...after]) {
    const { kind, key, name, instance, capability, state } = entryOf(line.details);
    if (kind === 'asked' && key !== undefined) {
      effects.set(key, `${instance ?? capability ?? 'a system'} to ${words(name ?? 'answer')}`);
    }
    if ((kind === 'settled' || kind === 'withdrawn' || kind === 'skipped') && key !== undefined) effects.delete(key);
    if (kind === 'entered' && state !== undefined) states.set(run, state);
    if (kind === 'ended') states.delete(run);
  }
}

const listed = (all: readonly string[]): string =>
  all.length > 3 ? `${all.slice(0, 3).join(', ')} and ${all.length - 3} more` : all.join(', ');

function waited({ effects, states }: Open): string {
  if (effects.size > 0) return `waited for ${listed([...new Set(effects.values())])}`;
  // An order that waits for its fulfilments is told by theirs.
  const fulfilments = [...states].filter(([run]) => run.startsWith('fulfilment/'));
  const told = fulfilments.length > 0 ? fulfilments : [...states];
  if (told.length === 0) return 'everything had ended';
  return listed(told.map(([run, state]) => `${run.slice(run.indexOf('/') + 1)} was ${words(state)}`));
}

/**
 * The gaps before moments, by the moment's place among all: at least `least` seconds in which nothing was written. `until`: also the
 * time since the last moment, unless all has ended; it stands under the number of moments.
 */
export function gapsOf(
  moments: readonly Moment[],
  { least = 60, until }: { readonly least?: number; readonly until?: string } = {},
): ReadonlyMap<number, Gap> {
  const gaps = new Map<number, Gap>();
  const open: Open = { effects: new Map(), states: new Map() };
  const note = (place: number, from: string, to: string): void => {
    const seconds = (Date.parse(to) - Date.parse(from)) / 1_000;
    if (seconds >= least) gaps.set(place, { from, until: to, seconds, waitedFor: waited(open) });
  };
  moments.forEach((moment, place) => {
    const before = moments[place - 1];
    if (before !== undefined) note(place, before.at, moment.at);
    follow(open, moment);
  });
  const last = moments.at(-1);
  if (until !== undefined && last !== undefined && open.states.size > 0) note(moments.length, last.at, until);
  return gaps;
}
