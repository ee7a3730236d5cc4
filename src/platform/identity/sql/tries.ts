/**
 * Takes one try out of a bucket that refills with time; by primary key. A try that is refused takes nothing, so that whoever keeps
 * trying does not keep it empty for ever. $1 whose, $2 how many at once, $3 how many come back in a second
 */
export const takeTry = `
insert into sign_in_try as t (who, used, at, allowed) values ($1, 1, now(), true)
on conflict (who) do update set
  used = greatest(0, t.used - extract(epoch from now() - t.at)::float8 * $3::float8)
    + case when greatest(0, t.used - extract(epoch from now() - t.at)::float8 * $3::float8) + 1 <= $2::float8 then 1 else 0 end,
  allowed = greatest(0, t.used - extract(epoch from now() - t.at)::float8 * $3::float8) + 1 <= $2::float8,
  at = now()
returning allowed, used`;

/** By primary key. */
export const clearTries = `delete from sign_in_try where who = $1`;
