/** The message and its case in one statement: neither is there without the other, and the second delivery opens no second case. */
export const putInQuarantine = `
with put as (
  insert into quarantine as known (source, id, failures, original, fingerprint)
  values ($1, $2, $3::jsonb, $4, $5)
  on conflict (source, id) do update set deliveries = known.deliveries + 1
  returning deliveries = 1 as first
), opened as (
  insert into case_record (id, flow, key, cause, summary, opened_at)
  select gen_random_uuid(), 'quarantine', $6, 'quarantined', $7, now() from put where first
)
select first from put`;

/** The steward has mended or dropped it: the message and its case are closed together. */
export const closeQuarantined = `
with closed as (
  update quarantine set closed_at = now() where source = $1 and id = $2 and closed_at is null returning 1
), case_closed as (
  update case_record set closed_at = now()
  where flow = 'quarantine' and key = $3 and closed_at is null and exists (select from closed)
)
select 1 from closed`;

/** By the index of the open ones. */
export const selectQuarantine = `
select source, id, failures, original, received_at, deliveries from quarantine
where closed_at is null order by received_at, source, id limit $1`;

/** By the primary key as far as the source; of its messages the beginning of the id picks a few. */
export const selectQuarantined = `
select source, id, failures, original, received_at, deliveries from quarantine
where source = $1 and starts_with(id, $2) and closed_at is null order by received_at, id limit $3`;
