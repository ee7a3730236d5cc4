/**
 * What a subscriber has not taken of what it reads: from the oldest transaction that its place could not see, by index `fact_order`, and
 * no further than 10 000 facts. $1 its snapshot, ($2, $3) after which it stands in the middle of a later one, $4 the types that it reads.
 */
export const untaken = `
select count(*)::int as facts, min(recorded_at) as oldest
from (
  select type, recorded_at from fact
  where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
    and ($2::xid8 is null or (xid, seq) > ($2::xid8, $3::bigint))
  order by xid, seq limit 10000
) f
where $4::text[] is null or type = any($4::text[])`;

/** By index `inbox_oldest`; it is empty but for what has no run yet. */
export const inboxWaiting = `
select count(*)::int as messages, min(put_at) as oldest from (select put_at from inbox order by put_at limit 100000) i`;
