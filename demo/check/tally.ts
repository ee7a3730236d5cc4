import { Big } from 'big.js';

/** A quantity of an item, at a price where a document names one. */
export interface Counted {
  readonly item: string;
  readonly quantity: Big;
  readonly unitPrice?: Big;
}

const name = ({ item, unitPrice }: Counted): string =>
  unitPrice === undefined ? item : `${item} at ${unitPrice.toFixed()}`;

/** How much there is of each item (at each price). */
function totals(lines: readonly Counted[]): ReadonlyMap<string, Big> {
  const sums = new Map<string, Big>();
  for (const line of lines) sums.set(name(line), line.quantity.plus(sums.get(name(line)) ?? 0));
  return sums;
}

/** What is missing from and what is too much in `actual`, in words; both empty when the totals agree. */
export interface Deviation {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export function deviation(expected: readonly Counted[], actual: readonly Counted[]): Deviation {
  const wanted = totals(expected);
  const found = totals(actual);
  const missing: string[] = [];
  const extra: string[] = [];
  for (const item of new Set([...wanted.keys(), ...found.keys()])) {
    const difference = (found.get(item) ?? new Big(0)).minus(wanted.get(item) ?? 0);
    if (difference.lt(0)) missing.push(`${difference.abs().toFixed()} of ${item}`);
    if (difference.gt(0)) extra.push(`${difference.toFixed()} of ${item}`);
  }
  return { missing, extra };
}

/** Line by line, in any order: `6 of A at 2.55`. */
export const lineTexts = (lines: readonly Counted[]): readonly string[] =>
  lines.map((line) => `${line.quantity.toFixed()} of ${name(line)}`).sort();
