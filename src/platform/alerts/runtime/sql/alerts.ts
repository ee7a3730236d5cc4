/** A rule's open alerts: by index `alert_open`. */
export const openAlerts = `
select id, subject, severity, headline, finding, opened_at, last_seen_at, last_told_at, repeats
from alert where rule = $1 and closed_at is null`;

/** What all three say: the messages of an alert that was just written, into the outbox, by primary key. */
const told = (written: string): string => `
insert into alert_delivery (id, alert_id, channel, urgent, message, created_at, held_until, due_at)
select m.id, w.id, m.channel, m.urgent, m.message, m.created_at, m.held_until, coalesce(m.held_until, m.created_at)
from ${written} w cross join jsonb_to_recordset($2::jsonb) as m (id text, channel text, urgent boolean, message jsonb,
  created_at timestamptz, held_until timestamptz)
on conflict (id) do nothing`;

/** One of two nodes that see it opens it, by index `alert_open`; with its messages or not at all. */
export const openAlert = `
with opened as (
  insert into alert (id, rule, subject, severity, headline, finding, opened_at, last_seen_at, last_told_at)
  values ($1, $3, $4, $5, $6, $7::jsonb, $8, $8, $8)
  on conflict (rule, subject) where closed_at is null do nothing
  returning id
)${told('opened')}`;

/** By primary key. */
export const seeAlert = `
update alert set last_seen_at = $2, headline = $3, finding = $4::jsonb, severity = $5 where id = $1 and closed_at is null`;

/** By primary key; only by whoever counts from the same number. */
export const repeatAlert = `
with repeated as (
  update alert set repeats = repeats + 1, last_told_at = $4 where id = $1 and repeats = $3 and closed_at is null returning id
)${told('repeated')}`;

/** By primary key. */
export const closeAlert = `
with closed as (
  update alert set closed_at = $3 where id = $1 and closed_at is null returning id
)${told('closed')}`;

/** Alerts of rules that are no more end without a word: open ones are few. */
export const closeForgotten = `update alert set closed_at = $2 where closed_at is null and not rule = any($1::text[])`;
