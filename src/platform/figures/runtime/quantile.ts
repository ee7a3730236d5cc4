import type { Digest } from './digest.ts';

const number = new Float64Array(1);
const halves = new Uint32Array(number.buffer);
const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Grows with the value, in steps of about 0.4 %: the upper bits of its binary form. */
function stepOf(value: number): number {
  number[0] = value;
  return (halves[isLittleEndian ? 1 : 0] ?? 0) >>> 12;
}

/**
 * The smallest value that at least such a share of all does not exceed, over many digests as if they were one; undefined when they are
 * empty. Finds the step in which it lies, and sorts only that: digests of a year need not be merged.
 */
export function quantile(digests: readonly Digest[], share: number): number | undefined {
  const steps = new Map<number, number>();
  let total = 0;
  for (const { values, counts } of digests) {
    for (let index = 0; index < values.length; index += 1) {
      const step = stepOf(values[index] ?? 0);
      const count = counts[index] ?? 0;
      steps.set(step, (steps.get(step) ?? 0) + count);
      total += count;
    }
  }
  if (total === 0) return undefined;
  let rank = Math.max(1, Math.ceil(share * total));
  let within = 0;
  for (const step of [...steps.keys()].sort((a, b) => a - b)) {
    within = step;
    const count = steps.get(step) ?? 0;
    if (rank <= count) break;
    rank -= count;
  }
  const candidates: (readonly [value: number, count: number])[] = [];
  for (const { values, counts } of digests) {
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index] ?? 0;
      if (stepOf(value) === within) candidates.push([value, counts[index] ?? 0]);
    }
  }
  for (const [value, count] of candidates.sort(([a], [b]) => a - b)) {
    if (rank <= count) return value;
    rank -= count;
  }
  return undefined;
}
