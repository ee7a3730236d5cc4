import { median } from '../kit/statistics.ts';
import type { ContenderClient } from './contender-client.ts';
import type { Drive } from './drive.ts';
import { type Measure, measureOf } from './measure.ts';
import { type Entrant, figures, interleave, type Rounds } from './rounds.ts';
import type { Stage } from './stage.ts';
import type { Window } from './window.ts';

export interface PeakOptions {
  readonly fsync: Measure['fsync'];
  readonly rounds: number;
  readonly seconds: number;
  /** Which measures are wanted. */
  readonly wants: (measure: string) => boolean;
  readonly say: (line: string) => void;
}

const pools = [10, 20, 64, 128];
export const speed = ({ flowsPerSecond }: Window): number => flowsPerSecond;

/** The connections that a contender has used within the last second, as the server sees them. */
async function connectionsOf(stage: Stage, contender: ContenderClient): Promise<number> {
  const { rows } = await stage.server.client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = $1 and state_change > now() - interval '1 second'`,
    [new URL(stage.databaseOf(contender)).pathname.slice(1)],
  );
  return rows[0]?.count ?? 0;
}

/** How many connections ours works with under load: what the hand-written one gets for the comparison at equal connections. */
async function connectionsUnderLoad(stage: Stage, ours: ContenderClient, drive: Drive): Promise<number> {
  let count = 1;
  await ours.drive(
    { ...drive, rampSeconds: 0.5, seconds: 1 },
    {
      opened: async () => undefined,
      closed: async () => {
        count = await connectionsOf(stage, ours);
      },
    },
  );
  return count;
}

/** The name among these that was fastest. */
export function bestPool(rounds: Rounds, names: readonly string[]): string {
  const speeds = names.map((name) => ({ name, at: median(figures(rounds, name, speed)) }));
  return speeds.reduce((best, next) => (next.at > best.at ? next : best)).name;
}

/** P1, P2 and P3: 128 orders of 15 lines under way, closed loop. */
export async function measurePeak(
  stage: Stage,
  ours: ContenderClient,
  options: PeakOptions,
): Promise<{ readonly measures: readonly Measure[]; readonly windows: Rounds }> {
  const { fsync, rounds, seconds, wants, say } = options;
  const drive: Drive = { lines: 15, inFlight: 128, rampSeconds: 1, seconds };
  const isSlow = fsync !== 'native';
  const entrants: Entrant[] = [{ name: 'crossdock', contender: ours, drive }];
  const enter = async (name: string, kind: 'undurable' | 'hand-written', pool?: number): Promise<void> => {
    const contender = await stage.enter({ kind, ...(pool === undefined ? {} : { pool }) });
    entrants.push({ name, contender, drive });
  };
  if (wants('P1')) await enter('undurable', 'undurable');
  const byHand = pools.map((pool) => `hand-written, pool of ${pool}`);
  const wantsHand = wants(isSlow ? 'P3' : 'P2');
  if (wantsHand) for (const [index, pool] of pools.entries()) await enter(byHand[index] ?? '', 'hand-written', pool);
  let equal = '';
  if (isSlow && wantsHand) {
    const connections = await connectionsUnderLoad(stage, ours, drive);
    equal = `hand-written, ${connections} connections as ours`;
    await enter(equal, 'hand-written', connections);
  }
  say(`peak, fsync ${fsync}: 128 orders of 15 lines under way, ${rounds} rounds of ${seconds} s each`);
  const windows = await interleave(stage, entrants, rounds, say);
  const against = (name: string): readonly number[] => figures(windows, name, speed);
  const about = { what: 'orders a second, 128 under way', fsync, unit: 'flows/s' } as const;
  const measures: Measure[] = [];
  if (wants('P1')) {
    const described = {
      ...about,
      measure: 'P1',
      against: 'the same calls with no durability',
      target: { atLeast: 0.35 },
    };
    measures.push(measureOf(described, against('crossdock'), against('undurable')));
  }
  if (wantsHand) {
    const best = bestPool(windows, byHand);
    const described = { ...about, measure: isSlow ? 'P3' : 'P2', target: { atLeast: isSlow ? 1.1 : 1.2 } };
    const note = 'the best of pools of 10, 20, 64 and 128';
    measures.push(measureOf({ ...described, against: best, note }, against('crossdock'), against(best)));
  }
  if (equal !== '') {
    const described = { ...about, measure: 'P3', against: equal, target: { atLeast: 2.5 } };
    measures.push(measureOf(described, against('crossdock'), against(equal)));
  }
  return { measures, windows };
}
