import { add, type Decimal, decimal, zero } from '#model/kernel';
import type { Effect, Evidence } from './evidence.ts';

/** Quantities by name, e.g. of an item. */
export type Tally = ReadonlyMap<string, Decimal>;

/** Adds up quantities of the same name. */
export function tally(parts: Iterable<readonly [string, string]>): Tally {
  const sums = new Map<string, Decimal>();
  for (const [name, quantity] of parts) sums.set(name, add(sums.get(name) ?? zero, decimal(quantity)));
  return sums;
}

export const quantityOf = (sums: Tally, name: string): Decimal => sums.get(name) ?? zero;

/** Names of both, each once. */
export const namesOf = (...sums: readonly Tally[]): readonly string[] => [
  ...new Set(sums.flatMap((each) => [...each.keys()])),
];

/** A line of an effect: the warehouse says `item`, the ERP `product`. */
interface EffectLine {
  readonly item?: string;
  /** Of the order; the ERP does not know it. */
  readonly line?: number;
  readonly product?: string;
  readonly quantity: string;
  readonly unitPrice?: string;
}

export const linesOf = (effect: Effect): readonly EffectLine[] =>
  Array.isArray(effect.lines) ? (effect.lines as readonly EffectLine[]) : [];

/** Quantities of these effects by item. */
export const itemsOf = (effects: readonly Effect[]): Tally =>
  tally(effects.flatMap(linesOf).map((line) => [line.item ?? line.product ?? '', line.quantity] as const));

/** The order that an effect is about: the books know its number, a warehouse one that begins with it. */
export function orderOf({ reference, fulfilmentNumber }: Effect): string | undefined {
  if (typeof reference === 'string') return reference;
  return typeof fulfilmentNumber === 'string' ? fulfilmentNumber.split('-', 1)[0] : undefined;
}

/** The warehouse that an effect is about. */
export const siteOf = ({ system, warehouse }: Effect): string =>
  typeof warehouse === 'string' ? warehouse : system.replace(/^wms-/, '');

/** The effects of each order, in the order of the ledgers. */
export function byOrder({ effects }: Pick<Evidence, 'effects'>): ReadonlyMap<string, readonly Effect[]> {
  const orders = new Map<string, Effect[]>();
  for (const effect of effects) {
    const orderNumber = orderOf(effect);
    if (orderNumber === undefined) continue;
    const known = orders.get(orderNumber);
    if (known === undefined) orders.set(orderNumber, [effect]);
    else known.push(effect);
  }
  return orders;
}

export const ofKind = (effects: readonly Effect[], kind: string): readonly Effect[] =>
  effects.filter((effect) => effect.kind === kind);

/** Names that stand more than once. */
export const repeatedAmong = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, place) => names.indexOf(name) !== place)),
];
