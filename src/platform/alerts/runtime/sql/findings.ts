/** Open cases by what they have in common, a row for each currency: by the partial indexes of open cases. */
export const casesTogether = `
select case $1 when 'group' then group_key when 'party' then coalesce(party, 'unknown') else cause end as subject,
  currency, count(*)::int as count, sum(worth)::text as worth, min(opened_at) as since, min(summary) as summary,
  (array_agg(key))[1:5] as examples
from case_record
where closed_at is null
  and ($2::text is null or cause = $2)
  and ($3::text is null or flow = $3)
  and ($4::text is null or party = $4)
  and ($5::text is null or severity = $5)
group by 1, 2
order by 1, 2`;

/** Open cases whose deadline is over: by index `case_deadline`. */
export const casesOverdue = `
select cause as subject, currency, count(*)::int as count, sum(worth)::text as worth, min(deadline_at) as since,
  min(summary) as summary, (array_agg(key))[1:5] as examples
from case_record
where closed_at is null and (deadline_at <= $1 or level > 0)
  and ($2::text is null or cause = $2) and level >= $3
group by 1, 2
order by 1, 2`;

/** What outside systems have not answered: one row for each that is waited for. Open effects only have a row. */
export const backlogs = `
select instance as lane, count(*)::int as count, min(asked_at) as oldest from effect where not withdraw group by instance`;

/** A row for each feed: by primary keys. A node of the program before knows cursors alone. */
export const feedReadings = `
select instance || '/' || feed as feed, greatest(c.updated_at, s.read_at) as read_at
from feed_cursor c full join feed_standing s using (instance, feed)
where c.updated_at is not null or s.read_at is not null`;

/** Of each subscription the newest replay, when it stopped: by index `replay_newest`. */
export const stoppedReplays = `
select subscription, surprise, updated_at from (
  select distinct on (subscription) subscription, state, surprise, updated_at from replay order by subscription, planned_at desc
) newest where state = 'stopped'`;

/**
 * Nodes whose beat stands still though they were not stopped in order, and not for longer than somebody cares: by primary keys, of a
 * handful. Notes in passing whose beat has moved.
 */
export const silentNodes = `
with beat as (
  select name, epoch::text || '.' || beat::text as beat, ended_epoch is not distinct from epoch as stopped from node
), moved as (
  insert into node_watch as known (name, beat, moved_at) select name, beat, $1 from beat
  on conflict (name) do update set beat = excluded.beat, moved_at = excluded.moved_at where known.beat <> excluded.beat
)
select beat.name, watch.moved_at from beat join node_watch watch using (name, beat)
where not stopped and watch.moved_at <= $2 and watch.moved_at > $3`;

/** Lanes whose breaker is open, for all nodes: a row for each outside system. */
export const shutLanes = `select name as lane, shut_since from lane where shut_since <= $1 and paused_at is null`;

/** Sessions of this database alone. */
export const oldTransactions = `
select pid, application_name, xact_start from pg_stat_activity
where datname = current_database() and backend_type = 'client backend' and xact_start < now() - make_interval(secs => $1)
order by xact_start limit 5`;

/**
 * A slice of all runs by primary key, and of those that are in the states asked for since before their moments: since when, which the
 * journal knows, by index `journal_of_run`.
 */
export const longStays = `
with slice as materialized (
  select id, flow, key, state, visit, phase, started_at from run where id > $1 order by id limit $2
), stay as (
  select s.id, s.key, s.visit, a.n, a.before
  from slice s join unnest($3::text[], $4::text[], $5::timestamptz[]) with ordinality as a (flow, state, before, n)
    on s.flow = a.flow and s.state = a.state and s.phase <> 'ended' and s.started_at <= a.before
), since as (
  select stay.n, stay.key, stay.before, (
    select max(j.recorded_at) from journal j
    where j.run_id = stay.id and strpos(j.entries, '"visit":' || stay.visit || '}') > 0 and strpos(j.entries, '"kind":"entered"') > 0
  ) as at
  from stay
)
select (select id from slice order by id desc limit 1) as last, (select count(*)::int from slice) as size,
  coalesce((select jsonb_agg(jsonb_build_object('n', n, 'count', count, 'since', since, 'examples', examples)) from (
    select n::int, count(*)::int as count, min(at) as since, (array_agg(key))[1:5] as examples
    from since where at <= before group by n
  ) found), '[]') as found`;
