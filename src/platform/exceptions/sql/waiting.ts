/** Messages that wait, oldest first, after a place in that order, with no run to take them: by index `inbox_oldest`. */
export const selectWaiting = `
select i.flow, i.key, i.message, i.put_at::text as put_at, i.seq::text as seq
from inbox i
where (i.put_at, i.seq) > ($1::timestamptz, $2::bigint) and i.kind = 'message'
  and not exists (select from run r where r.flow = i.flow and r.key = i.key offset 0)
order by i.put_at, i.seq
limit $3`;

/** One case for each key that waits; by index `case_of_run`. */
export const openWaitingCase = `
insert into case_record (id, flow, key, cause, summary, opened_at, group_key)
select gen_random_uuid(), $1::text, $2::text, $3::text, $4::text, now(), $5::text
where not exists (select from case_record where flow = $1 and key = $2 and cause = $3 and closed_at is null)`;

/** Their run has come and taken them; open cases are few, the inbox by its primary key. */
export const closeTaken = `
update case_record c set closed_at = now(), closed_because = 'the run that it was for has taken it'
where c.closed_at is null and c.cause = $1 and c.run_id is null
  and not exists (select from inbox i where i.flow = c.flow and i.key = c.key and i.kind = 'message')`;

/** A child that could not begin is there after all, or nobody waits with its start any more. */
export const closeStarted = `
update case_record c set closed_at = now(), closed_because = 'it was started'
where c.closed_at is null and c.cause = $1 and c.run_id is null
  and not exists (select from inbox i where i.flow = c.flow and i.key = c.key and i.kind in ('start', 'spoilt'))`;

/** By primary key. */
export const selectLetterCase = `
select id, flow, key, cause, summary, opened_at from case_record
where id = $1 and closed_at is null and run_id is null and cause in ('message-waits-for-nothing', 'not-started')`;
/** Of two at once the second waits, and finds it closed. */
export const holdLetterCase = `${selectLetterCase} for update`;
/** Open cases are few. */
export const selectLetterCases = `
select id, flow, key, cause, summary, opened_at from case_record
where closed_at is null and run_id is null and cause in ('message-waits-for-nothing', 'not-started')
order by opened_at, id limit $1`;

/** By primary key `inbox`, in the order of sending. */
export const selectRows = `
select hash, message from inbox where flow = $1 and key = $2 and kind = $3 order by seq`;
export const holdRows = `${selectRows} for update`;

/** By primary key. */
export const removeRows = 'delete from inbox where flow = $1 and key = $2 and hash = any($3::uuid[])';
/** The same while there is no run to take them, in one look at both. */
export const removeUntaken = `${removeRows} and not exists (select from run r where r.flow = $1 and r.key = $2)`;
/** Its place in the order of sending and its time begin anew. A message that waits there already stays one. */
export const putRow = `
insert into inbox (flow, key, hash, kind, message) values ($1, $2, $3, $4, $5) on conflict (flow, key, hash) do nothing`;

/** By primary key. */
export const closeLetterCase = 'update case_record set closed_at = now(), closed_because = $2 where id = $1';
