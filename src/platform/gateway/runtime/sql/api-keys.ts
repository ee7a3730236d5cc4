/** One row by primary key; the only statement that a request may cause, at most once a second for each key. */
export const findKey = `
select id, consumer, hash, scopes, expires_at, revoked_at from api_key where id = $1`;

export const insertKey = `
insert into api_key (id, consumer, hash, scopes, note, expires_at) values ($1, $2, $3, $4, $5, $6)`;

/** Says whether there is such a key; revoking again keeps the first moment. */
export const revokeKey = `
update api_key set revoked_at = coalesce(revoked_at, now()) where id = $1 returning id`;

/** A table of some dozens: a scan is right. */
export const listKeys = `
select id, consumer, scopes, note, created_at, expires_at, revoked_at from api_key order by consumer, created_at`;
