/** Nothing of the database says that the run `s` will be woken: each look by primary key or index. Its own finding does not count. */
const isQuiet = `
      not exists (select from timer t where t.run_id = s.id offset 0)
  and not exists (select from inbox i where i.flow = s.flow and i.key = s.key offset 0)
  and not exists (select from case_record c where c.run_id = s.id and c.closed_at is null and c.cause <> 'waits-for-nothing' offset 0)`;

/**
 * A slice of the runs by primary key, and those of it that have no timer, message or case. What they wait for otherwise stands in
 * their control: open effects and children.
 */
export const quietRuns = `
with slice as materialized (
  select id, flow, key, state, phase, version, updated_at, control from run where id > $1 order by id limit $2
), quiet as (
  select s.id, s.flow, s.key, s.state, s.version, s.control from slice s
  where s.phase <> 'ended' and s.updated_at < $3 and ${isQuiet}
)
select (select id from slice order by id desc limit 1) as last, (select count(*)::int from slice) as size,
  coalesce((select jsonb_agg(to_jsonb(quiet)) from quiet), '[]') as found`;

/** Which of these effects have a row: by primary key. */
export const effectsThere = `select key from effect where key = any($1::text[])`;

/** Which of these runs live or are about to: by unique index `run (flow, key)` and primary key `inbox`. */
export const runsThere = `
select q.flow, q.key from unnest($1::text[], $2::text[]) as q (flow, key)
where exists (select from run r where r.flow = q.flow and r.key = q.key and r.phase <> 'ended' offset 0)
   or exists (select from inbox i where i.flow = q.flow and i.key = q.key offset 0)`;

/** A slice of the open effects by primary key, with the control of runs that have ended and whether their owner still lives that life. */
export const openEffects = `
with slice as materialized (
  select key, run_id, owner, epoch, attempt from effect where key > $1 order by key limit $2
)
select s.key, s.run_id, s.owner, s.epoch::text, s.attempt, r.flow, r.key as run_key, r.version,
  r.phase = 'ended' and r.updated_at < $3 as ended, case when r.phase = 'ended' then r.control end as control,
  s.owner is not null and not exists (
    select from node n where n.name = s.owner and n.epoch = s.epoch and n.ended_epoch is distinct from n.epoch) as ownerless
from slice s cross join lateral (select * from run where id = s.run_id offset 0) r order by s.key`;

/** A slice of the timers by primary key, those of ended runs marked. */
export const timersOfEnded = `
with slice as materialized (select run_id from timer where run_id > $1 order by run_id limit $2)
select s.run_id, r.flow, r.key as run_key, r.version, r.phase = 'ended' and r.updated_at < $3 as ended
from slice s cross join lateral (select * from run where id = s.run_id offset 0) r order by s.run_id`;

/** A handful. */
export const lives = `select name, epoch::text as epoch, beat::text as beat from node`;

/**
 * The case and the finding in one statement, if the run stands as it did when it was looked at: by primary keys. A second node that
 * looks too changes nothing.
 */
export const openFinding = `
with still as (
  select s.id, s.flow, s.key, s.version from run s
  where s.id = $1 and s.version = $2 and not exists (select from watchdog_finding f where f.subject = $3)
    and ($4 <> 'waits-for-nothing' or (${isQuiet}))
), opened as (
  insert into case_record (id, run_id, flow, key, cause, summary, opened_at, group_key, severity)
  select gen_random_uuid(), id, flow, key, $4, $5, $6, flow || '.' || $4, 'problem' from still
  on conflict (run_id, cause, effect_key) where closed_at is null do nothing
  returning id
)
insert into watchdog_finding (subject, kind, case_id, run_id, run_version, found_at)
select $3, $4, opened.id, $1, $2, $6 from opened
on conflict (subject) do nothing
returning subject`;

/** What a whole round did not find again is over: findings are a handful, their cases by primary key. */
export const closeFindings = `
with gone as (
  delete from watchdog_finding where kind = $1 and found_at < $3 and not (subject = any($2::text[])) returning case_id
)
update case_record c set closed_at = $4, closed_because = $5 from gone where c.id = gone.case_id and c.closed_at is null
returning c.id`;
