import type { ComparisonRow } from '../answers.ts';

/** Rows under one heading: what is said of the whole order, or of one of its lines. */
export interface Section {
  readonly line?: number;
  readonly rows: readonly ComparisonRow[];
  readonly differing: number;
}

/** A property as it stands under its line's heading: `line 3: shipped` is `shipped` there. */
export const propertyWords = ({ property, line }: ComparisonRow): string =>
  line === undefined ? property : property.replace(new RegExp(`^line ${line}: `), '');

/** How much of what is said is shown: what differs alone; that and what is said of the whole order; or all. */
export type Extent = 'differing' | 'telling' | 'all';

/** The rows by what they are about, the whole order first. `agreeing`: lines that were left out because all agree on them. */
export function sectionsOf(
  rows: readonly ComparisonRow[],
  extent: Extent,
): { readonly sections: readonly Section[]; readonly agreeing: number } {
  const found = [...Map.groupBy(rows, ({ line }) => line)]
    .toSorted(([a], [b]) => (a ?? -1) - (b ?? -1))
    .map(([line, about]): Section => {
      const differing = about.filter(({ agrees }) => !agrees);
      return {
        ...(line === undefined ? {} : { line }),
        rows: extent === 'differing' ? differing : about,
        differing: differing.length,
      };
    });
  const isShown = ({ line, differing }: Section): boolean =>
    extent === 'all' || differing > 0 || (extent === 'telling' && line === undefined);
  const sections = found.filter(isShown);
  return { sections, agreeing: found.filter((section) => section.line !== undefined && !isShown(section)).length };
}
