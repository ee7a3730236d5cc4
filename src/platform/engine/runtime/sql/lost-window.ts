/** Cluster and database, timeline and the end of the durable log. */
export const readPosition = `
select (select system_identifier::text from pg_control_system()) || '/' || current_database() as system,
       ('x' || substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8))::bit(32)::int as timeline,
       pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::text as flushed`;

/** One row. */
export const readIdentity = `select system_identifier as system, timeline, seen_at from database_identity`;
export const writeIdentity = `
insert into database_identity (system_identifier, timeline) values ($1, $2)
on conflict (one_row) do update set system_identifier = excluded.system_identifier, timeline = excluded.timeline, seen_at = now()`;
/** With each beat: what a restored copy says here is about when it was made. */
export const seeIdentity = `update database_identity set seen_at = now() where system_identifier = $1 and timeline = $2`;

/** A handful. */
export const newestWindow = `select coalesce(max(id), 0)::int as newest, max(covered_at) as covered_at from lost_window`;
export const recordWindow = `
insert into lost_window (from_at, until_at, covered_at, because)
values ($1::timestamptz, $2::timestamptz, $2::timestamptz + greatest(interval '1 hour', $2::timestamptz - $1::timestamptz), $3)`;

/** Starts that this database has forgotten, by unique index `run (flow, key)`. The latest memory of a claim stays. */
export const recallClaims = `
insert into recalled_claim (scope, key, run_flow, run_key)
select distinct on (m.scope, m.key) m.scope, m.key, m.flow, m.run_key
from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality as m (scope, key, flow, run_key, n)
where not exists (select from run r where r.flow = m.flow and r.key = m.run_key offset 0)
order by m.scope, m.key, m.n desc
on conflict (scope, key) do nothing`;

/** By primary key `recalled_claim`. */
export const recalledKey = `select run_key from recalled_claim where scope = $1 and key = $2`;

/**
 * Whether a run, or one that it descends from, may have gone on in a time that was lost: it had begun, or its key was given then. By
 * primary key and unique index of `run`, and index `recalled_run`.
 */
export const isExposed = `
with recursive line as (
  select flow, key, started_at, control::jsonb -> 'parent' as parent from run where id = $1
  union all
  select r.flow, r.key, r.started_at, r.control::jsonb -> 'parent'
  from line l join run r on r.flow = l.parent ->> 'flow' and r.key = l.parent ->> 'key'
)
select bool_or(l.started_at < $2::timestamptz
  or exists (select from recalled_claim c where c.run_flow = l.flow and c.run_key = l.key)) as exposed
from line l`;
