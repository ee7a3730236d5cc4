/**
 * What one feed did since it was noted last: by primary keys, its standing and the ten minutes in which it was. Latencies are added step
 * by step. Nothing is added where nothing came.
 */
export const noteFeed = `
with standing as (
  insert into feed_standing as s (instance, feed, read_at, read_by, message_at, failures, failure, tells)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (instance, feed) do update set
    read_at = coalesce(excluded.read_at, s.read_at), read_by = excluded.read_by,
    message_at = coalesce(excluded.message_at, s.message_at), failures = excluded.failures, failure = excluded.failure,
    tells = case when s.tells @> excluded.tells then s.tells
                 else array(select distinct t from unnest(s.tells || excluded.tells) as t order by t) end
)
insert into feed_slot as f (instance, feed, slot, messages, unreadable, latencies)
select $1, $2, $9, $10::integer, $11::integer, $12::integer[] where $10::integer + $11::integer > 0
on conflict (instance, feed, slot) do update set
  messages = f.messages + excluded.messages, unreadable = f.unreadable + excluded.unreadable,
  latencies = array(
    select coalesce(one, 0) + coalesce(other, 0)
    from unnest(f.latencies, excluded.latencies) with ordinality as both_of_them (one, other, n) order by n)`;

/** What nobody asks for any more: by primary key. */
export const forgetSlots = 'delete from feed_slot where instance = $1 and feed = $2 and slot < $3';

/** A row a feed. */
export const readStandings = `
select instance, feed, read_at, read_by, message_at, failures, failure, tells from feed_standing`;

/** A day's slots, about 145 a feed; latencies of the last hour alone. All that there are but for the oldest. */
export const readSlots = `
select instance, feed, slot, messages, unreadable, case when slot >= $2 then latencies end as latencies
from feed_slot where slot >= $1 order by slot`;
