/** Oldest first, as they are worked; by `case_oldest_open`, or `case_of_run` where a key is given. */
export const selectCases = `
select id, run_id, flow, key, cause, summary, opened_at, closed_at
from case_record
where ($1::boolean is null or (closed_at is null) = $1)
  and ($2::text is null or flow = $2)
  and ($3::text is null or cause = $3)
  and ($4::text is null or key = $4)
order by opened_at, id
limit $5`;

/** One row for each cause: what there is most of comes first. */
export const countCases = `
select cause, count(*)::int as count, min(opened_at) as oldest
from case_record where closed_at is null
group by cause order by count desc, cause`;
