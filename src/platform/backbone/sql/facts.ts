/** Which database this is: a restored copy has another identifier or another timeline, or has lost time by another account. */
export const whichCluster = `
select (select system_identifier from pg_control_system())::text || '/' || (select timeline_id from pg_control_checkpoint())::text
       || coalesce((select '/' || max(id) from lost_window), '') as cluster`;

/**
 * Facts that the snapshot $1 could not see, and $2 (or this statement's own) can, after ($3, $4) in the order of transactions;
 * within a transaction as they were written. By index `fact_order`, from the oldest transaction that $1 could not see; for one key
 * by index `fact_of_subject`. The own snapshot comes back even when there is no fact.
 */
const readFrom = (condition: string): string => `
select s.upto::text as upto, f.*
from (select coalesce($2::pg_snapshot, pg_current_snapshot()) as upto) s
left join lateral (
  select xid::text as xid, seq::text as seq, id, source, type, subject, time, data
  from fact
  where xid >= pg_snapshot_xmin($1::pg_snapshot)
    and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
    and pg_visible_in_snapshot(xid, s.upto)
    and (xid, seq) > ($3::xid8, $4::bigint)
    and ($5::text[] is null or type = any($5::text[]))
    ${condition}
  order by fact.xid, fact.seq
  limit $6
) f on true`;

export const readAllKeys = readFrom('');
export const readOneKey = readFrom('and subject = $7');

/** By primary key `subscription`. */
export const makeSubscription = `insert into subscription (name) values ($1) on conflict (name) do nothing`;
/** One reader of a name at a time, on whichever node. */
export const holdSubscription = `select cursor from subscription where name = $1 for update skip locked`;
export const moveSubscription = `update subscription set cursor = $2, updated_at = now() where name = $1`;

/** By primary key `subscription`. */
export const placeOf = `select cursor from subscription where name = $1`;

/**
 * What the place of a subscription ($2; in the middle of $3 after $4, $5) has passed and is not set aside for it. A fact is recorded
 * soon after its own time, so a day around the times asked for leaves out the partitions of other months. In the order of transactions
 * by index `fact_order`; a rare reading that may walk far. What a person repaired is as they repaired it, what they gave up is left out:
 * those that were ever dead letters are few and read whole.
 */
const passed = (condition: string): string => `
with decided as materialized (
  select distinct on (fact_id) fact_id, settled_as, repaired
  from parked_fact where subscription = $1 and settled_at is not null
  order by fact_id, settled_at desc
)
select f.id, f.source, f.type, f.subject, f.time, coalesce(d.repaired, f.data) as data
from fact f left join decided d on d.fact_id = f.id
where d.settled_as is distinct from 'skipped' and (pg_visible_in_snapshot(f.xid, $2::pg_snapshot)
    or ($3::pg_snapshot is not null and pg_visible_in_snapshot(f.xid, $3::pg_snapshot) and (f.xid, f.seq) <= ($4::xid8, $5::bigint)))
  and f.time >= $6::timestamptz and f.time < $7::timestamptz
  and f.recorded_at >= $6::timestamptz - interval '1 day' and f.recorded_at < $7::timestamptz + interval '1 day'
  and ($8::text[] is null or f.type = any($8::text[]))
  ${condition}
  and not exists (
    select from parked_fact p where p.subscription = $1 and p.fact_id = f.id and p.settled_at is null
  )
order by f.xid, f.seq
limit $9`;

export const selectPassed = passed('');
/** By index `fact_of_subject`, one look-up for each key. */
export const selectPassedOfKeys = passed('and f.subject = any($10::text[])');
