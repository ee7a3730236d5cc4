import type { FigureDescription, FigureSet } from '../figure.ts';

/** What a set says of a figure; undefined when it is not one of its own. */
export const describeIn = (set: FigureSet, figure: string): FigureDescription | undefined =>
  set.always.find((each) => each.figure === figure) ?? set.describe?.(figure);

/** The set that a figure is of. */
export const setOfFigure = (sets: readonly FigureSet[], figure: string): FigureSet | undefined =>
  sets.find((set) => describeIn(set, figure) !== undefined);
