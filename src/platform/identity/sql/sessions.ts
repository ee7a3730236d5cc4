/** $1 hash, $2 id, $3 user name, $4 hours, $5 address */
export const insertSession = `
insert into person_session (hash, id, user_name, ends_at, address)
values ($1, $2, $3, now() + $4 * interval '1 hour', $5)
returning id, ends_at`;

/**
 * A session that is still good, with its person as they are now; by both primary keys. At most once in a moment for each session.
 * $1 hash, $2 hours that it may be idle
 */
export const findSession = `
select s.id, s.user_name, s.ends_at, p.role, p.sites, s.seen_at < now() - interval '1 minute' as is_stale
from person_session s join person p using (user_name)
where s.hash = $1 and s.ended_at is null and s.ends_at > now() and s.seen_at > now() - $2 * interval '1 hour'
  and p.disabled_at is null`;

/** By primary key; once a minute for each session. */
export const touchSession = `
update person_session set seen_at = now() where hash = $1 and seen_at < now() - interval '1 minute'`;

/** By primary key. */
export const endSession = `
update person_session set ended_at = now() where hash = $1 and ended_at is null and ends_at > now() returning id, user_name`;

/** By `session_of_person`. */
export const endSessions = `
update person_session set ended_at = now() where user_name = $1 and ended_at is null and ends_at > now() returning id`;

/** By the unique id. */
export const sessionEnd = `select ends_at from person_session where id = $1`;

/** Whether somebody has signed in from there lately; by `session_of_person`. */
export const knowsAddress = `
select exists (
  select from person_session where user_name = $1 and address = $2 and begun_at > now() - interval '30 days') as is_known`;

/** What is of no more use; by `session_by_end`, `link_by_end` and `try_by_time`. */
export const forgetSessions = `delete from person_session where ends_at < now() - interval '30 days'`;
export const forgetLinks = `delete from sign_in_link where ends_at < now() - interval '7 days'`;
export const forgetTries = `delete from sign_in_try where at < now() - interval '1 day'`;
