import { createEngine } from '#platform/engine/runtime';
import { openDatabase } from '#platform/storage';
import type { Measure } from '../flows/measure.ts';
import type { PeakOptions } from '../flows/peak.ts';
import type { Stage } from '../flows/stage.ts';
import { loadWaiting } from './load-waiting.ts';
import { figureOf } from './measures.ts';
import { waitingFlow } from './waiting-flow.ts';

const timers = 100_000;
/** Time to load them, and for a node to start, before they are due, ms. */
const headStartMs = 30_000;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const nobody = (): never => {
  throw new Error('nothing is asked of anybody here');
};

const isLeft = `select exists (select from timer where due_at < now() + interval '100 hours') as is`;

/**
 * Seconds from the moment when all are due until the last has rung. They are loaded while no node is up, for a node knows what it
 * armed itself and reads the others' ahead of time, not at the last moment.
 */
async function ringAll(stage: Stage): Promise<number> {
  const database = openDatabase({ url: await stage.engineDatabase(), poolSize: 20 });
  const start = () => createEngine({ database, flows: [waitingFlow], providers: { choose: nobody, named: nobody } });
  try {
    const first = await start();
    await first.start({ flow: 'waiting', key: 'pattern', input: null, source: 'bench' });
    await first.stop();
    const dueAt = new Date(Date.now() + headStartMs);
    await loadWaiting(database.url, { like: 'pattern', runs: timers, dueAt: dueAt.toISOString() });
    const engine = await start();
    if (engine.metrics().commits.advances > 0 || Date.now() > dueAt.getTime())
      throw new Error('some rang before all were loaded: the loading took too long');
    await pause(dueAt.getTime() - Date.now());
    const due = performance.now();
    while (engine.metrics().commits.advances < timers) await pause(20);
    const seconds = (performance.now() - due) / 1_000;
    const { rows } = await database.pool.query<{ is: boolean }>(isLeft);
    await engine.stop();
    if (rows[0]?.is !== false) throw new Error('a timer is left that has not rung');
    return seconds;
  } finally {
    await database.close();
  }
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
