const columns = `r.id, r.flow, r.flow_version, r.key, r.started_at, r.state, r.visit, r.phase, r.ending, r.version, r.chain, r.due_at,
       r.updated_at, r.control, r.document, i.input, i.given, i.given_is_input`;

/** By unique index `run (flow, key)` and primary key `run_input`. */
export const loadRun = `select ${columns} from run r join run_input i on i.run_id = r.id where r.flow = $1 and r.key = $2`;

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

/** Once at start: reads the whole table, for the counts that metrics show. */
export const countRuns = `select flow, state, count(*)::int as count from run group by flow, state`;
