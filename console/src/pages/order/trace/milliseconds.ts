import { duration } from '../../../words/duration.ts';

/** A length in milliseconds, exact where it is short: `42 ms`, `1.22 s`, `3 min 5 s`. */
export function took(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${Number((milliseconds / 1_000).toFixed(2))} s`;
  return duration(milliseconds / 1_000);
}
