import { addTally, noTally, type Tally } from './tally.ts';

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

/** Gathers tallies by figure and tick. */
export function createGatherer(figures: readonly NumberedFigure[]) {
  const known = new Map(
    figures.map(({ id, isMedian }) => [id, { isMedian, ticks: new Map<string, Tick>(), whole: noTally }]),
  );
  return {
    isMedian: (figure: number) => known.get(figure)?.isMedian ?? false,
    add: (figure: number, tick: string, tally: Tick, forWhole: Tally = tally) => {
      const own = known.get(figure);
      if (own === undefined) return;
      const before = own.ticks.get(tick);
      own.ticks.set(tick, before === undefined ? tally : addTally(before, tally));
      own.whole = addTally(own.whole, forWhole);
    },
    addToWhole: (figure: number, tally: Tally) => {
      const own = known.get(figure);
      if (own !== undefined) own.whole = addTally(own.whole, tally);
    },
    result: (): ReadonlyMap<number, Tallies> => known,
  };
}
export type Gatherer = ReturnType<typeof createGatherer>;
