/** What has not come out: rows of index `alert_delivery_due`. */
const waiting = 'delivered_at is null and abandoned_at is null and digest_id is null';

/** How much a channel was told lately, of what is urgent and of what is not: by index `alert_delivery_told`. */
export const toldLately = `
select urgent, count(*)::int as count, min(delivered_at) as oldest from alert_delivery
where channel = $1 and delivered_at > $2 group by urgent`;

/** More than a channel takes is held; by index `alert_delivery_due`. $4 of what is urgent, or of what is not */
export const holdBack = `
update alert_delivery set held_until = $3, due_at = $3
where channel = $1 and due_at <= $2 and attempts = 0 and urgent = $4 and ${waiting}`;

/** What was held and may be told now, urgent ($3) or not: by index `alert_delivery_due`. Locked, so that one node tells it. */
export const heldUntilNow = `
select id, message from alert_delivery
where channel = $1 and due_at <= $2 and held_until is not null and attempts = 0 and message ->> 'kind' = 'alert' and urgent = $3
  and ${waiting}
order by created_at, id limit 200 for update skip locked`;

/** By primary key. */
export const putDigest = `
insert into alert_delivery (id, channel, urgent, message, created_at, due_at) values ($1, $2, $5, $3::jsonb, $4, $4)`;

/** By primary key. */
export const joinDigest = `update alert_delivery set digest_id = $1 where id = any($2::text[])`;

/**
 * What is due, the urgent first, by index `alert_delivery_due`; taken for as long as an attempt may last. What an alert said earlier to
 * the same channel goes first. $4 what may be told: urgent, not urgent, or both
 */
export const takeDue = `
with due as (
  select d.id from alert_delivery d
  where d.channel = $1 and d.due_at <= $2 and d.urgent = any($4::boolean[]) and d.delivered_at is null and d.abandoned_at is null
    and d.digest_id is null and not exists (
      select from alert_delivery e
      where e.alert_id = d.alert_id and e.channel = d.channel and e.created_at < d.created_at
        and e.delivered_at is null and e.abandoned_at is null and e.digest_id is null)
  order by d.urgent desc, d.created_at, d.id limit 1 for update skip locked
)
update alert_delivery d set attempts = attempts + 1, due_at = $3 from due where d.id = due.id
returning d.id, d.channel, d.message, d.attempts`;

/** By primary key. */
export const deliveryDone = `update alert_delivery set delivered_at = $2, failure = null where id = $1`;

/** By primary key. */
export const deliveryFailed = `
update alert_delivery set due_at = $2, failure = $3, abandoned_at = $4 where id = $1 and delivered_at is null`;

/** Messages to channels that are no more: by index `alert_delivery_due`. */
export const abandonForgotten = `
update alert_delivery set abandoned_at = $2, failure = 'there is no such channel any more'
where not channel = any($1::text[]) and ${waiting}`;
