/** By primary key `inbox`. */
export const putInInbox = `
insert into inbox (flow, key, hash, kind, message) values ($1, $2, $3, $4, $5) on conflict (flow, key, hash) do nothing`;

/** What lies before a message of a run, in the order of sending: by primary key `inbox`, which holds a handful for a run. */
export const earlierInInbox = `
select e.flow, e.key, e.hash, e.kind, e.message
from inbox e
where e.flow = $1 and e.key = $2 and e.kind = 'message'
  and e.seq < (select own.seq from inbox own where own.flow = $1 and own.key = $2 and own.hash = $3)
order by e.seq`;

/** By primary key `inbox`. */
export const removeFromInbox = `delete from inbox where flow = $1 and key = $2 and hash = $3`;

/**
 * What can be delivered but still lies there, in the order of sending, after a place in that order: by index `inbox_in_order`, with the
 * run by unique index `run (flow, key)`. Young rows are left to the hand-off that follows their commit; one from
 * the future is old, and the database's clock was put back since.
 */
export const sweepInbox = `
select i.flow, i.key, i.hash, i.kind, i.message, i.seq::text as seq,
       i.kind = 'start' or exists (select from run r where r.flow = i.flow and r.key = i.key offset 0) as deliverable
from inbox i
where i.seq > $1::bigint and not i.put_at between now() - make_interval(secs => $2::float8 / 1000) and now() and i.kind <> 'spoilt'
order by i.seq
limit $3`;

/** A start that can never succeed: it stays for a person, out of the sweeper's way. */
export const spoilStart = `update inbox set kind = 'spoilt' where flow = $1 and key = $2 and hash = $3`;

/** A case about a run that never began; one for each run and cause. */
export const openLooseCase = `
insert into case_record (id, flow, key, cause, summary, opened_at, group_key)
select $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::timestamptz, $2::text || '.' || $4::text
where not exists (select from case_record where flow = $2 and key = $3 and cause = $4 and closed_at is null)`;

/**
 * Which of these messages their runs have taken, or have waiting: by unique index `run (flow, key)`, and primary keys `receipt` and
 * `inbox`, a look-up each.
 */
export const messagesTaken = `
select exists (select from run r join receipt t on t.run_id = r.id and t.hash = m.hash where r.flow = m.flow and r.key = m.key offset 0)
    or exists (select from inbox i where i.flow = m.flow and i.key = m.key and i.hash = m.hash offset 0) as taken
from unnest($1::text[], $2::text[], $3::uuid[]) with ordinality as m (flow, key, hash, n)
order by m.n`;
