/** What is told of a run; the cases are counted by `case_open_of_run`, those of its parts by way of `standing_of_root`. */
export const rowColumns = `
s.run_id, s.flow, s.key, s.root_key, s.version, s.state, s.phase, s.ending, s.started_at, s.entered_at, s.updated_at, s.party, s.party_name,
trim_scale(s.worth)::text as worth, s.currency, s.due_by, s.sites, s.source, s.shows,
(select count(*)::int from case_record c where c.run_id = s.run_id and c.closed_at is null)
+ (select count(*)::int from standing p join case_record c on c.run_id = p.run_id and c.closed_at is null
   where p.root_flow = s.flow and p.root_key = s.key) as open_cases`;

const isWithCase = `(exists (select from case_record c where c.run_id = s.run_id and c.closed_at is null)
  or exists (select from standing p join case_record c on c.run_id = p.run_id and c.closed_at is null
             where p.root_flow = s.flow and p.root_key = s.key))`;

interface Order {
  /** What is sorted by, before the id. */
  readonly by: string;
  readonly type: string;
  readonly direction: 'asc' | 'desc';
}

/** By `standing_newest`, `standing_of_state`, `standing_open`; the others, of open runs only, by the index of their name. */
export const runOrders = {
  newest: { by: 's.started_at', type: 'timestamptz', direction: 'desc' },
  'longest-in-state': { by: 's.entered_at', type: 'timestamptz', direction: 'asc' },
  due: { by: `coalesce(s.due_by, 'infinity')`, type: 'timestamptz', direction: 'asc' },
  worth: { by: 'coalesce(s.worth, -1)', type: 'numeric', direction: 'desc' },
} as const satisfies Readonly<Record<string, Order>>;
export type RunOrder = keyof typeof runOrders;

/** Values of a statement, in the order in which they are named in it. */
export interface Values {
  readonly values: unknown[];
  /** Its place in the statement. */
  add(value: unknown): string;
}

export function createValues(): Values {
  const values: unknown[] = [];
  return { values, add: (value) => `$${values.push(value)}` };
}

/** What must hold of a run beside what leads to it. Everything that is absent is not asked. */
export interface RunConditions {
  readonly flow: string;
  readonly state?: string | undefined;
  readonly phase?: 'open' | 'ended' | undefined;
  readonly terms: readonly { readonly kind: string; readonly folded: string }[];
  /** Any of these places. */
  readonly sites?: readonly string[] | undefined;
  readonly withCases?: boolean | undefined;
  readonly startedFrom?: string | undefined;
  readonly startedBefore?: string | undefined;
  readonly dueFrom?: string | undefined;
  readonly dueBefore?: string | undefined;
}

/** The conditions on `standing s`. A term is looked up by its primary key. */
export function conditionsOf(wanted: RunConditions, { add }: Values): readonly string[] {
  const { flow, state, phase, terms, sites, withCases, startedFrom, startedBefore, dueFrom, dueBefore } = wanted;
  return [
    `s.flow = ${add(flow)}`,
    ...(state === undefined ? [] : [`s.state = ${add(state)}`]),
    ...(phase === undefined ? [] : [phase === 'open' ? `s.phase <> 'ended'` : `s.phase = 'ended'`]),
    ...terms.map(
      ({ kind, folded }) =>
        // No `exists`: that may become a join that begins with the term, whoever leads.
        `coalesce((select true from standing_term t where t.kind = ${add(kind)} and t.folded = ${add(folded)} and t.started_at = s.started_at and t.run_id = s.run_id), false)`,
    ),
    ...(sites === undefined ? [] : [`s.sites && ${add(sites)}::text[]`]),
    ...(withCases ? [isWithCase] : []),
    ...(startedFrom === undefined ? [] : [`s.started_at >= ${add(startedFrom)}::timestamptz`]),
    ...(startedBefore === undefined ? [] : [`s.started_at < ${add(startedBefore)}::timestamptz`]),
    ...(dueFrom === undefined ? [] : [`coalesce(s.due_by, 'infinity') >= ${add(dueFrom)}::timestamptz`]),
    ...(dueBefore === undefined ? [] : [`coalesce(s.due_by, 'infinity') < ${add(dueBefore)}::timestamptz`]),
  ];
}

export interface PlaceInOrder {
  /** As the database wrote it: what was sorted by. */
  readonly place: string;
  readonly id: string;
}

/** A page by an index of `standing` that has the order. */
export function pageByIndex(
  order: RunOrder,
  wanted: RunConditions,
  after: PlaceInOrder | undefined,
  limit: number,
  values: Values,
): string {
  const { by, type, direction }: Order = runOrders[order];
  const { add } = values;
  const where = [...conditionsOf(wanted, values)];
  if (after !== undefined) {
    const than = direction === 'asc' ? '>' : '<';
    where.push(`(${by}, s.run_id) ${than} (${add(after.place)}::${type}, ${add(after.id)}::uuid)`);
  }
  return `
select ${rowColumns}, (${by})::text as place from standing s
where ${where.join(' and ')}
order by ${by} ${direction}, s.run_id ${direction} limit ${add(limit)}`;
}

/** A page of the runs of one term, newest first, by primary key `standing_term`; each run is looked up. */
export function pageByTerm(
  leading: { readonly kind: string; readonly folded: string },
  wanted: RunConditions,
  after: PlaceInOrder | undefined,
  limit: number,
  values: Values,
): string {
  const { add } = values;
  const of = [`t.kind = ${add(leading.kind)}`, `t.folded = ${add(leading.folded)}`];
  if (wanted.startedFrom !== undefined) of.push(`t.started_at >= ${add(wanted.startedFrom)}::timestamptz`);
  if (wanted.startedBefore !== undefined) of.push(`t.started_at < ${add(wanted.startedBefore)}::timestamptz`);
  if (after !== undefined)
    of.push(`(t.started_at, t.run_id) < (${add(after.place)}::timestamptz, ${add(after.id)}::uuid)`);
  return `
select ${rowColumns}, s.started_at::text as place
from (select t.run_id, t.started_at from standing_term t where ${of.join(' and ')}
      order by t.started_at desc, t.run_id desc) f
cross join lateral (select x.* from standing x where x.run_id = f.run_id offset 0) s
where ${conditionsOf(wanted, values).join(' and ')}
order by f.started_at desc, f.run_id desc limit ${add(limit)}`;
}

/** A page of runs with open cases, newest first: from the cases to the runs that they are of. For when there are few. */
export function pageByCases(
  wanted: RunConditions,
  after: PlaceInOrder | undefined,
  limit: number,
  values: Values,
): string {
  const { add } = values;
  const where = [...conditionsOf({ ...wanted, withCases: undefined }, values)];
  if (after !== undefined)
    where.push(`(s.started_at, s.run_id) < (${add(after.place)}::timestamptz, ${add(after.id)}::uuid)`);
  return `
select ${rowColumns}, s.started_at::text as place
from (${rootsWithCases}) f
cross join lateral (select x.* from standing x where x.run_id = f.run_id offset 0) s
where ${where.join(' and ')}
order by s.started_at desc, s.run_id desc limit ${add(limit)}`;
}

/** The runs that open cases are of, by themselves or by a part; by primary key `standing` and unique index `run (flow, key)`. */
export const rootsWithCases = `
select distinct coalesce(r.id, p.run_id) as run_id
from (select distinct c.run_id from case_record c where c.closed_at is null and c.run_id is not null) o
cross join lateral (select x.run_id, x.root_flow, x.root_key from standing x where x.run_id = o.run_id offset 0) p
left join lateral (select y.id from run y where y.flow = p.root_flow and y.key = p.root_key offset 0) r on true`;

/** How many there are, counted up to a limit. */
export const countCases = `select count(*)::int as count from (select from case_record where closed_at is null limit $1) c`;

/** How many runs each term leads to, and last (numbered behind them) the state, counted up to a limit; index only. */
export const countWays = `
select q.n::int as n, (select count(*)::int from (select from standing_term t where t.kind = q.kind and t.folded = q.folded limit $3) c) as count
from unnest($1::text[], $2::text[]) with ordinality as q (kind, folded, n)
union all
select cardinality($1::text[]) + 1, (select count(*)::int from (select from standing s where s.flow = $4 and s.state = $5 limit $3) c)
where $5::text is not null`;

/** Runs by their keys, by unique index `run (flow, key)` and primary key `standing`. */
export const rowsOfKeys = `
select ${rowColumns}, '' as place
from unnest($2::text[]) with ordinality as q (key, n)
cross join lateral (select x.id from run x where x.flow = $1 and x.key = q.key offset 0) r
cross join lateral (select y.* from standing y where y.run_id = r.id offset 0) s
order by q.n`;
