import type { Combining } from '../figure.ts';
import type { Digest } from './digest.ts';
import { quantiles } from './quantile.ts';

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

const present = (value: number | undefined, p95: number | undefined) => ({
  ...(value === undefined ? {} : { value }),
  ...(p95 === undefined ? {} : { p95 }),
});

/** A figure's value. Of nothing there is no median and no mean, but a sum: none. */
export function worthOf(combines: Combining, { count, sum, digests }: Tally): Worth {
  if (combines === 'sum') return { value: sum, sample: count };
  if (combines === 'mean') return { ...(count === 0 ? {} : { value: sum / count }), sample: count };
  const [median, p95] = quantiles(digests, [0.5, 0.95]);
  return { ...present(median, p95), sample: count };
}

/** The value of a day or an hour of a trend; of one that was summed up its median is known. */
export function tickWorth(combines: Combining, tick: Tally & { readonly median?: number }): Worth {
  if (combines !== 'median') return worthOf(combines, tick);
  return { ...present(tick.median ?? quantiles(tick.digests, [0.5])[0], undefined), sample: tick.count };
}
