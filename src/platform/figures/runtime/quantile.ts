import type { Digest } from './digest.ts';

/** Values are counted by steps of about 0.4 %: the upper bits of their binary form, which grow with them. */
const stepBits = 20;
/** Where the upper half of a number lies in memory. */
const upper = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
/** Counts of steps; nothing but zeros between two calls. */
const counted = new Float64Array(2 ** stepBits);

const halvesOf = (values: Float64Array): Uint32Array =>
  new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
const stepAt = (halves: Uint32Array, index: number): number => (halves[index * 2 + upper] ?? 0) >>> (32 - stepBits);

/** The value of a rank among those of one step. */
function valueInStep(digests: readonly Digest[], step: number, rank: number): number | undefined {
  const candidates: (readonly [value: number, count: number])[] = [];
  for (const { values, counts } of digests) {
    const halves = halvesOf(values);
    for (let index = 0; index < values.length; index += 1) {
      if (stepAt(halves, index) === step) candidates.push([values[index] ?? 0, counts[index] ?? 0]);
    }
  }
  let left = rank;
  for (const [value, count] of candidates.sort(([a], [b]) => a - b)) {
    if (left <= count) return value;
    left -= count;
  }
  return undefined;
}

/**
 * For each share the smallest value that at least so many of all do not exceed, over many digests as if they were one; undefined when
 * they are empty. Finds the step in which it lies, and sorts only that: digests of a year need not be merged.
 */
export function quantiles(digests: readonly Digest[], shares: readonly number[]): readonly (number | undefined)[] {
  let total = 0;
  let first = counted.length;
  let last = -1;
  for (const { values, counts } of digests) {
    const halves = halvesOf(values);
    for (let index = 0; index < values.length; index += 1) {
      const step = stepAt(halves, index);
      const count = counts[index] ?? 0;
      counted[step] = (counted[step] ?? 0) + count;
      total += count;
      if (step < first) first = step;
      if (step > last) last = step;
    }
  }
  if (total === 0) return shares.map(() => undefined);
  const places = shares.map((share) => {
    let rank = Math.max(1, Math.ceil(share * total));
    let step = first;
    for (; step < last && rank > (counted[step] ?? 0); step += 1) rank -= counted[step] ?? 0;
    return { step, rank };
  });
  counted.fill(0, first, last + 1);
  return places.map(({ step, rank }) => valueInStep(digests, step, rank));
}

/** One of them. */
export const quantile = (digests: readonly Digest[], share: number): number | undefined =>
  quantiles(digests, [share])[0];
