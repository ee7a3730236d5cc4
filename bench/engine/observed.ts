import { type Measure, measureOf } from '../flows/measure.ts';
import { type PeakOptions, speed } from '../flows/peak.ts';
import { figures, interleave } from '../flows/rounds.ts';
import type { Stage } from '../flows/stage.ts';

/** P20: with everything on that watches, against with nothing of it. The journal, which is the audit, is always on. */
export async function measureObserved(stage: Stage, options: PeakOptions): Promise<readonly Measure[]> {
  const { rounds, seconds, say } = options;
  const drive = { lines: 15, inFlight: 128, rampSeconds: 1, seconds };
  say(`observed and not, ${rounds} rounds of ${seconds} s each`);
  const entrants = [
    { name: 'observed', contender: await stage.enter({ kind: 'crossdock', isObserved: true }), drive },
    { name: 'not observed', contender: await stage.enter({ kind: 'crossdock' }), drive },
  ];
  const windows = await interleave(stage, entrants, rounds, say);
  const description = {
    measure: 'P20',
    what: 'orders a second with its lists kept, and its metrics read and logged each second',
    against: 'the same with none of it',
    fsync: 'native',
    unit: 'flows/s',
    target: { atLeast: 0.9 },
  } as const;
  return [measureOf(description, figures(windows, 'observed', speed), figures(windows, 'not observed', speed))];
}
