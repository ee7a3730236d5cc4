import { type Decimal, isNegative, negate, subtract, sum, zero } from '#model/kernel';

/** One term of the sum, with its sign. */
export interface AvailabilityTerm {
  readonly term: 'on-hand' | 'reserved-firm' | 'reserved-soft' | 'safety-stock';
  readonly quantity: Decimal;
}

/** What may be promised of an item at a site, and how that comes about: `available` is the sum of the terms, or zero when that is negative. */
export interface Availability {
  readonly item: string;
  readonly site: string;
  readonly unit: string;
  readonly available: Decimal;
  /** Claimed and no longer there (found missing after it was claimed); zero when all is well. */
  readonly oversold: Decimal;
  readonly terms: readonly AvailabilityTerm[];
}

/** A row of the availability statement. */
export interface PositionRow {
  readonly item: string;
  readonly site: string;
  readonly unit: string;
  readonly on_hand: Decimal;
  readonly reserved: Decimal;
  readonly soft: Decimal;
  readonly safety_stock: Decimal;
}

/** Availability, term by term. */
export function explain(row: PositionRow): Availability {
  const free = subtract(row.on_hand, row.reserved);
  const total = subtract(free, row.safety_stock);
  const terms: readonly AvailabilityTerm[] = [
    { term: 'on-hand', quantity: row.on_hand },
    { term: 'reserved-firm', quantity: negate(subtract(row.reserved, row.soft)) },
    { term: 'reserved-soft', quantity: negate(row.soft) },
    { term: 'safety-stock', quantity: negate(row.safety_stock) },
  ];
  return {
    item: row.item,
    site: row.site,
    unit: row.unit,
    available: isNegative(total) ? zero : total,
    oversold: isNegative(free) ? negate(free) : zero,
    terms,
  };
}

/** What may be promised of an item everywhere together. */
export const availableEverywhere = (positions: readonly Availability[]): Decimal =>
  sum(positions.map(({ available }) => available));
