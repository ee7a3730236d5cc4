/** Names a commit connection after its node and life, and answers its server process. */
export const nameCommitConnection = `select set_config('application_name', $1, false), pg_backend_pid() as id`;

/**
 * Whether a later life has begun, by primary key `node`. Asked after the connection has its name: the later life begins first and ends
 * the connections of this name then, so one of the two finds the other.
 */
export const laterLife = `select from node where name = $1 and epoch > $2`;

/** Ends the server processes of a dead life that may still commit; answers how many there were. */
export const endBackendsNamed = `
select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid() and datname = current_database()`;

/** Ends the server process whose answer was lost: only when it is gone is it certain that it will not commit any more. */
export const endBackend = 'select pg_terminate_backend(pid) from pg_stat_activity where pid = $1';

/** Whether it is still there. */
export const backendIsThere = 'select 1 from pg_stat_activity where pid = $1';

/**
 * Which of these advances were written: the run's last one by primary key `run`, an earlier one by index `journal_of_run`.
 */
export const writtenAdvances = `
select a.n::int as n
from unnest($1::uuid[], $2::int[], $3::uuid[]) with ordinality as a (run, expected, advance, n)
where exists (select from run r where r.id = a.run and r.advance_id = a.advance offset 0)
   or exists (select from journal j where j.run_id = a.run and j.version = a.expected + 1 and j.advance_id = a.advance offset 0)`;
