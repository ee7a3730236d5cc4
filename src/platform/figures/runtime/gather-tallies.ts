import type { Digest } from './digest.ts';
import { addTally, type Tally } from './tally.ts';

/** A figure as it is stored. */
export interface NumberedFigure {
  readonly id: number;
  readonly isMedian: boolean;
}

/** What is known of a figure for one day or hour; of a day that was summed up before its median is known without its digest. */
export interface Tick extends Tally {
  readonly median?: number;
}

/** A figure over a time, and by the beginnings of its days or hours. */
export interface Tallies {
  readonly whole: Tally;
  readonly ticks: ReadonlyMap<string, Tick>;
}

/** A sum that grows; a year has many parts. */
interface Growing {
  count: number;
  sum: number;
  readonly digests: Digest[];
}

function grow(growing: Growing, { count, sum, digests }: Tally): void {
  growing.count += count;
  growing.sum += sum;
  growing.digests.push(...digests);
}

/** Gathers tallies by figure and tick. */
export function createGatherer(figures: readonly NumberedFigure[]) {
  const known = new Map(
    figures.map(({ id, isMedian }) => {
      const whole: Growing = { count: 0, sum: 0, digests: [] };
      return [id, { isMedian, ticks: new Map<string, Tick>(), whole }];
    }),
  );
  const addToWhole = (figure: number, tally: Tally): void => {
    const own = known.get(figure);
    if (own !== undefined) grow(own.whole, tally);
  };
  return {
    isMedian: (figure: number) => known.get(figure)?.isMedian ?? false,
    add: (figure: number, tick: string, tally: Tick): void => {
      const ticks = known.get(figure)?.ticks;
      const before = ticks?.get(tick);
      ticks?.set(tick, before === undefined ? tally : addTally(before, tally));
      addToWhole(figure, tally);
    },
    addToWhole,
    result: (): ReadonlyMap<number, Tallies> => known,
  };
}
export type Gatherer = ReturnType<typeof createGatherer>;
