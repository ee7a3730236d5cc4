import {
  add,
  type Decimal,
  decimal,
  isPositive,
  isZero,
  multiply,
  roundHalfUp,
  smaller,
  subtract,
  zero,
} from '#model/kernel';
import type { ReportedLine } from './advice-945.ts';
import type { OrderedLine } from './order-940.ts';

/** Stock on the shelves, by item. */
export interface Shelves {
  /** Takes as much as there is, at most `wanted`. */
  take(item: string, wanted: Decimal): Decimal;
  quantities(): Readonly<Record<string, Decimal>>;
  set(item: string, quantity: Decimal): void;
}

/** Makes shelves with what the world says. */
export function createShelves(stock: readonly { readonly item: string; readonly quantity: string }[]): Shelves {
  const shelves = new Map(stock.map(({ item, quantity }) => [item, decimal(quantity)]));
  return {
    take: (item, wanted) => {
      const there = shelves.get(item) ?? zero;
      const taken = smaller(there, wanted);
      shelves.set(item, subtract(there, taken));
      return taken;
    },
    quantities: () => Object.fromEntries(shelves),
    set: (item, quantity) => {
      shelves.set(item, quantity);
    },
  };
}

/** Picks every line from the shelves; `missing` units of an item cannot be found. */
export function pick(
  lines: readonly OrderedLine[],
  shelves: Shelves,
  missing: ReadonlyMap<string, Decimal>,
): ReportedLine[] {
  const lost = new Map(missing);
  return lines.map(({ line, item, unit, quantity }) => {
    const owed = decimal(quantity);
    const notFound = smaller(owed, lost.get(item) ?? zero);
    lost.set(item, subtract(lost.get(item) ?? zero, notFound));
    const shipped = shelves.take(item, subtract(owed, notFound));
    return { line, item, unit, owed, shipped, short: subtract(owed, shipped) };
  });
}

/** What a cancelled order reports: nothing shipped, nothing to come. */
export const nothingShipped = (lines: readonly OrderedLine[]): ReportedLine[] =>
  lines.map(({ line, item, unit, quantity }) => {
    const owed = decimal(quantity);
    return { line, item, unit, owed, shipped: zero, short: owed };
  });

const lowerHalf = (quantity: Decimal): Decimal =>
  subtract(quantity, roundHalfUp(multiply(quantity, decimal('0.5')), 0));

/** Cuts what was picked into two shipments; undefined when there is too little to cut. */
export function split(picked: readonly ReportedLine[]): readonly [ReportedLine[], ReportedLine[]] | undefined {
  let first = picked.map(({ shipped }) => lowerHalf(shipped));
  if (first.every(isZero)) first = picked.map(({ shipped }, place) => (place === 0 ? shipped : zero));
  const portion = (place: number): Decimal => first[place] ?? zero;
  const now = picked.map((line, place): ReportedLine => ({ ...line, shipped: portion(place), short: zero }));
  const later = picked
    .map((line, place): ReportedLine => {
      const rest = subtract(line.shipped, portion(place));
      return { ...line, owed: add(rest, line.short), shipped: rest };
    })
    .filter(({ owed }) => isPositive(owed));
  const both = [now, later].every((lines) => lines.some(({ shipped }) => isPositive(shipped)));
  return both ? [now, later] : undefined;
}
