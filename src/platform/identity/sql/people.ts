const columns = `user_name, name, role, sites, provider, disabled_at, created_at, last_sign_in_at`;

/** Some dozens of rows: a scan is right. */
export const selectPeople = `select ${columns} from person order by user_name`;

/** By primary key. */
export const selectPerson = `select ${columns} from person where user_name = $1`;
export const lockPerson = `select ${columns} from person where user_name = $1 for update`;
export const selectPassword = `
select user_name, password from person where user_name = $1 and disabled_at is null and provider = 'local'`;

/** By `person_of_subject`; locked, so that who is disabled at this moment stays so. */
export const selectBySubject = `select ${columns} from person where issuer = $1 and subject = $2 for update`;

/** $1 user name, $2 name, $3 role, $4 sites, $5 provider, $6 issuer, $7 subject */
export const insertPerson = `
insert into person (user_name, name, role, sites, provider, issuer, subject) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (user_name) do nothing returning ${columns}`;

/** By primary key. $2 name, $3 role, $4 sites, $5 whether disabled */
export const updatePerson = `
update person set name = $2, role = $3, sites = $4,
  disabled_at = case when $5::boolean then coalesce(disabled_at, now()) end
where user_name = $1 returning ${columns}`;

/** By primary key. */
export const setPassword = `update person set password = $2 where user_name = $1`;
export const noteSignIn = `update person set last_sign_in_at = now() where user_name = $1`;

/**
 * Locks everybody who has the role and is not disabled, in one order: of two who disable each other at once the second sees what the
 * first did. A table of some dozens.
 */
export const lockKeepers = `
select user_name from person where role = $1 and disabled_at is null and sites is null order by user_name for update`;

export const anybody = `select exists (select from person) as is_there`;
