import type { Flow, Listing, RunHistory, Term } from '#platform/engine';
import { follow, type Passage, type Place, passagesOf, type Stay } from './follow.ts';
import type { KnownRun } from './known-runs.ts';

/** A run as it is to be written. */
export interface ProjectedRun {
  readonly head: Omit<RunHistory, 'advances'> & { readonly at: string };
  readonly place: Place;
  readonly listing: Listing;
  /** Those that are over and may not be there yet. */
  readonly stays: readonly Stay[];
  /** Those that may not be there yet. */
  readonly terms: readonly Term[];
  readonly known: KnownRun;
  /** Its stays and terms are not there, as far as this node knows. */
  readonly isNew: boolean;
}

/** What lists show of a run's document; undefined: its flow stands in none, or this node cannot say. */
export type Lister = (run: Pick<RunHistory, 'flow' | 'flowVersion' | 'run'>) => Listing | undefined;

/** `log` is told of a flow whose `lists` throws. */
export function createLister(
  flows: readonly Flow[],
  log: (event: string, details: Readonly<Record<string, string>>) => void,
): Lister {
  const newest = (name: string): Flow | undefined =>
    flows.filter((flow) => flow.name === name).sort((one, other) => other.version - one.version)[0];
  return ({ flow, flowVersion, run }) => {
    const own = flows.find(({ name, version }) => name === flow && version === flowVersion) ?? newest(flow);
    try {
      return own?.table.lists?.(run.document);
    } catch (thrown) {
      log('run-not-listed', { flow, key: run.key, message: String(thrown) });
      return undefined;
    }
  };
}

export const foldedTerm = (value: string): string => value.toLowerCase();

/** One name for one term. */
export const termName = ({ kind, value }: Term): string => `${kind}\n${foldedTerm(value)}`;

/** Every term of a run. One that is a part of another is found by that one's. */
function termsOf({ root, party, sites, source, terms }: Listing): ReadonlyMap<string, Term> {
  const own: readonly Term[] =
    root === undefined
      ? [
          ...(party === undefined ? [] : [{ kind: 'party', value: party }]),
          ...sites.map((value) => ({ kind: 'site', value })),
          ...(source === undefined ? [] : [{ kind: 'source', value: source }]),
        ]
      : [];
  return new Map([...own, ...terms].filter(({ value }) => value !== '').map((term) => [termName(term), term]));
}

/**
 * A run as it is to be written, continued from what is known of it. Undefined when that does not reach to where its passages begin: then
 * it is to be folded from its journal.
 */
export function projectRun(
  head: ProjectedRun['head'],
  passages: readonly Passage[],
  listing: Listing,
  known: KnownRun | undefined,
): ProjectedRun | undefined {
  const { place: reached, stays } = follow(known?.place, passages);
  if (reached === undefined || reached.visit !== head.run.visit) return undefined;
  const place = { ...reached, state: head.run.state };
  const all = termsOf(listing);
  const terms = [...all].flatMap(([name, term]) => (known?.terms?.has(name) ? [] : [term]));
  const names = new Set([...all.keys(), ...(known?.terms ?? [])]);
  const isNew = known === undefined || known.terms !== undefined;
  return { head, place, listing, stays, terms, known: { version: head.version, place, terms: names }, isNew };
}

/** The same, from the whole journal. */
export function projectHistory({ advances, ...run }: RunHistory, lists: Lister): ProjectedRun | undefined {
  const listing = lists(run);
  const at = advances.at(-1)?.at;
  if (listing === undefined || at === undefined) return undefined;
  const passages = advances.flatMap((advance) => passagesOf(advance.at, advance.entries));
  return projectRun({ ...run, at }, passages, listing, undefined);
}
