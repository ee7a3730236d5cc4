import { type Static, Type } from 'typebox';
import { closed, DecimalText, Identifier, ShippingPolicy, UnitCode } from '#model/canonical';
import { type Call, defineCapability } from '#model/kernel';
import type { Frozen } from './frozen.ts';

const orderNumber = Identifier('Order.', 30);
const site = Identifier('Warehouse.', 20);
const lineNumber = Type.Integer({ minimum: 1 });
const item = Identifier('Our item number.', 40);

export const ReservationRequest = Type.Object(
  {
    orderNumber,
    policy: ShippingPolicy,
    lines: Type.Array(Type.Object({ lineNumber, item, quantity: DecimalText, unit: UnitCode }, closed)),
  },
  closed,
);
export type ReservationRequest = Frozen<Static<typeof ReservationRequest>>;

/** What was reserved for each line, and where. The two sum to the quantity asked. */
export const Allocation = Type.Object(
  {
    lines: Type.Array(
      Type.Object(
        {
          lineNumber,
          places: Type.Array(Type.Object({ site, quantity: DecimalText }, closed)),
          /** What no warehouse has. */
          short: DecimalText,
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Allocation = Frozen<Static<typeof Allocation>>;

export const ShippedStock = Type.Object(
  {
    orderNumber,
    site,
    lines: Type.Array(Type.Object({ lineNumber, item, shipped: DecimalText, short: DecimalText }, closed)),
  },
  closed,
);
export type ShippedStock = Frozen<Static<typeof ShippedStock>>;

export const StockRelease = Type.Object({ orderNumber, site: Type.Optional(site) }, closed);

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
