import pg from 'pg';
import type { Measure } from '../flows/measure.ts';
import type { PeakOptions } from '../flows/peak.ts';
import type { Stage } from '../flows/stage.ts';
import { figureOf } from './measures.ts';

const inFlight = 10_000;
const leaseMs = 5_000;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs under way, and effects in the hands of the node that is to be killed. */
const standing = `
select (select count(*)::int from run where phase <> 'ended') as runs,
       (select count(*)::int from effect where owner = 'victim') as orphans`;
/** Asked often, so it reads no more than it must. */
const isOrphaned = `select exists (select from effect where owner = 'victim') as is`;

/** P18: a node is killed with ten thousand orders under way; the other has taken over all that it was sending. */
export async function measureRecovery(stage: Stage, { say }: PeakOptions): Promise<readonly Measure[]> {
  say(`recovery: ${inFlight} orders under way when their node is killed, lease ${leaseMs} ms`);
  const databaseUrl = await stage.engineDatabase();
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=crossdock' });
  await client.connect();
  const look = async (): Promise<{ runs: number; orphans: number }> =>
    (await client.query<{ runs: number; orphans: number }>(standing)).rows[0] ?? { runs: 0, orphans: 0 };
  try {
    const victim = await stage.enter({ kind: 'crossdock', databaseUrl, node: 'victim', leaseMs });
    await stage.enter({ kind: 'crossdock', databaseUrl, node: 'heir', leaseMs, firstNumber: 500_000_000 });
    const nobody = { opened: async () => undefined, closed: async () => undefined };
    const driven = victim.drive({ lines: 15, inFlight, rampSeconds: 60, seconds: 60 }, nobody).catch(() => undefined);
    while ((await look()).runs < inFlight * 0.9) await pause(250);
    const { runs, orphans } = await look();
    if (orphans === 0)
      throw new Error('the victim had nothing in hand when it was to be killed: there is nothing to recover');
    process.kill(victim.pid, 'SIGKILL');
    const killed = performance.now();
    while ((await client.query<{ is: boolean }>(isOrphaned)).rows[0]?.is !== false) await pause(20);
    const seconds = (performance.now() - killed) / 1_000;
    await driven;
    say(`  ${runs} orders under way, ${orphans} effects in its hands: taken over after ${seconds.toFixed(1)} s`);
    const limit = leaseMs / 1_000 + 3;
    const description = {
      measure: 'P18',
      what: `kill -9 with ${runs} orders under way: until another node has all that was being sent`,
      against: `lease (${leaseMs / 1_000} s) + 3 s`,
      fsync: 'native',
      unit: 's',
      target: { atMost: limit },
    } as const;
    return [figureOf(description, [seconds], limit)];
  } finally {
    await client.end();
  }
}
