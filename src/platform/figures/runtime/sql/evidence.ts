/**
 * The samples behind a figure, the worst first, after a place. Each day gives its own worst by index `sample_of_day`, and the worst of
 * those are taken: a page costs as much as it has days, however many samples those have. $1 figure, $2 days, $3 from, $4 to, $5
 * combinations of warehouses or null, $6 limit, $7 value, $8 course and $9 part of the last
 */
const page = (is: '<' | '>', direction: 'desc' | 'asc'): string => `
select s.course, s.part, s.at, s.value, s.case_id, s.note
from unnest($2::date[]) as d (day)
cross join lateral (
  select x.course, x.part, x.at, x.value, x.case_id, x.note from figure_sample x
  where x.figure = $1::smallint and x.day = d.day and (x.value, x.course, x.part) ${is} ($7::float8, $8::text, $9::int)
    and x.at >= $3::timestamptz and x.at < $4::timestamptz
    and ($5::smallint[] is null or x.sites = any($5::smallint[]))
  order by x.value ${direction}, x.course ${direction}, x.part ${direction} limit $6
) s
order by s.value ${direction}, s.course ${direction}, s.part ${direction} limit $6`;

export const highestFirst = page('<', 'desc');
export const lowestFirst = page('>', 'asc');
