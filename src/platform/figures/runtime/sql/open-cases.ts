/** Of which warehouses a case is: those of its run, by primary key `standing`. $3 warehouses or null */
const ofSites = `
  and ($3::text[] is null or exists (select from standing s where s.run_id = c.run_id and s.sites && $3::text[] offset 0))`;

/**
 * Cases that were open at some moment of a time: by index `case_by_age` those that are open, by `case_by_closing` those that closed
 * since. As two lists of epochs. $1 from, $2 to
 */
export const casesOpenBetween = `
select string_agg(float8send(extract(epoch from opened_at)), ''::bytea order by n) as opened,
  string_agg(float8send(extract(epoch from closed_at)), ''::bytea order by n) as closed
from (
  select row_number() over (order by opened_at) as n, opened_at, coalesce(closed_at, 'infinity') as closed_at
  from (
    select c.opened_at, c.closed_at from case_record c where c.closed_at is null and c.opened_at < $2::timestamptz ${ofSites}
    union all
    select c.opened_at, c.closed_at from case_record c
    where c.closed_at is not null and c.closed_at > $1::timestamptz and c.opened_at < $2::timestamptz ${ofSites}
  ) c
) numbered`;

/** Those that were open at $1, the oldest first, after ($4, $5): by the same indexes. $2 limit */
export const casesOpenAt = `
select c.* from (
  (select c.id, c.key, c.cause, c.opened_at, c.opened_at::text as place from case_record c
   where c.closed_at is null and c.opened_at < $1::timestamptz and (c.opened_at, c.id) > ($4::timestamptz, $5::uuid) ${ofSites}
   order by c.opened_at, c.id limit $2)
  union all
  (select c.id, c.key, c.cause, c.opened_at, c.opened_at::text as place from case_record c
   where c.closed_at is not null and c.closed_at > $1::timestamptz and c.opened_at < $1::timestamptz
     and (c.opened_at, c.id) > ($4::timestamptz, $5::uuid) ${ofSites}
   order by c.opened_at, c.id limit $2)
) c
order by c.opened_at, c.id limit $2`;
