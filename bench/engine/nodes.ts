import type { ContenderClient } from '../flows/contender-client.ts';
import { type Measure, measureOf } from '../flows/measure.ts';
import { type PeakOptions, speed } from '../flows/peak.ts';
import { figures, interleave } from '../flows/rounds.ts';
import type { Stage } from '../flows/stage.ts';
import { groupOf } from './group.ts';

/** P1c: three nodes on one database against one node, on the same cores. */
export async function measureNodes(stage: Stage, options: PeakOptions): Promise<readonly Measure[]> {
  const { rounds, seconds, say, fsync } = options;
  const drive = { lines: 15, inFlight: 128, rampSeconds: 1, seconds };
  const one = await stage.enter({ kind: 'crossdock' });
  const databaseUrl = await stage.engineDatabase();
  const enter = (number: number): Promise<ContenderClient> =>
    stage.enter({ kind: 'crossdock', databaseUrl, node: `node-${number}`, firstNumber: number * 100_000_000 });
  const three = groupOf('three nodes', [await enter(1), await enter(2), await enter(3)]);
  say(`nodes: three and one, ${rounds} rounds of ${seconds} s each, fsync ${fsync}`);
  const windows = await interleave(
    stage,
    [
      { name: 'three nodes', contender: three, drive },
      { name: 'one node', contender: one, drive },
    ],
    rounds,
    say,
  );
  const description = {
    measure: 'P1c',
    what: 'orders a second on three nodes, 128 under way',
    against: 'one node on the same cores',
    fsync,
    unit: 'flows/s',
    target: { atLeast: 0.9 },
  } as const;
  return [measureOf(description, figures(windows, 'three nodes', speed), figures(windows, 'one node', speed))];
}
