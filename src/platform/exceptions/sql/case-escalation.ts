/** Open cases past their deadline that may rise, the longest overdue first: by index `case_deadline`. What another node is at is left to it. */
export const overdueCases = `
select id, severity, level, deadline_at from case_record
where closed_at is null and deadline_at <= $1 and level < $2
order by deadline_at limit $3 for no key update skip locked`;

/** By primary key: a level up, a new deadline, and a line in its history. Who acts on what was before is told that it changed. */
export const escalateCases = `
with risen as (
  update case_record c set level = c.level + 1, deadline_at = d.at, revision = c.revision + 1
  from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as d (id, at, was)
  where c.id = d.id and c.id = any($1::uuid[])
  returning c.id, c.level, d.was
)
insert into case_note (case_id, at, by, text)
select id, $4, 'crossdock', 'Escalated to level ' || level || ': nobody had decided by '
  || to_char(was at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC.'
from risen`;
