const columns = `r.id, r.flow, r.flow_version, r.key, r.started_at, r.state, r.visit, r.phase, r.ending, r.version, r.chain, r.due_at,
       r.updated_at, r.control, r.document, i.input, i.given, i.given_is_input`;

/** By unique index `run (flow, key)` and primary key `run_input`. */
export const loadRun = `select ${columns} from run r join run_input i on i.run_id = r.id where r.flow = $1 and r.key = $2`;

/** Several at once, numbered as they were asked for; each by the same two indexes: `offset 0` keeps it a look-up. */
export const loadRuns = `
select q.n::int as n, ${columns}
from unnest($1::text[], $2::text[]) with ordinality as q (flow, key, n)
cross join lateral (select x.* from run x where x.flow = q.flow and x.key = q.key offset 0) r
cross join lateral (select y.* from run_input y where y.run_id = r.id offset 0) i`;

/** Runs by id with their journals, as of one snapshot; by primary keys `run` and `run_input` and index `journal_of_run` of each month. */
export const readHistories = `
select ${columns}, array(select j.entries from journal j where j.run_id = r.id order by j.version) as journal
from unnest($1::uuid[]) as q (id)
cross join lateral (select x.* from run x where x.id = q.id offset 0) r
cross join lateral (select y.* from run_input y where y.run_id = r.id offset 0) i`;

/** Addresses of runs, by primary key `run`. */
export const addressesOf = `select r.id, r.flow, r.key, r.state from run r where r.id = any($1::uuid[])`;

/** Who holds a claim, by primary key `claim`. */
export const readClaim = `select run_key, fingerprint from claim where scope = $1 and key = $2`;

/** A run's journal, by unique index `run (flow, key)` and index `journal_of_run` of each month. */
export const readJournal = `
select j.version, j.advance_id, j.hash, j.recorded_at, j.entries
from journal j
where j.run_id = (select id from run where flow = $1 and key = $2)
order by j.version`;

/** One journal row, by index `journal_of_run`. */
export const readJournalRow = `select entries from journal where run_id = $1 and version = $2`;

/** Every journal row of a run, by index `journal_of_run`. */
export const readJournalOf = `select entries from journal where run_id = $1 order by version`;

/** One slice of all runs in the order of their ids, by primary key `run`: how many stand where, and where the slice ends. */
export const countSlice = `
select s.flow, s.state, count(*)::int as count, max(s.id::text) as last
from (select id, flow, state from run where id > $1::uuid order by id limit $2) s
group by s.flow, s.state`;
