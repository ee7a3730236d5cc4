import { writeFile } from 'node:fs/promises';
import type { BenchArguments } from '../kit/bench-arguments.ts';
import { measureLatency, observeOpenLoop } from './latency.ts';
import { type Measure, notRun } from './measure.ts';
import { measurePeers } from './measure-peers.ts';
import { measureOrderSize } from './order-size.ts';
import { measurePeak, type PeakOptions } from './peak.ts';
import { contendersTable, measuresTable } from './report.ts';
import type { Rounds } from './rounds.ts';
import { type Stage, type StageOptions, setStage } from './stage.ts';
import { measureWrites } from './writes.ts';

/** What `flows` measures. */
export const flowMeasures = ['P1', 'P1b', 'P2', 'P3', 'P4', 'P5', 'P6'] as const;

interface Found {
  readonly measures: readonly Measure[];
  readonly windows: Rounds;
}

/** Takes measures on a stage of their own; undefined when it cannot be set here. */
async function onStage(
  options: StageOptions,
  measure: (stage: Stage) => Promise<readonly Found[]>,
): Promise<readonly Found[] | undefined> {
  const stage = await setStage(options);
  if (stage === undefined) return undefined;
  try {
    return await measure(stage);
  } finally {
    await stage.stop();
  }
}

/** P1, P2, P5, P1b and P4 with this machine's disk. */
async function natively(stage: Stage, options: PeakOptions): Promise<readonly Found[]> {
  const { wants } = options;
  const ours = await stage.enter({ kind: 'crossdock' });
  const found: Found[] = [];
  if (wants('P1') || wants('P2')) {
    const peak = await measurePeak(stage, ours, options);
    found.push(peak);
    if (wants('P2')) found.push({ measures: [], windows: await observeOpenLoop(stage, ours, peak.windows, options) });
  }
  if (wants('P5')) found.push(await measureLatency(stage, ours, options));
  if (wants('P1b')) found.push(await measureOrderSize(stage, ours, options));
  if (wants('P4')) found.push(await measurePeers(stage, ours, options));
  return found;
}

/** P1, P3 and P5 with a slow disk. */
async function slowly(stage: Stage, options: PeakOptions): Promise<readonly Found[]> {
  const { wants } = options;
  const ours = await stage.enter({ kind: 'crossdock' });
  const found: Found[] = [];
  if (wants('P1') || wants('P3')) found.push(await measurePeak(stage, ours, options));
  if (wants('P5')) found.push(await measureLatency(stage, ours, options));
  return found;
}

const unableToSlow: Measure = notRun(
  {
    measure: 'P3',
    what: 'orders a second, 128 under way',
    against: 'hand-written',
    fsync: '2 ms',
    unit: 'flows/s',
    target: { atLeast: 1.1 },
  },
  'slowing fsync down needs Linux and a C compiler (cc)',
);

/** Runs `npm run bench -- flows`: prints the tables and writes the measures. */
export async function runFlows(given: BenchArguments, say: (line: string) => void): Promise<void> {
  const { rounds, seconds, directory } = given;
  const wants = (measure: string): boolean => given.only.length === 0 || given.only.includes(measure);
  const options: PeakOptions = { fsync: 'native', rounds, seconds, wants, say };
  const found: Found[] = [];
  if (['P1', 'P2', 'P4', 'P5', 'P1b'].some(wants)) {
    found.push(...((await onStage({ directory }, (stage) => natively(stage, options))) ?? []));
  }
  if (wants('P6')) {
    const writes = await onStage({ directory }, async (stage) => [
      await measureWrites(stage, await stage.enter({ kind: 'crossdock' }), options, given.loaded),
    ]);
    found.push(...(writes ?? []));
  }
  const slow: readonly Found[] = ['P1', 'P3', 'P5'].some(wants)
    ? ((await onStage({ directory, fsyncMs: 2 }, (stage) => slowly(stage, { ...options, fsync: '2 ms' }))) ?? [
        { measures: [unableToSlow], windows: new Map() },
      ])
    : [];
  const measures = [...found, ...slow].flatMap((each) => each.measures);
  for (const [title, part] of [
    ['native fsync', found],
    ['2 ms fsync', slow],
  ] as const) {
    const windows: Rounds = new Map(part.flatMap((each) => [...each.windows]));
    if (windows.size > 0) say(`\n${title}, medians of ${rounds} rounds\n${contendersTable(windows)}`);
  }
  say(`\n${measuresTable(measures)}`);
  if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify(measures, null, 2)}\n`);
}
