import pg from 'pg';

/** How much history a year of a busy distributor leaves. */
export const historySize = { runs: 1_000_000, receiptsPerRun: 5 };

/** An ended run like those that the bench makes, from one of them: its row and its document, under another key. */
const runs = `
insert into run (id, flow, flow_version, key, started_at, state, visit, phase, ending, version, advance_id, chain, due_at, updated_at, control, document)
select gen_random_uuid(), r.flow, r.flow_version, 'old-' || n, r.started_at, r.state, r.visit, r.phase, r.ending, r.version,
       r.advance_id, r.chain, null, r.updated_at, r.control, r.document
from (select * from run where phase = 'ended' limit 1) r, generate_series($1::int, $2::int) n`;

const receipts = `
insert into receipt (run_id, hash)
select r.id, gen_random_uuid() from run r, generate_series(1, $1::int) where r.key like 'old-%'`;

/** Fills the engine's tables by SQL. Needs one run that has ended, as the pattern. */
export async function loadHistory(databaseUrl: string, say: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=crossdock' });
  await client.connect();
  const slice = 50_000;
  try {
    await client.query('set synchronous_commit = off');
    for (let from = 1; from <= historySize.runs; from += slice) {
      await client.query(runs, [from, Math.min(from + slice - 1, historySize.runs)]);
    }
    say(`  ${historySize.runs} ended runs loaded`);
    await client.query(receipts, [historySize.receiptsPerRun]);
    say(`  ${historySize.runs * historySize.receiptsPerRun} receipts loaded`);
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
