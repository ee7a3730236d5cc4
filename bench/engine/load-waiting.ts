import pg from 'pg';

/**
 * Copies of one waiting run under other keys, with its deadline (`$3`) in the row, in the machinery's part, and as a timer. The
 * pattern's own deadline stands in its control as JSON writes it.
 */
const waiting = `
with pattern as (
  select r.*, i.input, i.given, i.given_is_input from run r join run_input i on i.run_id = r.id where r.key = $4
), made as (
  insert into run (id, flow, flow_version, key, started_at, state, visit, phase, ending, version, advance_id, chain, due_at, updated_at,
                   control, document)
  select gen_random_uuid(), p.flow, p.flow_version, 'waits-' || n, p.started_at, p.state, p.visit, p.phase, null, p.version,
         gen_random_uuid(), p.chain, $3::timestamptz, p.updated_at,
         jsonb_set(p.control::jsonb, '{timerAt}', to_jsonb($5::text))::text, p.document
  from pattern p, generate_series($1::int, $2::int) n
  returning id
), inputs as (
  insert into run_input (run_id, input, given, given_is_input)
  select m.id, p.input, p.given, p.given_is_input from made m, pattern p
)
insert into timer (run_id, due_at) select id, $3::timestamptz from made`;

const slice = 20_000;

/** Fills the engine's tables by SQL with runs that wait as one does, each with its deadline. */
export async function loadWaiting(
  databaseUrl: string,
  load: { readonly like: string; readonly runs: number; readonly dueAt: string },
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=crossdock' });
  await client.connect();
  try {
    await client.query('set synchronous_commit = off');
    for (let from = 1; from <= load.runs; from += slice) {
      const to = Math.min(from + slice - 1, load.runs);
      await client.query(waiting, [from, to, load.dueAt, load.like, load.dueAt]);
    }
    await client.query('vacuum analyze run, run_input, timer');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
