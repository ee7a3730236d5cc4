import type { Database } from '#platform/storage';
import { type ListedRun, listedRun, type RunRow } from './listed-run.ts';
import { foldedTerm } from './projected-run.ts';
import {
  countCases,
  countWays,
  createValues,
  pageByCases,
  pageByIndex,
  pageByTerm,
  type RunConditions,
  type RunOrder,
  rowsOfKeys,
} from './sql/read-runs.ts';
import { type PlaceInSearch, pageOfSearch } from './sql/search-runs.ts';

export type { RunOrder } from './sql/read-runs.ts';

/** What a caller may see at all. */
export interface Visibility {
  /** Only runs that have a part in one of these places. */
  readonly sites?: readonly string[] | undefined;
  /** Only runs that came from there. */
  readonly source?: string | undefined;
}

/** Where a page ended: pass it on to have the next. */
export type RunPlace = PlaceInSearch;

export interface RunQuery {
  readonly flow: string;
  readonly visible: Visibility;
  /** All but `newest` are of open runs only. What is searched for stands exact ones first, then newest first. */
  readonly order: RunOrder;
  /** The beginning of a term of these kinds, whatever the case; the first kind is that of the runs' keys. Parties are looked through too. */
  readonly search?: { readonly text: string; readonly kinds: readonly string[] } | undefined;
  readonly state?: string | undefined;
  readonly phase?: 'open' | 'ended' | undefined;
  /** Terms that it has, exactly but for the case. */
  readonly terms?: readonly { readonly kind: string; readonly value: string }[] | undefined;
  readonly withCases?: boolean | undefined;
  /** Moments: from the first on, before the second. */
  readonly startedFrom?: string | undefined;
  readonly startedBefore?: string | undefined;
  /** Open ones that must be right from the first on, before the second. */
  readonly dueFrom?: string | undefined;
  readonly dueBefore?: string | undefined;
  readonly after?: RunPlace | undefined;
  readonly limit: number;
}

export interface RunPage {
  readonly runs: readonly ListedRun[];
  /** Absent: this was the last page. */
  readonly next?: RunPlace;
}

/** Up to so many are counted to find the shortest way, and up to so many cases lead to their runs. */
const mostCounted = 1_000;
const fewCases = 500;

type Folded = RunConditions['terms'][number];

/** The caller's own limits are terms too, where they are one: then there is a way by them. */
function foldedTerms({ terms = [], visible: { sites, source } }: RunQuery): readonly Folded[] {
  const [site, ...others] = sites ?? [];
  const limits = [
    ...(source === undefined ? [] : [{ kind: 'source', value: source }]),
    ...(site === undefined || others.length > 0 ? [] : [{ kind: 'site', value: site }]),
  ];
  return [...terms, ...limits].map(({ kind, value }) => ({ kind, folded: foldedTerm(value) }));
}

/** Reads the rows that the writers wrote. */
export interface RunReader {
  /** One page. Rows that come and go meanwhile neither shift nor double the others. */
  page(query: RunQuery): Promise<RunPage>;
  /** Runs by their keys, in that order; those that are not there are left out. */
  ofKeys(flow: string, keys: readonly string[]): Promise<readonly ListedRun[]>;
}

/** Opens the lists; texts of statements are made of what is asked, so that each has the plan for its own question. */
export function createRunReader({ pool }: Database): RunReader {
  /** What leads to the fewest runs: a term, or (undefined) the state; and to how many, counted up to a limit. */
  async function shortest({ flow, state }: RunQuery, terms: readonly Folded[]) {
    const { rows } = await pool.query<{ n: number; count: number }>({
      name: 'progress-ways',
      text: countWays,
      values: [terms.map(({ kind }) => kind), terms.map(({ folded }) => folded), mostCounted, flow, state ?? null],
    });
    const [best] = [...rows].sort((one, other) => one.count - other.count);
    return { term: terms[(best?.n ?? 1) - 1], isShort: (best?.count ?? mostCounted) < mostCounted };
  }

  /** The term by which a page is best read; undefined: by the index that has its order. */
  async function leadingTerm(
    query: RunQuery,
    terms: readonly Folded[],
    isOpenOnly: boolean,
  ): Promise<Folded | undefined> {
    if (terms.length === 0 || query.order !== 'newest') return undefined;
    const isOnlyWay = terms.length === 1 && query.state === undefined && !isOpenOnly;
    if (isOnlyWay) return terms[0];
    const { term, isShort } = await shortest(query, terms);
    // Of open runs there are few as well.
    return isOpenOnly && !isShort ? undefined : term;
  }

  async function hasFewCases(): Promise<boolean> {
    const { rows } = await pool.query<{ count: number }>(countCases, [fewCases]);
    return (rows[0]?.count ?? 0) < fewCases;
  }

  async function statementOf(query: RunQuery, values: ReturnType<typeof createValues>): Promise<string> {
    const { order, search, visible, after, phase, withCases, dueFrom, dueBefore } = query;
    const terms = foldedTerms(query);
    const isOpenOnly = order !== 'newest' || phase === 'open' || dueFrom !== undefined || dueBefore !== undefined;
    const wanted: RunConditions = {
      ...query,
      terms,
      ...(isOpenOnly ? { phase: 'open' } : {}),
      // None at all are no sites, not all.
      ...(visible.sites === undefined ? {} : { sites: visible.sites }),
    };
    const limit = query.limit + 1;
    if (search !== undefined) {
      const fewInState = query.state !== undefined && (await shortest(query, [])).isShort;
      const sought = { folded: foldedTerm(search.text.trim()), kinds: search.kinds, fewInState };
      return pageOfSearch(sought, wanted, after, limit, values);
    }
    if (withCases && !isOpenOnly && (await hasFewCases())) return pageByCases(wanted, after, limit, values);
    const leading = await leadingTerm(query, terms, isOpenOnly);
    if (leading === undefined) return pageByIndex(order, wanted, after, limit, values);
    const others = terms.filter((term) => term !== leading);
    return pageByTerm(leading, { ...wanted, terms: others }, after, limit, values);
  }

  return {
    page: async (query) => {
      const values = createValues();
      const text = await statementOf(query, values);
      const { rows } = await pool.query<RunRow>(text, values.values);
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      const more = rows.length > query.limit && last !== undefined;
      return {
        runs: page.map(listedRun),
        ...(more ? { next: { place: last.place, id: last.run_id, exact: last.exact ?? false } } : {}),
      };
    },
    ofKeys: async (flow, keys) => (await pool.query<RunRow>(rowsOfKeys, [flow, keys])).rows.map(listedRun),
  };
}
