/** By primary key `inbox`. */
export const putInInbox = `
insert into inbox (flow, key, hash, kind, message) values ($1, $2, $3, $4, $5) on conflict (flow, key, hash) do nothing`;

/** By primary key `inbox`. */
export const removeFromInbox = `delete from inbox where flow = $1 and key = $2 and hash = $3`;

/**
 * What can be delivered but still lies there, oldest first, after a place in that order: by index `inbox_oldest`, with the run by
 * unique index `run (flow, key)`. Young rows are left to the hand-off that follows their commit.
 */
export const sweepInbox = `
select i.flow, i.key, i.hash, i.kind, i.message, i.put_at::text as put_at,
       i.kind = 'start' or exists (select from run r where r.flow = i.flow and r.key = i.key offset 0) as deliverable
from inbox i
where i.put_at > $1::timestamptz and i.put_at < now() - make_interval(secs => $2::float8 / 1000) and i.kind <> 'spoilt'
order by i.put_at
limit $3`;

/** A start that can never succeed: it stays for a person, out of the sweeper's way. */
export const spoilStart = `update inbox set kind = 'spoilt' where flow = $1 and key = $2 and hash = $3`;

/** A case about a run that never began; one for each run and cause. */
export const openLooseCase = `
insert into case_record (id, flow, key, cause, summary, opened_at)
select $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::timestamptz
where not exists (select from case_record where flow = $2 and key = $3 and cause = $4 and closed_at is null)`;
