/** Of a person's links the newest is good; by `link_of_person`. */
export const voidLinks = `update sign_in_link set used_at = now() where user_name = $1 and used_at is null`;

/** $1 hash, $2 user name, $3 kind, $4 made by, $5 hours */
export const insertLink = `
insert into sign_in_link (hash, user_name, kind, made_by, ends_at) values ($1, $2, $3, $4, now() + $5 * interval '1 hour')
returning ends_at`;

/** A link that is still good, of somebody who may still come; by both primary keys. */
export const findLink = `
select l.user_name, l.kind from sign_in_link l join person p using (user_name)
where l.hash = $1 and l.used_at is null and l.ends_at > now() and p.disabled_at is null and p.provider = 'local'`;

/** Once: of two at the same time one gets the row. By primary key. */
export const takeLink = `
update sign_in_link set used_at = now() where hash = $1 and used_at is null and ends_at > now() returning user_name`;
