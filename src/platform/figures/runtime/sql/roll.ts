/**
 * Takes days whose samples changed since they were summed up, of the past and, where $2 says so, of today: by index `stale_days`. What is
 * written while they are summed up is not seen here and stays stale. $1 time zone, $3 how many
 */
export const takeStale = `
with chosen as materialized (
  select distinct figure, day from figure_stale
  where $2::boolean or day < (now() at time zone $1)::date
  order by day, figure limit $3
)
delete from figure_stale s using chosen where s.figure = chosen.figure and s.day = chosen.day
returning s.figure, s.day::text`;

/** Every value of days, for each combination of warehouses: by index `sample_of_day`. $1 figures, $2 days */
export const valuesOfDays = `
select w.figure, w.day::text, s.sites, count(*)::int as count, sum(s.value) as sum,
  string_agg(float8send(s.value), ''::bytea) as values
from unnest($1::smallint[], $2::date[]) as w (figure, day)
cross join lateral (
  select x.sites, x.value from figure_sample x where x.figure = w.figure and x.day = w.day offset 0
) s
group by w.figure, w.day, s.sites`;

/** By primary key `figure_day`. $1 figures, $2 days */
export const forgetDays = `
delete from figure_day d using unnest($1::smallint[], $2::date[]) as w (figure, day)
where d.figure = w.figure and d.day = w.day`;
export const putDays = `
insert into figure_day (figure, day, sites, count, sum, median, p95, digest)
select * from unnest($1::smallint[], $2::date[], $3::smallint[], $4::int[], $5::float8[], $6::float8[], $7::float8[], $8::bytea[])`;

/** Their months are to be made again: by primary key `figure_month`. $1 figures, $2 first days of months */
export const makeMonthsStale = `
insert into figure_month (figure, month)
select * from unnest($1::smallint[], $2::date[]) as w (figure, month) order by 1, 2
on conflict (figure, month) do update set digest = null`;

/** Months that are over and to be made again: by index `stale_months`. $1 time zone, $2 how many */
export const staleMonths = `
select figure, month::text from figure_month
where digest is null and month < date_trunc('month', now() at time zone $1)
order by month, figure limit $2`;

/** The days of months, by primary key `figure_day`. $1 figures, $2 first days of months */
export const daysOfMonths = `
select w.figure, w.month::text, d.digest
from unnest($1::smallint[], $2::date[]) as w (figure, month)
cross join lateral (
  select x.digest from figure_day x
  where x.figure = w.figure and x.day >= w.month and x.day < w.month + interval '1 month' and x.sites = 0
  offset 0
) d
where d.digest is not null`;

/** By primary key `figure_month`. $1 figures, $2 months, $3 digests */
export const putMonths = `
update figure_month m set digest = w.digest
from unnest($1::smallint[], $2::date[], $3::bytea[]) as w (figure, month, digest)
where m.figure = w.figure and m.month = w.month`;
