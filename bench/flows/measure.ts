import { median, ratioOfRounds, significant } from '../kit/statistics.ts';

/** One line of the result. */
export interface Measure {
  /** Its number in the project's list of performance targets, e.g. `P1`. */
  readonly measure: string;
  readonly what: string;
  readonly against: string;
  /** `native`: as this machine's disk is; else how much slower each fsync was made. */
  readonly fsync: 'native' | '2 ms';
  /** Median of the rounds' ratios; null when it was not run. */
  readonly ratio: number | null;
  /** Medians of the rounds. */
  readonly ours: number | null;
  readonly theirs: number | null;
  readonly unit: string;
  readonly rounds: number;
  readonly perRound: readonly { readonly ours: number; readonly theirs: number }[];
  readonly target: { readonly atLeast: number } | { readonly atMost: number };
  /** Null when it was not run. */
  readonly met: boolean | null;
  readonly note?: string;
}

export type Description = Pick<Measure, 'measure' | 'what' | 'against' | 'fsync' | 'unit' | 'target'> &
  Partial<Pick<Measure, 'note'>>;

/** Whether a ratio is on the right side of its target. */
export const meets = (ratio: number, target: Measure['target']): boolean =>
  'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;

/** A measure from figures by round, ours and theirs from the same rounds. */
export function measureOf(description: Description, ours: readonly number[], theirs: readonly number[]): Measure {
  const { ratio } = ratioOfRounds(ours, theirs);
  return {
    ...description,
    ratio: significant(ratio),
    ours: significant(median(ours)),
    theirs: significant(median(theirs)),
    rounds: ours.length,
    perRound: ours.map((value, round) => ({
      ours: significant(value),
      theirs: significant(theirs[round] ?? Number.NaN),
    })),
    met: meets(ratio, description.target),
  };
}

/** A measure that could not be taken, and why. */
export const notRun = (description: Description, because: string): Measure => ({
  ...description,
  ratio: null,
  ours: null,
  theirs: null,
  rounds: 0,
  perRound: [],
  met: null,
  note: `not run: ${because}`,
});
