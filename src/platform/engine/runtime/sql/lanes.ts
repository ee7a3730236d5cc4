/** A lane with its portions, or its new budget; portions beyond the count go. By primary keys `lane` and `lane_portion`. */
export const registerLane = `
with known as (
  insert into lane (name, concurrency, per_second, portions) values ($1, $2, $3, $4)
  on conflict (name) do update
    set concurrency = excluded.concurrency, per_second = excluded.per_second, portions = excluded.portions
    where (lane.concurrency, lane.per_second, lane.portions)
      is distinct from (excluded.concurrency, excluded.per_second, excluded.portions)
), surplus as (
  delete from lane_portion where lane = $1 and number > $4
)
insert into lane_portion (lane, number) select $1, n from generate_series(1, $4::int) n on conflict do nothing`;

/** A node takes part, with nothing in hand; what an earlier life of it held is free. Writes nothing when a later life is there. */
export const enterLanes = `
with entered as (
  insert into lane_node (name, epoch) values ($1, $2)
  on conflict (name) do update set epoch = excluded.epoch, beat = 0, lanes = '{}' where lane_node.epoch <= excluded.epoch
  returning name
), unprobed as (
  update lane set probe = null, revision = revision + 1 where probe = $1 and exists (select from entered)
), freed as (
  update lane_portion set holder = null where holder = $1 and exists (select from entered)
)
select name from entered`;

/** At a graceful stop: all that it held is free at once. */
export const leaveLanes = `
with gone as (
  delete from lane_node where name = $1 and epoch = $2 returning name
), unprobed as (
  update lane set probe = null, revision = revision + 1 where probe = $1 and exists (select from gone)
)
update lane_portion set holder = null where holder = $1 and exists (select from gone)`;

/**
 * One node's round, all lanes at once: it beats and says what it has to do, buries nodes whose beat stood still, gives portions back
 * and takes free ones, and reads how everything stands (as it stood when the statement began). Every table here is small but for
 * `effect`, of which one row per lane is read, by index `effect_unowned`.
 *
 * Whoever gives or takes beats in the same statement: a node that is buried meanwhile finds no row to beat, and then nothing else
 * happens. Portions freed here can be taken by the next statement.
 */
export const laneRound = `
with me as (
  update lane_node set beat = beat + 1, lanes = $3 where name = $1 and epoch = $2 returning name
), gone as (
  delete from lane_node n using unnest($4::text[], $5::bigint[], $6::bigint[]) as d (name, epoch, beat)
  where n.name = d.name and n.epoch = d.epoch and n.beat = d.beat and exists (select from me)
  returning n.name
), unprobed as (
  update lane set probe = null, revision = revision + 1 where probe in (select name from gone)
), given as (
  update lane_portion p set holder = null from unnest($7::text[], $8::int[]) as g (lane, number)
  where p.lane = g.lane and p.number = g.number and p.holder = $1 and exists (select from me)
), freed as (
  update lane_portion set holder = null where holder in (select name from gone)
), free as materialized (
  select f.lane, f.number
  from unnest($9::text[], $10::int[]) as w (lane, more)
  cross join lateral (
    select p.lane, p.number from lane_portion p join lane l on l.name = p.lane
    where p.lane = w.lane and p.holder is null and p.number <= l.portions
    order by p.number limit w.more for update of p skip locked
  ) f
  where exists (select from me)
), taken as (
  update lane_portion p set holder = $1 from free f where p.lane = f.lane and p.number = f.number
  returning p.lane, p.number
)
select (select count(*)::int from me) as alive,
  (select coalesce(json_agg(json_build_array(lane, number)), '[]') from taken) as taken,
  (select coalesce(json_agg(json_build_array(lane, number, holder)), '[]') from lane_portion
   where holder is not null and lane = any($11::text[])) as held,
  (select coalesce(json_agg(json_build_object('name', name, 'epoch', epoch, 'beat', beat, 'lanes', lanes)), '[]')
   from lane_node where name <> $1) as peers,
  (select coalesce(json_agg(json_build_object('name', name, 'concurrency', concurrency, 'perSecond', per_second,
      'portions', portions, 'revision', revision, 'probe', probe, 'coolMs', cool_ms, 'pausedBy', paused_by,
      'leftMs', case when shut_since is not null then
        greatest(0, least(shut_for_ms, extract(epoch from shut_until - clock_timestamp()) * 1000)) end)), '[]')
   from lane) as lanes,
  (select coalesce(json_agg(json_build_array(l.name, w.floor)), '[]') from lane l cross join lateral (
     select e.priority as floor from effect e where e.owner is null and e.instance = l.name order by e.priority, e.asked_at limit 1
   ) w where $12::boolean) as waiting`;

const told = (what: string, condition: string): string => `told as (
  insert into lane_event (lane, what, who, because) select $1, '${what}', $2, $3 where ${condition}
)`;

/**
 * The breaker opened, or was asked to stay open longer. `$6`: a probe that is under way does not count any more. Answers whether
 * it was closed before. By primary key `lane`, locked first so that of many nodes one is the one that opened it.
 */
export const shutLane = `
with before as materialized (
  select shut_since from lane where name = $1 for update
), ${told('opened', '(select shut_since from before) is null')}
update lane
set shut_since = coalesce(lane.shut_since, clock_timestamp()),
    shut_until = greatest(lane.shut_until, clock_timestamp() + $4::double precision * interval '1 millisecond'),
    shut_for_ms = greatest($4, least(lane.shut_for_ms, extract(epoch from lane.shut_until - clock_timestamp()) * 1000)),
    cool_ms = $5, shut_because = $3, probe = case when not $6::boolean then lane.probe end, revision = lane.revision + 1
from before where lane.name = $1
returning lane.revision::int as revision, before.shut_since is null as first`;

/** The right to find out, given to one node; only to one that has read what is true now. */
export const askForProbe = `
update lane set probe = $2, revision = revision + 1
where name = $1 and shut_since is not null and (probe is null or probe = $2) and revision = $3
returning revision::int as revision`;

/** There is nothing to find out with. */
export const giveProbeBack = `update lane set probe = null, revision = revision + 1 where name = $1 and probe = $2
returning revision::int as revision`;

/** It is back: said by the node whose call found out, if nobody was told to wait longer meanwhile. */
export const openLane = `
with before as materialized (
  select probe from lane where name = $1 and probe = $2 for update
), ${told('closed', 'exists (select from before)')}
update lane set shut_since = null, shut_until = null, shut_for_ms = null, cool_ms = null, shut_because = null, probe = null,
                revision = lane.revision + 1
from before where lane.name = $1
returning lane.revision::int as revision`;

/** Paused by a person, once: a second pause says only why again. */
export const pauseLane = `
with before as materialized (
  select paused_at from lane where name = $1 for update
), ${told('paused', 'exists (select from before)')}
update lane set paused_at = coalesce(lane.paused_at, now()), paused_by = $2, paused_because = $3, revision = lane.revision + 1
from before where lane.name = $1
returning before.paused_at is null as changed`;

export const resumeLane = `
with before as materialized (
  select paused_at from lane where name = $1 for update
), ${told('resumed', '(select paused_at from before) is not null')}
update lane set paused_at = null, paused_by = null, paused_because = null, revision = lane.revision + 1
from before where lane.name = $1
returning before.paused_at is not null as changed`;

/** Every lane as it stands, with its nodes' portions; for people. */
export const readLanes = `
select name, concurrency, per_second as "perSecond", portions, shut_since as "shutSince", shut_because as "shutBecause",
  case when shut_since is not null then greatest(0, least(shut_for_ms, extract(epoch from shut_until - clock_timestamp()) * 1000)) end
    as "leftMs", probe, paused_at as "pausedAt", paused_by as "pausedBy", paused_because as "pausedBecause",
  (select coalesce(json_agg(json_build_object('node', h.holder, 'numbers', h.numbers) order by h.holder), '[]')
   from (select holder, array_agg(number) as numbers from lane_portion where lane = lane.name and holder is not null group by holder) h)
    as holders
from lane order by name`;

export const readLaneNodes = `select name, lanes from lane_node order by name`;

/** What waits in the database, by urgency: by index `effect_unowned`, which holds nothing else. */
export const countUnowned = `
select instance as lane, priority, count(*)::int as count, min(asked_at) as oldest
from effect where owner is null and instance = any($1) group by instance, priority`;

/** The last pauses, resumptions and outages of a lane: by index `lane_event_of_lane`. */
export const readLaneEvents = `
select what, at, who, because from lane_event where lane = $1 order by id desc limit 20`;
