import { writeFile } from 'node:fs/promises';
import { type Measure, notRun } from '../flows/measure.ts';
import type { PeakOptions } from '../flows/peak.ts';
import { measuresTable } from '../flows/report.ts';
import { type Stage, type StageOptions, setStage } from '../flows/stage.ts';
import type { BenchArguments } from '../kit/bench-arguments.ts';
import { measureIdle } from './idle.ts';
import { measureNodes } from './nodes.ts';
import { measureObserved } from './observed.ts';
import { measureOverload } from './overload.ts';
import { measureRecovery } from './recovery.ts';
import { measureTimers } from './timers.ts';
import { measureWaiting } from './waiting.ts';

type Take = (stage: Stage, options: PeakOptions) => Promise<readonly Measure[]>;

const takes: Readonly<Record<string, Take>> = {
  P17: measureTimers,
  P18: measureRecovery,
  P19: measureOverload,
  P20: measureObserved,
  P21: measureIdle,
  P16: measureWaiting,
};

/** Ten thousand are under way only where the outside system is slow: else a node takes in no more than it can do. */
const stages: Readonly<Record<string, StageOptions>> = { P18: { answerMs: 2_000 } };

/** What `engine` measures. */
export const engineMeasures = ['P1c', ...Object.keys(takes)] as const;

/** Each measure on a stage of its own, so that none leaves anything to the next. */
async function onStage(given: BenchArguments, how: StageOptions, take: (stage: Stage) => ReturnType<Take>) {
  const stage = await setStage({ directory: given.directory, ...how });
  if (stage === undefined) return undefined;
  try {
    return await take(stage);
  } finally {
    await stage.stop();
  }
}

const unableToSlow: Measure = notRun(
  {
    measure: 'P1c',
    what: 'orders a second on three nodes, 128 under way',
    against: 'one node on the same cores',
    fsync: '2 ms',
    unit: 'flows/s',
    target: { atLeast: 0.9 },
  },
  'slowing fsync down needs Linux and a C compiler (cc)',
);

/** Runs `npm run bench -- engine`: prints the table and writes the measures. */
export async function runEngine(given: BenchArguments, say: (line: string) => void): Promise<void> {
  const { rounds, seconds } = given;
  const wants = (measure: string): boolean => given.only.length === 0 || given.only.includes(measure);
  const options: PeakOptions = { fsync: 'native', rounds, seconds, wants, say };
  const measures: Measure[] = [];
  if (wants('P1c')) {
    const found = await onStage(given, { fsyncMs: 2 }, (stage) => measureNodes(stage, { ...options, fsync: '2 ms' }));
    measures.push(...(found ?? [unableToSlow]));
  }
  for (const [measure, take] of Object.entries(takes)) {
    if (wants(measure))
      measures.push(...((await onStage(given, stages[measure] ?? {}, (stage) => take(stage, options))) ?? []));
  }
  say(`\n${measuresTable(measures)}`);
  if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify(measures, null, 2)}\n`);
}
