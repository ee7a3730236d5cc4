import { rootsWithCases } from './read-runs.ts';

/** Whether everything may be counted. If not, each run is looked at: $n sites or null, $n + 1 source or null. */
export type Sees = 'all' | 'some';

/** Who sees all gives no limits: then the indexes answer by themselves. */
const visible = (sees: Sees, n: number): string =>
  sees === 'all'
    ? 'true'
    : `($${n}::text[] is null or s.sites && $${n}) and ($${n + 1}::text is null or s.source = $${n + 1})`;

/**
 * Open runs by where they stand, and once more for each currency (where `of_state` is false), by the indexes of open ones. $1 flow, $2 now,
 * $3 sites, $4 source
 */
export const countOpen = (sees: Sees): string => `
select s.state, s.currency, grouping(s.currency) = 1 as of_state, count(*)::int as count, trim_scale(sum(s.worth))::text as worth,
  min(s.entered_at) as oldest,
  percentile_cont(0.5) within group (order by extract(epoch from $2::timestamptz - s.entered_at)::float8) as age
from standing s where s.flow = $1 and s.phase <> 'ended' and ${visible(sees, 3)}
group by grouping sets ((s.state), (s.state, s.currency))`;

/** Runs that ended since $2, by `standing_ended`. $3 sites, $4 source */
export const countEnded = (sees: Sees): string => `
select s.state, s.currency, grouping(s.currency) = 1 as of_state, count(*)::int as count, trim_scale(sum(s.worth))::text as worth
from standing s where s.flow = $1 and s.phase = 'ended' and s.entered_at >= $2 and ${visible(sees, 3)}
group by grouping sets ((s.state), (s.state, s.currency))`;

/** Runs that began since $2, by `standing_newest`. $3 sites, $4 source */
export const countBegun = (sees: Sees): string => `
select count(*)::int as count from standing s where s.flow = $1 and s.started_at >= $2 and ${visible(sees, 3)}`;

/** Of open runs with open cases, how many stand where; from the cases to the runs. $1 flow, $2 sites, $3 source */
export const countWithCases = (sees: Sees): string => `
select s.state, count(*)::int as count
from (${rootsWithCases}) f
cross join lateral (select x.* from standing x where x.run_id = f.run_id offset 0) s
where s.flow = $1 and s.phase <> 'ended' and ${visible(sees, 2)}
group by s.state`;

/** Which way runs went since $3, by `stay_left`, index only. $1 flow, $2 its states, $4 sites, $5 source */
export const countMoves = (sees: Sees): string => `
select y.state as from, y.moved_to as to, count(*)::int as count
from stay y ${sees === 'all' ? '' : 'cross join lateral (select x.sites, x.source from standing x where x.run_id = y.run_id offset 0) s'}
where y.flow = $1 and y.state = any($2::text[]) and y.left_at >= $3 and ${visible(sees, 4)}
group by y.state, y.moved_to`;

/** The median stay in each state of those that ended since $3, in seconds, by `stay_left`; index only. */
export const usualStays = `
select y.state, percentile_cont(0.5) within group (order by extract(epoch from y.left_at - y.entered_at)::float8) as seconds
from stay y where y.flow = $1 and y.state = any($2::text[]) and y.left_at >= $3
group by y.state`;

/**
 * The median time from coming to a state until first moving to $4, in seconds: of the last $5 arrivals there since $3. By `stay_left` and
 * primary key `stay`.
 */
export const usualTimesTo = `
with arrived as (
  select y.run_id, y.left_at from stay y
  where y.flow = $1 and y.state = any($2::text[]) and y.left_at >= $3 and y.moved_to = $4
  order by y.left_at desc limit $5
)
select y.state, percentile_cont(0.5) within group (order by extract(epoch from a.left_at - y.entered_at)::float8) as seconds
from arrived a cross join lateral (select x.state, x.entered_at, x.left_at from stay x where x.run_id = a.run_id offset 0) y
where y.left_at <= a.left_at
group by y.state`;

/**
 * Runs that stand for themselves of which a part came to state $2 since $3: those that are over by `stay_left`, and those that are there by
 * `standing_of_state`. $1 the parts' flow, $4 the runs' flow, $5 sites, $6 source
 */
export const countReached = (sees: Sees): string => `
select count(*)::int as count
from (
  select p.root_key from stay y
  cross join lateral (select x.root_key from standing x where x.run_id = y.run_id offset 0) p
  where y.flow = $1 and y.state = $2 and y.left_at >= $3 and y.entered_at >= $3
  union
  select p.root_key from standing p where p.flow = $1 and p.state = $2 and p.entered_at >= $3
) d ${
  sees === 'all'
    ? ''
    : `
cross join lateral (select x.id from run x where x.flow = $4 and x.key = d.root_key offset 0) r
cross join lateral (select x.sites, x.source from standing x where x.run_id = r.id offset 0) s`
}
where $4::text is not null and ${visible(sees, 5)}`;

/** All open runs by flow, state and currency, by the indexes of open ones. */
export const summariseOpen = `
select s.flow, s.state, s.currency, count(*)::int as count, trim_scale(sum(s.worth))::text as worth, min(s.entered_at) as oldest
from standing s where s.phase <> 'ended' and s.flow = any($1::text[])
group by s.flow, s.state, s.currency`;
