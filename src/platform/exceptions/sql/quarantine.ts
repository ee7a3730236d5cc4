/**
 * The message and its case in one statement: neither is there without the other. The same again is counted; another content under the
 * same id replaces what is kept, and opens a case again where it was closed. By primary key.
 */
export const putInQuarantine = `
with put as (
  insert into quarantine as known (source, id, failures, original, fingerprint, message, about, case_id)
  values ($1, $2, $3::jsonb, $4, $5, $8, $9, $10)
  on conflict (source, id) do update set
    deliveries = known.deliveries + 1,
    failures = case when known.fingerprint = excluded.fingerprint then known.failures else excluded.failures end,
    original = case when known.fingerprint = excluded.fingerprint then known.original else excluded.original end,
    message = case when known.fingerprint = excluded.fingerprint then known.message else excluded.message end,
    about = excluded.about,
    case_id = case when known.fingerprint <> excluded.fingerprint and known.closed_at is not null then excluded.case_id
                   else known.case_id end,
    closed_at = case when known.fingerprint = excluded.fingerprint then known.closed_at end,
    closed_because = case when known.fingerprint = excluded.fingerprint then known.closed_because end,
    fingerprint = excluded.fingerprint
  returning case_id is not distinct from $10::uuid as first
), opened as (
  insert into case_record (id, flow, key, cause, summary, opened_at, group_key)
  select $10::uuid, 'quarantine', $6, 'quarantined', $7, now(), $11 from put where first
)
select first from put`;

const closing = (condition: string): string => `
with closed as (
  update quarantine set closed_at = now(), closed_because = $3 where ${condition} and closed_at is null returning source, id
), case_closed as (
  update case_record set closed_at = now(), closed_because = $3
  where flow = 'quarantine' and key in (select source || '/' || id from closed) and closed_at is null
)
select id from closed`;

/** The message and its case are closed together; by primary key, the case by index `case_of_run`. */
export const closeQuarantined = closing('source = $1 and id = $2');

/** All that waits about messages of one sender; by index `quarantine_about`. */
export const closeReplaced = closing('source = $1 and about = any($2)');

const columns = `source, id, failures, original, received_at, deliveries`;

/** By the index of the open ones. */
export const selectQuarantine = `
select ${columns} from quarantine
where closed_at is null order by received_at, source, id limit $1`;

/** By the primary key as far as the source; of its messages the beginning of the id picks a few. */
export const selectQuarantined = `
select ${columns} from quarantine
where source = $1 and starts_with(id, $2) and closed_at is null order by received_at, id limit $3`;

/** Locked while it is decided about: of two at once the second waits, and finds it closed. The few open ones by their index. */
export const selectLetter = `
select q.source, q.id, q.failures, q.original, q.message, coalesce(q.about, q.id) as about, q.received_at, q.deliveries
from case_record c join quarantine q on q.source || '/' || q.id = c.key
where c.id = $1 and c.flow = 'quarantine' and c.closed_at is null and q.closed_at is null`;
export const holdLetter = `${selectLetter} for update of q`;

/** By the index of the open ones, their cases by index `case_of_run`. */
export const selectLetters = `
select c.id as case_id, q.source, q.id, q.failures, q.original, q.message, coalesce(q.about, q.id) as about, q.received_at, q.deliveries
from (select * from quarantine where closed_at is null order by received_at, source, id limit $1) q
join case_record c on c.flow = 'quarantine' and c.key = q.source || '/' || q.id and c.closed_at is null
order by q.received_at, q.source, q.id`;
