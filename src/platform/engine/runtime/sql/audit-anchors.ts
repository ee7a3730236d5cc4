/** By primary key `audit_anchor`. */
export const lastAnchor = `select seq, hash from audit_anchor where node = $1 order by seq desc limit 1`;
export const addAnchor = `insert into audit_anchor (node, seq, heads, hash) values ($1, $2, $3, $4)`;
export const anchorNodes = `select distinct node from audit_anchor order by node`;
export const readAnchors = `select seq, heads, hash from audit_anchor where node = $1 and seq > $2 order by seq limit $3`;

/** What the journal says now at these places, by index `journal_of_run`; with the run's address, by primary key `run`. */
export const journalAt = `
select h.n::int as n, r.flow, r.key, j.hash
from unnest($1::uuid[], $2::int[]) with ordinality as h (run_id, version, n)
left join lateral (select flow, key from run where id = h.run_id offset 0) r on true
left join lateral (select hash from journal j where j.run_id = h.run_id and j.version = h.version limit 1) j on true
order by h.n`;

/** Runs in the order of their ids, by primary key `run`; some flow or key only, where one is given. */
export const runsToVerify = `
select id, flow, key, chain from run
where id > $1::uuid and ($2::text is null or flow = $2) and ($3::text is null or key = $3)
order by id limit $4`;

/** A run's chain, by index `journal_of_run`. */
export const chainOf = `select version, advance_id, hash, entries from journal where run_id = $1 order by version`;
