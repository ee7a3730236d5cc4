import type { ShippingPolicy } from '#model/canonical';
import { type Call, type Decimal, defineCapability } from '#model/kernel';

export interface ReservationRequest {
  readonly orderNumber: string;
  readonly policy: ShippingPolicy;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly item: string;
    readonly quantity: Decimal;
    readonly unit: string;
  }[];
}

/** What was reserved for each line, and where. The two sum to the quantity asked. */
export interface Allocation {
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly places: readonly { readonly site: string; readonly quantity: Decimal }[];
    /** What no warehouse has. */
    readonly short: Decimal;
  }[];
}

export interface ShippedStock {
  readonly orderNumber: string;
  readonly site: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly item: string;
    readonly shipped: Decimal;
    readonly short: Decimal;
  }[];
}

/**
 * Stock claimed for orders. Crossdock's own: kept in its database, never oversold under concurrency, also when two lines name
 * the same item. Every verb is idempotent on its key.
 */
export interface ReservationsVerbs {
  /**
   * Firm reservation. Fewest warehouses first: one site that has everything, else line by line, largest stock first.
   * With `ship-complete` it is all or nothing: when anything is short nothing is reserved.
   */
  reserve(request: ReservationRequest, call: Call): Promise<Allocation>;
  /** Gives back what the order still has reserved (at one site, or everywhere). */
  release(request: { readonly orderNumber: string; readonly site?: string }, call: Call): Promise<void>;
  /** Goods left: reservation and on-hand both fall. A short pick gives the claim back and takes the missing units out of on-hand. */
  ship(request: ShippedStock, call: Call): Promise<void>;
}
export const Reservations = defineCapability<ReservationsVerbs>('reservations');
