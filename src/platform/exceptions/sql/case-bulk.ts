import { caseColumns, caseSources, isOfSites } from './case-lists.ts';

/** How many there are; reads the index `case_of_group` and, for all sites, no table. $1 group, $2 sites, null: all */
export const countGroup = `
select count(*)::int as count from case_record c
where group_key = $1 and closed_at is null and ($2::text[] is null or ${isOfSites('$2')})`;

/**
 * A slice of a group in the order in which a bulk takes them: the most urgent first, then the oldest, so that the cases of one
 * business object are taken in their order. By `case_of_group`. $1 group, $2 when it began, $3 to $5 place, $6 limit, $7 sites,
 * null: all
 */
export const sliceOfGroup = `
select ${caseColumns}, coalesce(c.due_by, 'infinity')::text as place_due, c.opened_at::text as place_opened ${caseSources}
where c.group_key = $1 and c.closed_at is null and c.opened_at <= $2
  and (coalesce(c.due_by, 'infinity'), c.opened_at, c.id) > ($3::timestamptz, $4::timestamptz, $5::uuid)
  and ($7::text[] is null or ${isOfSites('$7')})
order by coalesce(c.due_by, 'infinity'), c.opened_at, c.id
limit $6`;

export const insertBulk = `
insert into bulk_action (id, action, group_key, at, by, details, total, sites) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)
on conflict (id) do nothing returning id`;

const columns = `id, action, group_key, at, by, details, state, total, looked, applied, ignored, refused, refusals, finished_at, sites`;

/** By primary key. */
export const selectBulk = `select ${columns} from bulk_action where id = $1`;

/** Newest first; by `bulk_by_time`. $1 limit, $2 the only sites of whoever looks */
export const selectBulks = `
select ${columns} from bulk_action where $2::text[] is null or sites <@ $2 order by at desc, id desc limit $1`;

/**
 * Takes the oldest one that runs and that nobody works on, by `bulk_running`. A worker that died is known by its lease, on the
 * database's clock; that two work on one for a moment does nothing twice. $1 worker, $2 lease in ms,
 * $3 what it has in hand
 */
export const takeBulk = `
update bulk_action b set worker = $1, lease_until = now() + $2 * interval '1 ms'
from (
  select id from bulk_action
  where state = 'running' and (worker is null or worker = $1 or lease_until < now()) and not id = any($3::uuid[])
  order by at limit 1 for update skip locked
) free
where b.id = free.id
returning b.id, b.action, b.group_key, b.at, b.by, b.details, b.sites`;

/** Locks it for one batch: nothing when it was stopped, or another took it. $1 bulk, $2 worker, $3 lease in ms */
export const holdBulk = `
update bulk_action set lease_until = now() + $3 * interval '1 ms'
where id = $1 and worker = $2 and state = 'running'
returning coalesce(place_due, '-infinity')::text as place_due, coalesce(place_opened, '-infinity')::text as place_opened,
  coalesce(place_id, '00000000-0000-0000-0000-000000000000') as place_id`;

/** Refusals with those of a parameter added, reason by reason. */
const refusalsWith = (more: string): string => `(
  select coalesce(jsonb_object_agg(reason, count), '{}') from (
    select reason, sum(count)::int as count from (
      select key as reason, value::int as count from jsonb_each_text(refusals)
      union all select key, value::int from jsonb_each_text(${more}::jsonb)) both_of_them
    group by reason) summed)`;

/** $1 bulk, $2 to $4 place, $5 looked at, $6 refused, $7 refusals by reason */
export const advanceBulk = `
update bulk_action set place_due = $2::timestamptz, place_opened = $3::timestamptz, place_id = $4, looked = looked + $5,
  refused = refused + $6,
  refusals = ${refusalsWith('$7')}
where id = $1`;

/** $1 bulk, $2 applied, $3 ignored, $4 refused, $5 refusals by reason */
export const countVerdicts = `
update bulk_action set applied = applied + $2, ignored = ignored + $3, refused = refused + $4, refusals = ${refusalsWith('$5')}
where id = $1`;

/** What was taken and not finished, by `action_unfinished`. $1 bulk, $2 limit */
export const unfinishedActions = `
select a.id as intent, ${caseColumns} ${caseSources.replace('from case_record c', 'from case_action a join case_record c on c.id = a.case_id')}
where a.bulk_id = $1 and a.verdict is null order by coalesce(c.due_by, 'infinity'), c.opened_at, c.id limit $2`;

export const finishBulk = `
update bulk_action set state = 'finished', finished_at = $2, worker = null
where id = $1 and state = 'running' returning looked, applied, ignored, refused`;

export const stopBulk = `
update bulk_action set state = 'stopped', finished_at = $2, worker = null where id = $1 and state = 'running' returning id`;

/** How much waits in a lane, up to a limit; by `effect_unowned`. $1 instance, $2 limit */
export const laneBacklog = `
select count(*)::int as count from (select from effect where instance = $1 and owner is null limit $2) waiting`;
