/** The value below which `share` (0 to 1) of them lie, by the nearest rank. `NaN` of nothing. */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** The middle one; of an even number the mean of the middle two. `NaN` of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Ours against theirs, round by round, because what disturbs the machine disturbs both sides of one round: the median of the
 * rounds' ratios, with the smallest and the largest. Throws when the rounds do not pair.
 */
export function ratioOfRounds(
  ours: readonly number[],
  theirs: readonly number[],
): { readonly ratio: number; readonly lowest: number; readonly highest: number } {
  if (ours.length !== theirs.length || ours.length === 0) {
    throw new RangeError(`rounds do not pair: ${ours.length} of ours, ${theirs.length} of theirs`);
  }
  const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN));
  return { ratio: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}

/** To so many significant digits, as a plain number. */
export const significant = (value: number, digits = 3): number => Number(value.toPrecision(digits));
