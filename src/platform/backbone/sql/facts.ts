/** Which database this is: a restored copy has another identifier or another timeline. */
export const whichCluster = `
select (select system_identifier from pg_control_system())::text || '/' || (select timeline_id from pg_control_checkpoint())::text as cluster`;

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
