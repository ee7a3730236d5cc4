import type { ContenderClient } from './contender-client.ts';
import { type Measure, measureOf } from './measure.ts';
import type { PeakOptions } from './peak.ts';
import { figures, interleave, type Rounds } from './rounds.ts';
import type { Stage } from './stage.ts';

/** P1b: what a long order costs. */
export async function measureOrderSize(
  stage: Stage,
  ours: ContenderClient,
  { rounds, seconds, say }: PeakOptions,
): Promise<{ readonly measures: readonly Measure[]; readonly windows: Rounds }> {
  say(`long orders: 200 lines and 3 lines, ${rounds} rounds of ${seconds} s each`);
  const load = { inFlight: 128, rampSeconds: 1, seconds };
  const entrants = [
    { name: 'crossdock, 200 lines', contender: ours, drive: { ...load, lines: 200 } },
    { name: 'crossdock, 3 lines', contender: ours, drive: { ...load, lines: 3 } },
  ];
  const windows = await interleave(stage, entrants, rounds, say);
  const speeds = (name: string): readonly number[] => figures(windows, name, ({ flowsPerSecond }) => flowsPerSecond);
  const measure = measureOf(
    {
      measure: 'P1b',
      what: 'orders of 200 lines a second',
      against: 'crossdock with orders of 3 lines',
      fsync: 'native',
      unit: 'flows/s',
      target: { atLeast: 0.2 },
    },
    speeds('crossdock, 200 lines'),
    speeds('crossdock, 3 lines'),
  );
  return { measures: [measure], windows };
}
