/** One whose time is over says so, whether or not anybody has looked since. */
const columns = `id, what, target, summary, trim_scale(worth)::text as worth, currency, sites, asked_by, asked_at, reason, request,
  case when state = 'pending' and ends_at <= now() then 'expired' else state end as state,
  decided_by, decided_at, because, outcome, ends_at`;

/** By primary key: the same intent is the same row. */
export const insertApproval = `
insert into approval (id, what, target, summary, worth, currency, sites, asked_by, asked_at, reason, request, ends_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, now() + $12 * interval '1 hour')
on conflict (id) do nothing returning ${columns}`;

/** By primary key. */
export const selectApproval = `select ${columns} from approval where id = $1`;

/**
 * Newest first; by `approval_by_time`, of one state by `approval_by_state`. $1 state, or `decided` for all but pending, $2 sites of whoever looks, $3 and $4 place, $5
 * limit
 */
export const selectApprovals = `
select ${columns}, asked_at::text as place from approval
where ($1::text is null or case
    when $1 = 'expired' then state = 'expired' or (state = 'pending' and ends_at <= now())
    when $1 = 'pending' then state = 'pending' and ends_at > now()
    when $1 = 'decided' then state <> 'pending' or ends_at <= now()
    else state = $1 end)
  and ($2::text[] is null or sites && $2)
  and ($3::timestamptz is null or (asked_at, id) < ($3, $4::uuid))
order by asked_at desc, id desc limit $5`;

/** By primary key, and once: of two who decide at the same time one gets the row. $2 state, $3 who, $4 why, $5 only the asker or only others */
const decide = (condition: string): string => `
update approval set state = $2, decided_by = $3, decided_at = now(), because = $4
where id = $1 and state = 'pending' and ends_at > now() and ${condition} returning ${columns}`;
export const decideAsAnother = decide('asked_by <> $3');
export const decideAsAsker = decide('asked_by = $3');

/** By primary key; once. */
export const recordOutcome = `update approval set outcome = $2 where id = $1 and outcome is null returning ${columns}`;

/** Approved and not done, because a node died or could not; few, by `approval_undone`. $1 seconds, $2 limit, $3 ids of those that were tried */
export const undoneApprovals = `
select ${columns} from approval
where state = 'approved' and outcome is null and decided_at < now() - $1 * interval '1 second'
  and id <> all($3::uuid[])
order by decided_at limit $2`;

/** What nobody decided in time; by `approval_by_state`. */
export const expireApprovals = `
update approval set state = 'expired' where state = 'pending' and ends_at <= now() returning id, what, target`;
