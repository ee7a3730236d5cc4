import type { Decimal, LocalDate } from '#model/kernel';

/** A customer as submissions are checked against it. */
export interface CatalogueCustomer {
  readonly customer: string;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly active: boolean;
}

/** One of `unit` is `factor` stock units, from `validFrom` on and before `validTo` (absent: always). */
export interface Conversion {
  readonly unit: string;
  readonly factor: Decimal;
  readonly validFrom?: LocalDate;
  readonly validTo?: LocalDate;
}

/** An item as submissions are checked against it. */
export interface CatalogueItem {
  readonly item: string;
  readonly description: string;
  /** The unit in which it is stocked. */
  readonly unit: string;
  readonly conversions: readonly Conversion[];
}
