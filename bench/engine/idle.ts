import type { Measure } from '../flows/measure.ts';
import type { PeakOptions } from '../flows/peak.ts';
import type { Stage } from '../flows/stage.ts';
import { familyCpuMs } from '../kit/process-cpu.ts';
import { figureOf } from './measures.ts';

const windowMs = 15_000;

/** P21: what a node costs that has nothing to do, and what the database does for it. */
export async function measureIdle(stage: Stage, { say }: PeakOptions): Promise<readonly Measure[]> {
  say(`idle: one node, ${windowMs / 1_000} s`);
  const ours = await stage.enter({ kind: 'crossdock' });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const before = { own: await familyCpuMs(ours.pid), server: (await stage.server.usage()).cpuMs };
  await new Promise((resolve) => setTimeout(resolve, windowMs));
  const own = ((await familyCpuMs(ours.pid)) - before.own) / windowMs;
  const server = ((await stage.server.usage()).cpuMs - before.server) / windowMs;
  await ours.close();
  say(`  node ${(own * 100).toFixed(2)} %, database ${(server * 100).toFixed(2)} % of one core`);
  const description = {
    measure: 'P21',
    what: 'processor time of an idle node',
    against: 'one core',
    fsync: 'native',
    unit: '%',
    target: { atMost: 1 },
    note: `the database took ${(server * 100).toFixed(2)} % more`,
  } as const;
  return [figureOf(description, [own * 100], 1)];
}
