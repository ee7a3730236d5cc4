/** Open cases that have no deadline of their own yet, oldest first; by `case_without_deadline`. What another node is at is left to it. */
export const withoutDeadline = `
select id, opened_at, severity from case_record where closed_at is null and deadline_at is null
order by opened_at limit $1 for no key update skip locked`;

/** By primary key. */
export const setDeadlines = `
update case_record c set deadline_at = d.at from unnest($1::uuid[], $2::timestamptz[]) as d (id, at)
where c.id = d.id and c.id = any($1::uuid[])`;
