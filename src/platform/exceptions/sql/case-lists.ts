/**
 * What is told of a case: its row, where its run is, and whether its effect is on its way. Both are looked up by primary key; an
 * effect whose request was edited has another key each time: how often effects of the run were edited is in its control.
 */
export const caseColumns = `
c.id, c.run_id, c.flow, c.key, c.cause, c.summary, c.opened_at, c.closed_at, c.closed_because, c.group_key, c.party,
trim_scale(c.worth)::text as worth, c.currency, c.due_by, c.effect_key, c.instance, c.fault, c.severity, c.owner,
c.deadline_at, c.level, c.revision, r.state, r.phase, r.flow_version,
r.control::jsonb #>> '{children,0,key}' as part, e.key is not null as waits,
e.doubt_since is not null as doubted, e.owner is not null as sent`;

export const caseSources = `
from case_record c
left join run r on r.id = c.run_id
left join lateral (
  select x.key, x.owner, x.doubt_since from effect x
  where c.effect_key <> '' and c.closed_at is null and x.key = any(c.effect_key || array(
    select regexp_replace(c.effect_key, '(:undo)?$', '.e' || edits.count || '\\1')
    from jsonb_each_text(r.control::jsonb -> 'edits') as edits (effect, count)))
  limit 1
) e on true`;

/**
 * Whether a case is about one of these warehouses, as its run is listed; by primary key of `standing`, for each case that is looked at
 * (an `exists` would be planned as a join that reads all of it). A letter is about none.
 */
export const isOfSites = (parameter: string, of = 'c'): string =>
  `coalesce((select st.sites && ${parameter}::text[] from standing st where st.run_id = ${of}.run_id), false)`;

/** The warehouses that a case is about; by both primary keys. */
export const sitesOfCase = `
select coalesce(st.sites, '{}') as sites from case_record c left join standing st on st.run_id = c.run_id where c.id = $1`;

/** By primary key. */
export const selectCase = `select ${caseColumns} ${caseSources} where c.id = $1`;

interface Order {
  /** What is sorted by, before the id. */
  readonly by: string;
  readonly type: string;
  readonly direction: 'asc' | 'desc';
  readonly state: 'open' | 'closed';
}

/** By `case_by_due`, `case_by_worth`, `case_by_age` and `case_by_closing`. */
export const caseOrders = {
  shipBy: { by: `coalesce(c.due_by, 'infinity')`, type: 'timestamptz', direction: 'asc', state: 'open' },
  worth: { by: 'coalesce(c.worth, -1)', type: 'numeric', direction: 'desc', state: 'open' },
  age: { by: 'c.opened_at', type: 'timestamptz', direction: 'asc', state: 'open' },
  closed: { by: 'c.closed_at', type: 'timestamptz', direction: 'desc', state: 'closed' },
} as const satisfies Readonly<Record<string, Order>>;
export type CaseOrder = keyof typeof caseOrders;

/** Each takes one parameter. */
export const caseConditions = {
  group: (n: number) => `c.group_key = $${n}`,
  cause: (n: number) => `c.cause = $${n}`,
  flow: (n: number) => `c.flow = $${n}`,
  key: (n: number) => `c.key = any($${n}::text[])`,
  party: (n: number) => `c.party = $${n}`,
  owner: (n: number) => `c.owner = $${n}`,
  unowned: (n: number) => `(c.owner is null) = $${n}::boolean`,
  instance: (n: number) => `c.instance = $${n}`,
  severity: (n: number) => `c.severity = $${n}`,
  currency: (n: number) => `c.currency = $${n}`,
  minimumWorth: (n: number) => `c.worth >= $${n}::numeric`,
  overdueAt: (n: number) => `c.deadline_at < $${n}::timestamptz`,
  sites: (n: number) => isOfSites(`$${n}`),
} as const;
export type CaseCondition = keyof typeof caseConditions;

/**
 * A page: what was asked for and nothing else stands in the statement, so that its plan is the one for this question. Parameters:
 * the conditions' values in their order, then place and id of the last row before (where there was one), then the limit.
 */
export function casePage(order: CaseOrder, conditions: readonly CaseCondition[], goesOn: boolean): string {
  const { by, type, direction, state }: Order = caseOrders[order];
  const wanted = conditions.map((condition, index) => caseConditions[condition](index + 1));
  const n = conditions.length;
  const after = `(${by}, c.id) ${direction === 'asc' ? '>' : '<'} ($${n + 1}::${type}, $${n + 2}::uuid)`;
  const where = [`c.closed_at is ${state === 'open' ? '' : 'not '}null`, ...wanted, ...(goesOn ? [after] : [])];
  return `
select ${caseColumns}, (${by})::text as place ${caseSources}
where ${where.join(' and ')}
order by ${by} ${direction}, c.id ${direction}
limit $${n + (goesOn ? 3 : 1)}`;
}

/**
 * Groups of open cases, the largest first. The counting reads the index `case_summary` and no table; the sample of each, which is
 * its most urgent case, is looked up by `case_of_group`. $1 now, $2 flow, $3 cause, $4 instance, $5 one group, $6 and $7 count and
 * group after which the page begins, $8 limit. Who sees some warehouses only has a statement of their own, whose counts are of those;
 * $9 is which.
 */
const groups = (condition: (of: string) => string): string => `
with counted as (
  select group_key, currency, owner, count(*) as count, sum(worth) as worth, min(opened_at) as oldest, min(due_by) as next_due,
         count(*) filter (where deadline_at < $1::timestamptz) as overdue
  from case_record c where closed_at is null and ($5::text is null or group_key = $5)${condition('c')}
  group by group_key, currency, owner
), whole as (
  select group_key, sum(count)::int as count, sum(overdue)::int as overdue, min(oldest) as oldest, min(next_due) as next_due,
         coalesce(sum(count) filter (where owner is null), 0)::int as unowned
  from counted group by group_key
)
select w.*, s.id, s.flow, s.cause, s.instance, s.severity, s.key, s.summary,
  (select coalesce(jsonb_agg(jsonb_build_object('currency', m.currency, 'amount', trim_scale(m.worth)::text) order by m.currency), '[]')
   from (select currency, sum(worth) as worth from counted c
         where c.group_key = w.group_key and currency is not null and worth is not null group by currency) m) as worth,
  (select coalesce(jsonb_agg(jsonb_build_object('owner', o.owner, 'count', o.count) order by o.count desc, o.owner), '[]')
   from (select owner, sum(count)::int as count from counted c
         where c.group_key = w.group_key and owner is not null group by owner) o) as owners
from whole w
cross join lateral (
  select x.* from case_record x where x.group_key = w.group_key and x.closed_at is null${condition('x')}
  order by coalesce(x.due_by, 'infinity'), x.opened_at, x.id limit 1
) s
where ($2::text is null or s.flow = $2) and ($3::text is null or s.cause = $3) and ($4::text is null or s.instance = $4)
  and ($6::int is null or w.count < $6 or (w.count = $6 and w.group_key > $7::text))
order by w.count desc, w.group_key
limit $8`;

export const selectGroups = groups(() => '');
export const selectGroupsOfSites = groups((of) => ` and ${isOfSites('$9', of)}`);
