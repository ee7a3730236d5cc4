import { createEngine } from '#platform/engine/runtime';
import { openDatabase } from '#platform/storage';
import type { Measure } from '../flows/measure.ts';
import type { PeakOptions } from '../flows/peak.ts';
import type { Stage } from '../flows/stage.ts';
import { loadWaiting } from './load-waiting.ts';
import { figureOf } from './measures.ts';
import { waitingFlow } from './waiting-flow.ts';

const timers = 100_000;
/** Time to load them before they are due, ms. */
const headStartMs = 30_000;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Seconds from the moment when all are due until the last has rung, with the engine up all the while. */
async function ringAll(stage: Stage): Promise<number> {
  const database = openDatabase({ url: await stage.engineDatabase(), poolSize: 20 });
  const nobody = (): never => {
    throw new Error('nothing is asked of anybody here');
  };
  const engine = await createEngine({
    database,
    flows: [waitingFlow],
    providers: { choose: nobody, named: nobody },
  });
  try {
    await engine.start({ flow: 'waiting', key: 'pattern', input: null, source: 'bench' });
    const dueAt = new Date(Date.now() + headStartMs);
    await loadWaiting(database.url, { like: 'pattern', runs: timers, dueAt: dueAt.toISOString() });
    const early = await left(database);
    if (early < timers)
      throw new Error(`${timers - early} timers rang before they were due: the loading took too long`);
    await pause(Math.max(0, dueAt.getTime() - Date.now()));
    const due = performance.now();
    while ((await left(database)) > 0) await pause(100);
    return (performance.now() - due) / 1_000;
  } finally {
    await engine.stop();
    await database.close();
  }
}

async function left({ pool }: ReturnType<typeof openDatabase>): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from timer where due_at < now() + interval '100 hours'`,
  );
  return rows[0]?.count ?? 0;
}

/** P17: a hundred thousand timers that are due in one second. */
export async function measureTimers(stage: Stage, { say }: PeakOptions): Promise<readonly Measure[]> {
  say(`timers: ${timers} due at once`);
  const seconds = await ringAll(stage);
  say(`  all had rung after ${seconds.toFixed(1)} s`);
  const description = {
    measure: 'P17',
    what: `${timers} timers due in one second: until the last has rung`,
    against: 'a limit',
    fsync: 'native',
    unit: 's',
    target: { atMost: 10 },
  } as const;
  return [figureOf(description, [seconds], 10)];
}
