import { type Description, type Measure, meets } from '../flows/measure.ts';
import { median, significant } from '../kit/statistics.ts';

/** A measure that is one figure by round and not a ratio of two. */
export function figureOf(description: Description, figures: readonly number[], limit: number): Measure {
  const middle = median(figures);
  return {
    ...description,
    ratio: significant(middle),
    ours: significant(middle),
    theirs: limit,
    rounds: figures.length,
    perRound: figures.map((figure) => ({ ours: significant(figure), theirs: limit })),
    met: meets(middle, description.target),
  };
}
