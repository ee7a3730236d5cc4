/** The one row, made when it is not there. */
export const readSweep = `
with made as (insert into progress_sweep (one) values (true) on conflict do nothing)
select swept_to, shape, rebuilt_to, rebuilt_at from progress_sweep`;

/**
 * Up to where every journal row can be seen that ever will: $1 seconds ago, or where the oldest commit began that is under way. What
 * is younger is on its way from the nodes' memories.
 */
export const seenUntil = `
select least(now() - make_interval(secs => $1), (
  select min(xact_start) from pg_stat_activity where application_name like 'crossdock-commit%' and datname = current_database()
)) as until`;

/**
 * Runs of listed flows whose journal is newer than their standing, by the block-range index on `journal.recorded_at`; the rest by primary
 * keys. From $1 to $2; $3 flows; $4 how many at most.
 */
export const behindStanding = `
select j.run_id
from (select x.run_id, max(x.version) as version from journal x where x.recorded_at >= $1 and x.recorded_at < $2 group by x.run_id) j
cross join lateral (select r.flow from run r where r.id = j.run_id offset 0) r
left join lateral (select s.version from standing s where s.run_id = j.run_id offset 0) s on true
where r.flow = any($3::text[]) and (s.version is null or s.version < j.version)
limit $4`;

export const keepSweptTo = `update progress_sweep set swept_to = $1`;

/** All runs are to be written in this shape. */
export const beginShape = `update progress_sweep set shape = $1, rebuilt_to = null, rebuilt_at = null`;

/** A slice of all runs in the order of their ids, by primary key `run`. */
export const sliceOfRuns = `
select r.id, r.flow from run r where r.id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000') order by r.id limit $2`;

export const keepRebuiltTo = `update progress_sweep set rebuilt_to = $1, rebuilt_at = case when $2::boolean then now() end`;

/** Months of the journal that have no index by time yet. */
export const monthsWithoutIndex = `
select c.relname as month
from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'journal'::regclass and not exists (
  select from pg_index x join pg_inherits xi on xi.inhrelid = x.indexrelid
  where x.indrelid = c.oid and xi.inhparent = 'journal_recorded'::regclass)`;
