/** Which of the keys $2 wait: by index `parked_fact_of_key`, one look-up for each. */
export const waitingKeys = `
select k.subject from unnest($2::text[]) as k (subject)
where exists (select from parked_fact p where p.subscription = $1 and p.subject = k.subject and p.settled_at is null offset 0)`;

/**
 * Sets facts aside, in order: one that was tried has its cause and the time of its next attempt, the others wait behind it. One that is
 * set aside already stays as it is (by `parked_fact_once`).
 */
export const parkFacts = `
insert into parked_fact (subscription, subject, xid, seq, fact_id, source, type, time, data, attempts, next_at, first_failed_at, cause,
                         handler_version)
select $1, f.subject, f.xid, f.seq, f.fact_id, f.source, f.type, f.time, f.data, case when f.cause is null then 0 else 1 end,
       case when f.cause is null then 'infinity' else now() + make_interval(secs => $2::float8 / 1000) end,
       case when f.cause is null then null else now() end, f.cause, $3
from unnest($4::text[], $5::xid8[], $6::bigint[], $7::uuid[], $8::text[], $9::text[], $10::timestamptz[], $11::text[], $12::text[])
  as f (subject, xid, seq, fact_id, source, type, time, data, cause)
on conflict (subscription, fact_id) where settled_at is null do nothing`;

/** The next that is due: by index `parked_fact_due`. Only heads of rows are ever due. */
export const nextDue = `
select id, subject, fact_id, source, type, time, data, repaired, attempts, case_id, redriven_by,
       first_failed_at < now() - make_interval(secs => $2::float8 / 1000) as is_old
from parked_fact
where subscription = $1 and settled_at is null and next_at < 'infinity' and next_at <= now()
order by next_at, xid, seq
limit 1
for update`;

/** How long until something is due, ms; null when nothing will be by itself. By index `parked_fact_due`. */
export const dueIn = `
select extract(epoch from min(next_at) - now())::float8 * 1000 as wait
from parked_fact where subscription = $1 and settled_at is null and next_at < 'infinity'`;

/** Those that were never a dead letter leave no trace; the others stay as its record. By primary key. */
export const forgetParked = 'delete from parked_fact where id = $1 and case_id is null';

/** By primary key; with its case. */
export const settleParked = `
with settled as (
  update parked_fact set settled_at = now(), settled_as = $2, next_at = 'infinity' where id = $1 and settled_at is null
  returning case_id
)
update case_record set closed_at = now(), closed_because = $3
where id = (select case_id from settled) and closed_at is null`;

/** Whoever stands first in the row of a key is tried at once: by index `parked_fact_of_key`. */
export const callNext = `
update parked_fact set next_at = now()
where id = (
  select id from parked_fact where subscription = $1 and subject = $2 and settled_at is null order by xid, seq limit 1
) and next_at = 'infinity' and dead_at is null`;

/** It failed again, and is tried again. By primary key. */
export const postpone = `
update parked_fact
set attempts = attempts + 1, next_at = now() + make_interval(secs => $2::float8 / 1000), cause = $3, handler_version = $4,
    first_failed_at = coalesce(first_failed_at, now())
where id = $1`;

/** It failed for good: a dead letter and its case are there together, or neither. One that had a case keeps it. By primary key. */
export const giveUp = `
with dead as (
  update parked_fact
  set attempts = attempts + 1, next_at = 'infinity', cause = $2, handler_version = $3, redriven_by = null,
      first_failed_at = coalesce(first_failed_at, now()), dead_at = now(), case_id = coalesce(case_id, $4::uuid)
  where id = $1
  returning case_id, subscription, subject
), known as (
  update case_record c set summary = $5 from dead where c.id = dead.case_id and c.closed_at is null returning c.id
)
insert into case_record (id, flow, key, cause, summary, opened_at, group_key)
select case_id, subscription, subject, 'dead-letter', $5, now(), $6 from dead where not exists (select from known)`;

const letterColumns = `
p.case_id, p.subscription, p.subject, p.type, coalesce(p.repaired, p.data) as data, p.cause, p.attempts, p.handler_version,
p.parked_at, p.dead_at is not null as waits_for_person,
(select count(*) from parked_fact b where b.subscription = p.subscription and b.subject = p.subject and b.settled_at is null
   and (b.xid, b.seq) > (p.xid, p.seq))::int as followers`;

/** By index `parked_fact_of_case`; those behind it by `parked_fact_of_key`. */
export const selectDeadLetter = `
select ${letterColumns} from parked_fact p where p.case_id = $1 and p.settled_at is null`;

/** Oldest first, by index `parked_fact_dead`. */
export const selectDeadLetters = `
select ${letterColumns} from parked_fact p
where p.dead_at is not null and p.settled_at is null order by p.dead_at limit $1`;

/** By index `parked_fact_of_case`. Of two at once the second finds it decided. */
export const redriveParked = `
update parked_fact set dead_at = null, next_at = now(), redriven_by = $2, repaired = coalesce($3, repaired)
where case_id = $1 and dead_at is not null and settled_at is null
returning id`;

/** The reader of the name waits meanwhile, so that what is set aside and what is called do not pass each other. */
export const holdForLetter = `
select name from subscription
where name = (select subscription from parked_fact where case_id = $1 and settled_at is null) for update`;

/** By index `parked_fact_of_case`. */
export const findToSkip = `
select id, subscription, subject from parked_fact where case_id = $1 and dead_at is not null and settled_at is null for update`;
