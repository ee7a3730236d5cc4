import { type Measure, measureOf } from '../flows/measure.ts';
import type { PeakOptions } from '../flows/peak.ts';
import type { Stage } from '../flows/stage.ts';
import { observe, type Window } from '../flows/window.ts';
import { median } from '../kit/statistics.ts';

/** An order that came in and does not come to its end is no good to anybody: steps taken are not counted here. */
const ended = ({ endedPerSecond }: Window): number => endedPerSecond;
/** Long enough for orders that come into the overload to leave it again. */
const leastSeconds = 10;

/** P19: what is still brought to its end when three times as much comes in as can be done. */
export async function measureOverload(stage: Stage, options: PeakOptions): Promise<readonly Measure[]> {
  const { rounds, say } = options;
  const seconds = Math.max(options.seconds, leastSeconds);
  say(`overload: three times the peak, ${rounds} rounds of ${seconds} s each`);
  const peaks: number[] = [];
  const goodputs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ours = await stage.enter({ kind: 'crossdock' });
    const load = { lines: 15, rampSeconds: 2, seconds };
    peaks.push(ended(await observe(stage, ours, { ...load, inFlight: 128 })));
    const perSecond = 3 * median(peaks);
    goodputs.push(ended(await observe(stage, ours, { ...load, inFlight: 100_000, perSecond })));
    await ours.close();
    say(
      `  round ${round + 1}: peak ${peaks.at(-1)?.toFixed(0)}, at three times that ${goodputs.at(-1)?.toFixed(0)} flows/s`,
    );
  }
  const description = {
    measure: 'P19',
    what: 'orders brought to their end a second while three times as many come in',
    against: 'the peak, 128 under way',
    fsync: 'native',
    unit: 'flows/s',
    target: { atLeast: 0.9 },
  } as const;
  return [measureOf(description, goodputs, peaks)];
}
