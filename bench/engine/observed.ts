import { startOtlpCollector } from '#platform/telemetry/testing';
import { type Measure, measureOf } from '../flows/measure.ts';
import { type PeakOptions, speed } from '../flows/peak.ts';
import { figures, interleave } from '../flows/rounds.ts';
import type { Stage } from '../flows/stage.ts';

const description = {
  measure: 'P20',
  what: 'orders a second with its lists kept, every order traced, and its figures read and logged each second',
  against: 'the same with none of it',
  fsync: 'native',
  unit: 'flows/s',
  target: { atLeast: 0.9 },
} as const;

/** P20: with everything on that watches, against with nothing of it. The journal, which is the audit, is always on. */
export async function measureObserved(stage: Stage, options: PeakOptions): Promise<readonly Measure[]> {
  const { rounds, seconds, say } = options;
  const drive = { lines: 15, inFlight: 128, rampSeconds: 1, seconds };
  say(`observed and not, ${rounds} rounds of ${seconds} s each`);
  const collector = await startOtlpCollector({ keeps: false });
  try {
    const observed = { kind: 'crossdock', isObserved: true, collector: collector.url } as const;
    const entrants = [
      { name: 'observed', contender: await stage.enter(observed), drive },
      { name: 'not observed', contender: await stage.enter({ kind: 'crossdock' }), drive },
    ];
    const windows = await interleave(stage, entrants, rounds, say);
    return [measureOf(description, figures(windows, 'observed', speed), figures(windows, 'not observed', speed))];
  } finally {
    await collector.close();
  }
}
