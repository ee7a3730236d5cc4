import type { Combining } from '../figure.ts';
import type { Digest } from './digest.ts';
import { quantile } from './quantile.ts';

/** What is known of a figure over some time. */
export interface Tally {
  readonly count: number;
  readonly sum: number;
  readonly digests: readonly Digest[];
}

export interface Worth {
  readonly value?: number;
  readonly p95?: number;
  readonly sample: number;
}

export const noTally: Tally = { count: 0, sum: 0, digests: [] };

export const addTally = (one: Tally, other: Tally): Tally => ({
  count: one.count + other.count,
  sum: one.sum + other.sum,
  digests: [...one.digests, ...other.digests],
});

const defined = (value: number | undefined, p95: number | undefined) => ({
  ...(value === undefined ? {} : { value }),
  ...(p95 === undefined ? {} : { p95 }),
});

/** A figure's value. Of nothing there is no median and no mean, but a sum: none. */
export function worthOf(combines: Combining, { count, sum, digests }: Tally): Worth {
  if (combines === 'sum') return { value: sum, sample: count };
  if (combines === 'mean') return { ...(count === 0 ? {} : { value: sum / count }), sample: count };
  return { ...defined(quantile(digests, 0.5), quantile(digests, 0.95)), sample: count };
}
