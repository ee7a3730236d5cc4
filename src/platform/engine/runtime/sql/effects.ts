/** All by primary key `effect`, and only while we own it: whoever took it over knows better. */

/** Blind verbs: committed before the first byte leaves. */
export const markSending = `update effect set sending = true where key = $1 and owner = $2 and epoch = $3`;

/** Before it is sent again: the next attempt, when, and whether the last one may have been done. */
export const recordRetry = `
update effect set attempt = $4, inquiries = $5, not_before = $6, sending = false,
                  doubt_since = case when $7::boolean then coalesce(doubt_since, $8::timestamptz) end
where key = $1 and owner = $2 and epoch = $3`;

/** At a graceful stop: anyone may take them. */
export const releaseEffects = `update effect set owner = null, epoch = null where key = any($1) and owner = $2 and epoch = $3`;

/** A node leaves alone what belongs to a run of a version that it does not know. By primary key `run`. */
const ofKnownVersion = (versions: string): string =>
  `exists (select from run r where r.id = e.run_id and r.flow || '@' || r.flow_version = any(${versions}::text[]) offset 0)`;

/**
 * Effects of a node that is dead become ours, and in doubt: it may have sent them. Those of versions that we do not know are left to
 * a node that does. A walk over the open effects, which is rare and keeps the happy path free of an index on the owner. Nothing is
 * taken from one whose beat has moved on since it was thought dead: the lock on its row makes its next beat wait until what was
 * taken is to be seen.
 */
export const takeOver = `
with dead as (
  select from node where name = $3 and (epoch > $4 or ended_epoch = $4 or beat = $7) for share
), mine as (
  select key from effect e where owner = $3 and epoch <= $4 and exists (select from dead) and ${ofKnownVersion('$6')}
  order by asked_at limit $5 for update skip locked
), taken as (
  update effect e set owner = $1, epoch = $2, attempt = e.attempt + 1, doubt_since = coalesce(e.doubt_since, now())
  where e.key = any(array(select key from mine))
  returning e.*
)`;

/** What is ours and was lost sight of, by primary key `effect`: it may have been sent. */
export const takeAgain = `
with taken as (
  update effect e set attempt = e.attempt + 1, doubt_since = coalesce(e.doubt_since, now())
  where e.key = any($3) and owner = $1 and epoch = $2
  returning e.*
)`;

/**
 * Of one name in a run only the first that is unsettled goes: the run's control (primary key `run`) tells in which order they were
 * asked, whoever owns them. A parked one waits for a person and holds nobody up.
 */
const isFirstOfItsName = `(
  select (o.open ->> 'occurrence', o.open ? 'undoes') = (e.occurrence, e.undoes)
  from run r cross join jsonb_array_elements(r.control::jsonb -> 'open') with ordinality as o (open, n)
  where r.id = e.run_id and o.open ->> 'name' = e.name and not o.open ? 'parked'
  order by o.n limit 1
) is not false`;

/** What nobody owns in one lane, the most urgent first: by index `effect_unowned`. */
export const claimUnowned = `
with mine as (
  select key from effect e where owner is null and instance = $3 and ${ofKnownVersion('$5')} and ${isFirstOfItsName}
  order by priority, asked_at limit $4 for update skip locked
), taken as (
  update effect e set owner = $1, epoch = $2 where e.key = any(array(select key from mine))
  returning e.*
)`;

/** What was taken, with its run (primary key `run`) and the journal row that holds its request (index `journal_of_run`). */
export const takenEffects = `
select t.key, t.run_id, t.name, t.occurrence, t.undoes, t.instance, t.capability, t.priority, t.order_key, t.asked_at, t.attempt, t.inquiries,
       t.sending, t.doubt_since is not null as in_doubt,
       t.withdraw or (r.phase = 'unwinding' and not t.undoes) as withdraw, r.flow, r.flow_version, r.key as run_key, j.entries
from taken t
cross join lateral (select flow, flow_version, key, phase from run where id = t.run_id offset 0) r
left join lateral (select entries from journal j where j.run_id = t.run_id and j.version = t.asked_version limit 1) j on true
order by t.asked_at`;

/** Lanes with work that nobody owns, each with its most urgent priority: by index `effect_unowned`, from one lane to the next. */
export const lanesWithUnowned = `
with recursive lanes as (
  (select instance, priority from effect where owner is null order by instance, priority, asked_at limit 1)
  union all
  select next.instance, next.priority from lanes cross join lateral (
    select instance, priority from effect where owner is null and instance > lanes.instance
    order by instance, priority, asked_at limit 1
  ) next
)
select instance, priority as floor from lanes`;

/** One of a dead node's survivors takes over, the others wait for it; the lock goes with its connection. */
export const lockDead = `select pg_advisory_lock(hashtextextended($1, 7305117221))`;
export const unlockDead = `select pg_advisory_unlock(hashtextextended($1, 7305117221))`;

/** What is still ours after we stood still; a walk over the open effects. */
export const ownedKeys = `select key from effect where owner = $1 and epoch = $2`;

/** Which of these are still ours, by primary key `effect`. */
export const ownedAmong = `select key, withdraw from effect where key = any($1) and owner = $2 and epoch = $3`;
