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

/** The days of a month, by primary key `figure_day`. $1 figures, $2 first days of months */
export const daysOfMonths = `
select w.figure, w.month::text, d.sites, d.count, d.sum, d.digest
from unnest($1::smallint[], $2::date[]) as w (figure, month)
cross join lateral (
  select * from figure_day x where x.figure = w.figure and x.day >= w.month and x.day < w.month + interval '1 month' offset 0
) d`;

/** By primary key `figure_month`. $1 figures, $2 months */
export const forgetMonths = `
delete from figure_month m using unnest($1::smallint[], $2::date[]) as w (figure, month)
where m.figure = w.figure and m.month = w.month`;
export const putMonths = `
insert into figure_month (figure, month, sites, count, sum, digest)
select * from unnest($1::smallint[], $2::date[], $3::smallint[], $4::int[], $5::float8[], $6::bytea[])`;
