/**
 * Cases that were opened or closed since a moment, or are named; by `case_by_age`, `case_by_closing` and primary key, the warehouses
 * of each by primary key of `standing`. The limit stands in the text: not knowing it, the planner would read the table. $1 moment, $2 ids
 */
export const recentCases = `
select c.id, c.opened_at, c.closed_at, coalesce(st.sites, '{}') as sites
from (
  (select id from case_record where closed_at is null and opened_at >= $1 order by opened_at desc limit 200)
  union (select id from case_record where closed_at is not null and closed_at >= $1 order by closed_at desc limit 200)
  union select unnest($2::uuid[])
) recent
join case_record c on c.id = recent.id
left join standing st on st.run_id = c.run_id`;
