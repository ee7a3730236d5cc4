/** Timers up to a moment, the earliest first, after a place in that order: by index `timer_in_order`, runs by primary key. */
export const timersUntil = `
select t.run_id, t.due_at, r.flow, r.key
from timer t join run r on r.id = t.run_id
where (t.due_at, t.run_id) > ($1::timestamptz, $2::uuid) and t.due_at <= $3::timestamptz
order by t.due_at, t.run_id
limit $4`;
