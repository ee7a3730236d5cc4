/**
 * Takes what is due, the oldest first, by primary key `figure_due`; what a second sampler is at is left to it. A run whose standing is
 * not written yet (course null) makes its course due again when it is. Standings by their primary key. $1 how many
 */
export const takeDue = `
with taken as (
  delete from figure_due where id = any(array(select id from figure_due order by id limit $1 for update skip locked))
  returning course, run_id
)
select distinct coalesce(t.course, s.course) as course
from taken t
left join lateral (select coalesce(x.root_key, x.key) as course from standing x where x.run_id = t.run_id offset 0) s on true`;

/** By index `standing_of_course`. $1 courses */
export const runsOfCourses = `
select coalesce(root_key, key) as course, run_id, flow, key, started_at, entered_at, state, visit, phase, ending, sites
from standing where coalesce(root_key, key) = any($1::text[]) order by started_at, run_id`;

/** By primary key `stay`. $1 runs */
export const staysOfRuns = `
select run_id, visit, state, entered_at, left_at from stay where run_id = any($1::uuid[]) order by run_id, visit`;

/** By index `fact_of_subject`, in the partitions from $3 on. $1 keys, $2 types */
export const factsOfKeys = `
select subject, type, time, data from fact
where subject = any($1::text[]) and type = any($2::text[]) and recorded_at >= $3::timestamptz - interval '1 day'
order by xid, seq`;

/** By index `journal_of_run`, in the partitions from $3 on; only rows in which one of the texts stands. $1 runs, $2 patterns */
export const entriesOfRuns = `
select run_id, entries from journal
where run_id = any($1::uuid[]) and recorded_at >= $3::timestamptz - interval '1 day' and entries like any($2::text[])
order by run_id, version`;

/** The rows that asked certain effects, of runs in which one failed; by index `journal_of_run`. $1 runs, $2 their keys as JSON, $3 as above */
export const askedOfRuns = `
select run_id, entries from journal j
where run_id = any($1::uuid[]) and recorded_at >= $3::timestamptz - interval '1 day' and entries like '%"kind":"asked"%'
  and exists (select from unnest($2::text[]) as k (key) where strpos(j.entries, k.key) > 0)
order by run_id, version`;

const caseColumns = 'c.id, c.run_id, c.flow, c.key, c.cause, c.opened_at, c.closed_at, c.level';

/** By index `case_of_run`. $1 flows, $2 keys */
export const casesOfRuns = `
select ${caseColumns} from unnest($1::text[], $2::text[]) as r (flow, key)
cross join lateral (
  select * from case_record x where x.flow = r.flow and x.key = r.key and x.run_id is not null offset 0
) c
order by c.opened_at, c.id`;

/** Cases that stand for no run, by primary key. $1 cases */
export const casesAlone = `
select ${caseColumns} from case_record c where c.id = any($1::uuid[]) and c.run_id is null`;

/** By index `action_of_case`. $1 cases */
export const actsOfCases = `
select case_id, action, by, at, verdict from case_action where case_id = any($1::uuid[]) order by case_id, at, id`;

/** Everything there is, for other definitions or another time zone: reads the tables from end to end, once. */
export const allIsDue = `
insert into figure_due (course)
select distinct coalesce(root_key, key) from standing
union all select 'case:' || id from case_record where run_id is null`;
