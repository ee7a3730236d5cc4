import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { type Measure, measureOf } from '../flows/measure.ts';
import { type PeakOptions, speed } from '../flows/peak.ts';
import { figures, interleave } from '../flows/rounds.ts';
import type { Stage } from '../flows/stage.ts';
import { loadWaiting } from './load-waiting.ts';
import { figureOf } from './measures.ts';

const runs = 1_000_000;
const fsync = 'native' as const;

/** What a process holds of the machine's memory, MB. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
}

/** Makes a database in which a million orders wait for their warehouse, each with a deadline far away. */
async function databaseFullOfWaiting(stage: Stage): Promise<string> {
  const databaseUrl = await stage.engineDatabase();
  const first = await stage.enter({ kind: 'crossdock', databaseUrl, node: 'first' });
  const quiet = { opened: async () => undefined, closed: async () => undefined };
  await first.drive({ lines: 15, inFlight: 1, rampSeconds: 0, seconds: 0.5 }, quiet);
  await first.close();
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=crossdock' });
  await client.connect();
  // An order that was through is put back to where it waited: the pattern of all others.
  const { rows } = await client.query<{ key: string }>(
    `update run set phase = 'forward', ending = null, state = 'awaiting-shipment' where id = (select id from run limit 1) returning key`,
  );
  await client.end();
  const dueAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
  await loadWaiting(databaseUrl, { like: rows[0]?.key ?? '', runs, dueAt });
  return databaseUrl;
}

/** P16: a million waiting orders: memory, start, and what they cost those that do not wait. */
export async function measureWaiting(stage: Stage, options: PeakOptions): Promise<readonly Measure[]> {
  const { rounds, seconds, say } = options;
  say(`waiting: ${runs} orders, loading`);
  const databaseUrl = await databaseFullOfWaiting(stage);
  const full = await stage.enter({ kind: 'crossdock', databaseUrl, node: 'second', firstNumber: 700_000_000 });
  const memory = await residentMegabytes(full.pid);
  const startSeconds = full.startedInMs / 1_000;
  say(`  started in ${startSeconds.toFixed(1)} s with ${memory.toFixed(0)} MB`);
  const none = await stage.enter({ kind: 'crossdock' });
  const drive = { lines: 15, inFlight: 128, rampSeconds: 1, seconds };
  const windows = await interleave(
    stage,
    [
      { name: 'a million waiting', contender: full, drive },
      { name: 'none waiting', contender: none, drive },
    ],
    rounds,
    say,
  );
  const about = { measure: 'P16', fsync } as const;
  return [
    figureOf(
      {
        ...about,
        what: 'memory of a node with 1M waiting orders',
        against: 'a limit',
        unit: 'MB',
        target: { atMost: 200 },
      },
      [memory],
      200,
    ),
    figureOf(
      {
        ...about,
        what: 'start of its process with 1M waiting orders',
        against: 'a limit',
        unit: 's',
        target: { atMost: 5 },
      },
      [startSeconds],
      5,
    ),
    measureOf(
      {
        ...about,
        what: 'orders a second with 1M waiting',
        against: 'none waiting',
        unit: 'flows/s',
        target: { atLeast: 0.9 },
      },
      figures(windows, 'a million waiting', speed),
      figures(windows, 'none waiting', speed),
    ),
  ];
}
