/** One sampler at a time: an older look at a course must not replace a newer one. */
export const oneSampler = `select pg_advisory_xact_lock(hashtextextended('crossdock figures', 0))`;

/** By unique index on the names. */
export const namesOf = `select id, name from figure_name`;
export const addNames = `
insert into figure_name (name) select name from unnest($1::text[]) as n (name)
where not exists (select from figure_name f where f.name = n.name)
on conflict (name) do nothing`;

export const siteSets = `select id, sites from figure_site_set`;
export const addSiteSet = `
insert into figure_site_set (sites) select $1::text[]
where not exists (select from figure_site_set where sites = $1::text[])
on conflict (sites) do nothing`;

/**
 * Makes the samples of courses what they should be, and says of which days any changed: in one statement, by primary key
 * `figure_sample`. What is as it was is not written. $1 courses; then of each sample: $2 course, $3 figure, $4 part, $5 at, $6 value, $7
 * sites, $8 case, $9 note; $10 time zone
 */
export const putSamples = `
with wanted as materialized (
  select w.*, (w.at at time zone $10)::date as day
  from unnest($2::text[], $3::smallint[], $4::int[], $5::timestamptz[], $6::float8[], $7::smallint[], $8::uuid[], $9::text[])
    as w (course, figure, part, at, value, sites, case_id, note)
),
was as materialized (
  select s.* from unnest($1::text[]) as c (course)
  cross join lateral (select * from figure_sample x where x.course = c.course offset 0) s
),
gone as (
  delete from figure_sample s using was
  where s.course = was.course and s.figure = was.figure and s.part = was.part
    and not exists (
      select from wanted w where w.course = was.course and w.figure = was.figure and w.part = was.part
    )
  returning s.figure, s.day
),
changed as materialized (
  select w.*, was.day as was_day from wanted w
  left join was on was.course = w.course and was.figure = w.figure and was.part = w.part
  where (was.day, was.at, was.value, was.sites, was.case_id, was.note)
    is distinct from (w.day, w.at, w.value, w.sites, w.case_id, w.note)
),
put as (
  insert into figure_sample (course, figure, part, day, at, value, sites, case_id, note)
  select course, figure, part, day, at, value, sites, case_id, note from changed
  on conflict (course, figure, part) do update set
    day = excluded.day, at = excluded.at, value = excluded.value, sites = excluded.sites, case_id = excluded.case_id,
    note = excluded.note
),
stale as (
  insert into figure_stale (figure, day)
  select figure, day from gone
  union select figure, day from changed
  union select figure, was_day from changed where was_day is not null
  returning 1
)
select count(*)::int as days from stale`;

export const basis = `select fingerprint from figure_basis`;
export const setBasis = `
insert into figure_basis (fingerprint) values ($1) on conflict (one_row) do update set fingerprint = excluded.fingerprint`;
