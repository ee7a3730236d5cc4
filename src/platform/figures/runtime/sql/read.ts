/**
 * The days that a time touches, in a time zone, each with its beginning and its end; one that is put forward or back is as long as it is.
 * $1 from, $2 to, $3 time zone
 */
export const daysOfTime = `
select d::date::text as day, d at time zone $3 as starts, (d + interval '1 day') at time zone $3 as ends
from generate_series(
  ($1::timestamptz at time zone $3)::date::timestamp, (($2::timestamptz - interval '1 ms') at time zone $3)::date::timestamp,
  interval '1 day'
) d
order by d`;

/** The beginning of a day, of the day after it, and of the day some days before a moment. $1 day, $2 time zone */
export const startOfDay = `select $1::date::timestamp at time zone $2 as starts, ($1::date + 1)::timestamp at time zone $2 as ends`;
export const startOfDaysBefore = `
select (($1::timestamptz at time zone $2)::date - $3::int)::timestamp at time zone $2 as starts`;

/** Combinations with one of these warehouses. A handful of rows. */
export const siteSetsOf = `select id from figure_site_set where sites && $1::text[]`;

/** Days that are not as their samples are: by index `stale_days`. $1 figures, $2 first day, $3 last */
export const staleDays = `
select f.figure, s.day::text from unnest($1::smallint[]) as f (figure)
cross join lateral (
  select distinct x.day from figure_stale x where x.figure = f.figure and x.day between $2::date and $3::date
) s`;

/**
 * Sums of days, by primary key `figure_day`; with digests only where $5 says so: those lie apart. $1 figures, $2 first day, $3 last, $4
 * combinations of warehouses
 */
export const sumsOfDays = `
select f.figure, d.day::text, d.count, d.sum, d.median, d.p95, case when $5::boolean then d.digest end as digest
from unnest($1::smallint[]) as f (figure)
cross join lateral (
  select * from figure_day x where x.figure = f.figure and x.day between $2::date and $3::date and x.sites = any($4::smallint[])
  offset 0
) d`;

/** Digests of single days, by primary key `figure_day`. $1 figures, $2 days */
export const digestsOfDays = `
select d.figure, d.digest from unnest($1::smallint[], $2::date[]) as w (figure, day)
cross join lateral (
  select x.figure, x.digest from figure_day x where x.figure = w.figure and x.day = w.day and x.sites = 0 offset 0
) d where d.digest is not null`;

/** Digests of months that need not be made again, by primary key `figure_month`. $1 figures, $2 months */
export const digestsOfMonths = `
select d.figure, d.month::text, d.digest from unnest($1::smallint[], $2::date[]) as w (figure, month)
cross join lateral (
  select * from figure_month x where x.figure = w.figure and x.month = w.month and x.digest is not null offset 0
) d`;

/**
 * Values of days straight from the samples, for days that are stale or touched in part: by index `sample_of_day`. $1 figures, $2 days,
 * $3 from, $4 to, $5 combinations of warehouses or null
 */
export const valuesOf = `
select w.figure, w.day::text, count(*)::int as count, sum(s.value) as sum, string_agg(float8send(s.value), ''::bytea) as values
from unnest($1::smallint[], $2::date[]) as w (figure, day)
cross join lateral (
  select x.value from figure_sample x
  where x.figure = w.figure and x.day = w.day and x.at >= $3::timestamptz and x.at < $4::timestamptz
    and ($5::smallint[] is null or x.sites = any($5::smallint[]))
  offset 0
) s
group by w.figure, w.day`;

/** The same by hours, counted from $6. */
export const valuesByHour = `
select w.figure, date_bin(interval '1 hour', s.at, $6::timestamptz) as hour, count(*)::int as count, sum(s.value) as sum,
  string_agg(float8send(s.value), ''::bytea) as values
from unnest($1::smallint[], $2::date[]) as w (figure, day)
cross join lateral (
  select x.value, x.at from figure_sample x
  where x.figure = w.figure and x.day = w.day and x.at >= $3::timestamptz and x.at < $4::timestamptz
    and ($5::smallint[] is null or x.sites = any($5::smallint[]))
  offset 0
) s
group by 1, 2`;

/** The newest of each: by index `baseline_of_figure`. $1 figures */
export const baselinesOf = `
select f.figure, b.value, b.from_day::text, b.to_day::text, b.set_at, b.set_by
from unnest($1::text[]) as f (figure)
cross join lateral (
  select * from figure_baseline x where x.figure = f.figure order by x.id desc limit 1
) b`;

export const addBaseline = `
insert into figure_baseline (figure, value, from_day, to_day, set_at, set_by, intent) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (intent) do nothing returning id`;

/** By unique index on intents. */
export const baselineOfIntent = `
select figure, value, from_day::text, to_day::text, set_at, set_by from figure_baseline where intent = $1`;
