const columns = `id, subscription, selection, reason, state, per_second, planned_by, planned_at, approved_by, approved_at, started_by,
  facts, nothing, something, doubled, oldest, newest, told, changed, surprise, updated_at`;

/** A plan and its facts are there together. */
export const insertReplay = `
insert into replay (id, subscription, selection, reason, state, per_second, planned_by, facts, nothing, something, doubled, oldest, newest)
values ($1, $2, $3, $4, 'planned', $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (id) do nothing
returning ${columns}`;
export const insertFacts = `
insert into replay_fact (replay, n, fact_id, subject, foreseen, source, type, time, data)
select $1, f.n, f.fact_id, f.subject, f.foreseen, f.source, f.type, f.time, f.data
from unnest($2::int[], $3::uuid[], $4::text[], $5::smallint[], $6::text[], $7::text[], $8::timestamptz[], $9::text[])
  as f (n, fact_id, subject, foreseen, source, type, time, data)`;

/** By primary key. */
export const selectReplay = `select ${columns} from replay where id = $1`;
/** Newest first, by index `replay_newest`. */
export const selectReplays = `select ${columns} from replay order by planned_at desc limit $1`;

/** Each by primary key, and only from a state that allows it. */
export const approveReplay = `
update replay set state = 'approved', approved_by = $2, approved_at = now(), updated_at = now()
where id = $1 and state = 'planned' and (planned_by <> $2 or $3) returning ${columns}`;
export const startReplay = `
update replay set state = 'running', started_by = $2, surprise = null, next_at = now(), updated_at = now()
where id = $1 and state in ('approved', 'paused', 'stopped') returning ${columns}`;
export const pauseReplay = `
update replay set state = 'paused', updated_at = now() where id = $1 and state = 'running' returning ${columns}`;

/** One that is due, of these subscribers, and that no other node works on: few rows, by index `replay_running`. */
export const takeRunning = `
select ${columns} from replay
where state = 'running' and next_at <= now() and subscription = any($1::text[])
order by next_at limit 1 for update skip locked`;

/** By primary key, in order. */
export const nextFacts = `
select n, fact_id as id, subject, foreseen, source, type, time, data from replay_fact
where replay = $1 and n > $2 order by n limit $3`;

/** By primary key. */
export const progressReplay = `
update replay set told = $2, changed = changed + $3, state = $4, surprise = $5,
  next_at = now() + make_interval(secs => $6::float8), updated_at = now()
where id = $1`;
