/**
 * What waits to leave: open parts that were not sent, and runs that have no part yet but know the place; each at its place.
 * $1 the parts' flow, $2 the runs' flow, $3 places with $4 when they are left and $5 before when what leaves is due, $6 states of parts that
 * wait, $7 states of runs before their parts, $8 source or null
 */
const waiting = `
place as (
  select * from unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) as x (site, leaves_at, due_before)
), cased as materialized (
  select s.flow, s.key
  from (select distinct c.run_id from case_record c where c.closed_at is null and c.severity <> 'warning' and c.run_id is not null) o
  cross join lateral (select x.flow, x.key from standing x where x.run_id = o.run_id offset 0) s
), waits as materialized (
  select w.site, w.leaves_at, p.run_id, p.flow, p.key, p.root_key as root, p.state, p.entered_at, p.due_by, p.started_at,
    p.key in (select key from cased where flow = $1) or p.root_key in (select key from cased where flow = $2) as has_case
  from standing p
  join place w on w.site = any(p.sites)
  where p.flow = $1 and p.phase <> 'ended' and p.state = any($6::text[])
    and (p.due_by < w.due_before or (p.due_by is null and p.started_at < w.leaves_at))
    and ($8::text is null or exists (select from run r join standing s on s.run_id = r.id
                                     where r.flow = $2 and r.key = p.root_key and s.source = $8))
  union all
  select w.site, w.leaves_at, p.run_id, p.flow, p.key, p.key, p.state, p.entered_at, p.due_by, p.started_at,
    p.key in (select key from cased where flow = $2)
  from standing p
  join place w on w.site = any(p.sites)
  where p.flow = $2 and p.phase <> 'ended' and p.state = any($7::text[]) and p.due_by < w.due_before
    and ($8::text is null or p.source = $8)
)`;

/**
 * How many wait at each place (rows without a flow), and those of them that will not be in time, or usually would not: with a case, at a flow and state whose system is shut ($10 to $12, by place), or
 * with the usual time of their state ($13 to $15 flow, state, seconds) ending after the departure. $9 now, $16 how many at each place;
 * each says how many there are at its place in all, and how many of those are certain
 */
export const selectLate = `
with ${waiting}, shut as (
  select * from unnest($10::text[], $11::text[], $12::text[]) as x (site, flow, state)
), usual as (
  select * from unnest($13::text[], $14::text[], $15::float8[]) as x (flow, state, seconds)
), judged as (
  select w.*, w.leaves_at <= $9::timestamptz as has_left,
    exists (select from shut x where x.site = w.site and x.flow = w.flow and x.state = w.state) as is_shut, u.seconds,
    greatest(w.entered_at + make_interval(secs => u.seconds), $9::timestamptz) > w.leaves_at as is_slow
  from waits w left join usual u on u.flow = w.flow and u.state = w.state
)
select w.site, count(*)::int as waiting, null as flow, null as key, null as root, null as state, null::timestamptz as entered_at,
  null::boolean as has_case, null::boolean as has_left, null::boolean as is_shut, null::float8 as seconds, null::int as certain,
  null::int as late, 0 as n
from waits w group by w.site
union all
select * from (
  select j.site, null::int, j.flow, j.key, j.root, j.state, j.entered_at, j.has_case, j.has_left, j.is_shut, j.seconds::float8,
    (count(*) filter (where j.has_left or j.has_case or j.is_shut) over (partition by j.site))::int, (count(*) over (partition by j.site))::int,
    row_number() over (partition by j.site order by (j.has_left or j.has_case or j.is_shut) desc, j.due_by nulls last, j.started_at, j.run_id) as n
  from judged j
  where j.has_left or j.has_case or j.is_shut or j.is_slow
) l where l.n <= $16
order by site, n`;

/**
 * How many parts left each place since $2, of those that were due on it: those that came to state $3. By `stay_left` and
 * `standing_open_by_age`. $1 the parts' flow, $4 places with $5 before when what leaves is due
 */
export const countLeft = `
select w.site, count(distinct p.run_id)::int as count
from (
  select y.run_id from stay y where y.flow = $1 and y.state = $3 and y.left_at >= $2 and y.entered_at >= $2
  union
  select s.run_id from standing s where s.flow = $1 and s.phase <> 'ended' and s.state = $3 and s.entered_at >= $2
) d
cross join lateral (select x.* from standing x where x.run_id = d.run_id offset 0) p
join (select * from unnest($4::text[], $5::timestamptz[]) as x (site, due_before)) w on w.site = any(p.sites)
where (p.due_by is null or p.due_by < w.due_before)
  and ($6::text is null or exists (select from run r join standing s on s.run_id = r.id
                                   where r.flow = $7 and r.key = p.root_key and s.source = $6))
group by w.site`;

/** Why a person must look at them: the oldest open case of each, by `case_of_run`. */
export const casesOfKeys = `
select q.flow, q.key, c.cause, c.summary
from unnest($1::text[], $2::text[]) as q (flow, key)
cross join lateral (
  select x.cause, x.summary from case_record x
  where x.flow = q.flow and x.key = q.key and x.closed_at is null and x.severity <> 'warning'
  order by x.opened_at limit 1
) c`;
