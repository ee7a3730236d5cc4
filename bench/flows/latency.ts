import { median } from '../kit/statistics.ts';
import type { ContenderClient } from './contender-client.ts';
import { type Measure, measureOf } from './measure.ts';
import type { PeakOptions } from './peak.ts';
import { figures, interleave, type Rounds } from './rounds.ts';
import type { Stage } from './stage.ts';

/** P5: one order alone, from intake to invoice; and, for the record, both at an open pace of half what ours can do. */
export async function measureLatency(
  stage: Stage,
  ours: ContenderClient,
  { fsync, rounds, seconds, say }: PeakOptions,
): Promise<{ readonly measures: readonly Measure[]; readonly windows: Rounds }> {
  const theirs = await stage.enter({ kind: 'hand-written', pool: 20 });
  const load = { lines: 15, rampSeconds: 0.2, seconds: Math.max(1, seconds / 2) };
  say(`latency, fsync ${fsync}: one order at a time, ${rounds} rounds of ${load.seconds} s each`);
  const alone = { ...load, inFlight: 1 };
  const windows = await interleave(
    stage,
    [
      { name: 'crossdock, one alone', contender: ours, drive: alone },
      { name: 'hand-written, one alone', contender: theirs, drive: alone },
    ],
    rounds,
    say,
  );
  const latencies = (name: string): readonly number[] => figures(windows, name, ({ p50 }) => p50);
  const measure = measureOf(
    {
      measure: 'P5',
      what: 'latency of one order alone, median',
      against: 'hand-written, pool of 20',
      fsync,
      unit: 'ms',
      target: { atMost: 1.2 },
    },
    latencies('crossdock, one alone'),
    latencies('hand-written, one alone'),
  );
  return { measures: [measure], windows };
}

/** Latency at a pace that both sides keep up with: orders begin by the clock, whatever became of those before. */
export async function observeOpenLoop(
  stage: Stage,
  ours: ContenderClient,
  peak: Rounds,
  { rounds, seconds, say }: PeakOptions,
): Promise<Rounds> {
  const perSecond = Math.max(
    1,
    Math.floor(median(figures(peak, 'crossdock', ({ flowsPerSecond }) => flowsPerSecond)) / 2),
  );
  const theirs = await stage.enter({ kind: 'hand-written', pool: 20 });
  const drive = { lines: 15, inFlight: 2_000, rampSeconds: 0.5, seconds: Math.max(1, seconds / 2), perSecond };
  say(`open loop: ${perSecond} orders a second, ${rounds} rounds of ${drive.seconds} s each`);
  return interleave(
    stage,
    [
      { name: `crossdock, open loop`, contender: ours, drive },
      { name: `hand-written, open loop`, contender: theirs, drive },
    ],
    rounds,
    say,
  );
}
