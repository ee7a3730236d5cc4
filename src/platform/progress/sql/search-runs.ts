import { conditionsOf, type PlaceInOrder, type RunConditions, rowColumns, type Values } from './read-runs.ts';

/** How many of one kind are looked at. */
export const most = 500;
/** How many of the newest runs are looked through where more begin so. */
const newest = 2_000;
/** More parties are not told from each other by so few letters; and so many of each where something else must hold of them. */
const mostParties = 10;
const mostOfParty = 200;

export interface Sought {
  /** In small letters. */
  readonly folded: string;
  /** The kinds to look in; the first is that of the runs' own keys. */
  readonly kinds: readonly string[];
  /** Few stand in the state that is asked for: a party's are found among those, and not those of the state among the party's. */
  readonly fewInState: boolean;
}

/** Where a page of a search ended. */
export interface PlaceInSearch extends PlaceInOrder {
  /** Still among those that are it, and not only begin so. */
  readonly exact: boolean;
}

/**
 * Runs that are found by the beginning of a term, exact ones first, then newest first. Every part is an index scan of bounded length: of each
 * kind what is it and what begins so, the highest first, by primary key `standing_term`; of parties by `party_by_number` and
 * `party_by_name`, or where few stand in the state by `standing_of_state`; and where the kind of the keys has more, of the newest runs by `standing_newest`.
 */
export function pageOfSearch(
  { folded, kinds, fewInState }: Sought,
  wanted: RunConditions,
  after: PlaceInSearch | undefined,
  limit: number,
  values: Values,
): string {
  const { add } = values;
  const flow = add(wanted.flow);
  const from = add(folded);
  // No character is higher.
  const to = add(`${folded}\u{10ffff}`);
  const looked = add(kinds);
  const own = `${add(kinds[0] ?? '')}::text`;
  const { flow: _, terms, ...others } = wanted;
  const isNarrowed = terms.length > 0 || Object.values(others).some((value) => value !== undefined);
  const ofParty = isNarrowed ? mostOfParty : limit;
  const earlier =
    after === undefined
      ? { term: 'true', run: 'true', found: 'true' }
      : ((place, id) => ({
          term: `(t.started_at, t.run_id) < (${place}, ${id})`,
          run: `(w.started_at, w.run_id) < (${place}, ${id})`,
          found: `(f.exact, f.started_at, f.run_id) < (${add(after.exact)}::boolean, ${place}, ${id})`,
        }))(`${add(after.place)}::timestamptz`, `${add(after.id)}::uuid`);
  const runsOfParty = fewInState
    ? `
  join (select w.party, w.started_at, w.run_id from standing w
        where w.flow = ${flow} and w.state = ${add(wanted.state)} and ${earlier.run} offset 0) t on t.party = p.party`
    : `
  cross join lateral (select t.started_at, t.run_id from standing_term t
    where t.kind = ${add('party')} and t.folded = p.folded and ${earlier.term} order by t.started_at desc, t.run_id desc limit ${ofParty}) t`;
  return `
with party as materialized (
  select x.party, x.folded from standing_party x where x.folded >= ${from} and x.folded < ${to}
  union select x.party, x.folded from standing_party x where x.folded_name >= ${from} and x.folded_name < ${to} limit ${mostParties}
), numbered as materialized (
  select k.kind, t.folded, t.started_at, t.run_id
  from unnest(${looked}::text[]) as k (kind)
  cross join lateral (select t.folded, t.started_at, t.run_id from standing_term t
    where t.kind = k.kind and t.folded > ${from} and t.folded < ${to} order by t.folded desc limit ${most}) t
), found as (
  select k.kind, t.folded, t.started_at, t.run_id, true as exact
  from unnest(${looked}::text[]) as k (kind)
  cross join lateral (select t.folded, t.started_at, t.run_id from standing_term t
    where t.kind = k.kind and t.folded = ${from} order by t.started_at desc limit ${most}) t
  union all
  select n.kind, n.folded, n.started_at, n.run_id, false from numbered n
  union all
  select 'party', p.folded, t.started_at, t.run_id, false
  from party p ${runsOfParty}
  union all
  select ${own}, lower(w.key), w.started_at, w.run_id, false
  from (select w.key, w.started_at, w.run_id from standing w where w.flow = ${flow} and ${earlier.run}
          and (select count(*) from numbered n where n.kind = ${own}) >= ${most}
        order by w.started_at desc, w.run_id desc limit ${newest}) w
  where starts_with(lower(w.key), ${from})
), best as (
  select distinct on (f.run_id) f.* from found f order by f.run_id, f.exact desc, f.folded = ${from} desc, array_position(${looked}::text[], f.kind)
)
select ${rowColumns}, f.started_at::text as place, f.exact, f.kind as matched_kind,
  coalesce((select coalesce(t.value, t.folded) from standing_term t
            where t.kind = f.kind and t.folded = f.folded and t.started_at = f.started_at and t.run_id = f.run_id), f.folded) as matched
from (select f.* from best f where ${earlier.found} order by f.exact desc, f.started_at desc, f.run_id desc) f
cross join lateral (select x.* from standing x where x.run_id = f.run_id offset 0) s
where ${conditionsOf(wanted, values).join(' and ')}
order by f.exact desc, f.started_at desc, f.run_id desc limit ${add(limit)}`;
}
