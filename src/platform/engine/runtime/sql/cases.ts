/** Open cases, oldest first: by index `case_oldest_open`. */
export const openCases = `
select id, flow, key, cause, summary, opened_at from case_record where closed_at is null order by opened_at limit $1`;
