import { type Static, Type } from 'typebox';
import {
  CurrencyCode,
  closed,
  DecimalText,
  Identifier,
  InstantText,
  LineKind,
  PlainText,
  UnitCode,
} from '#model/canonical';
import { type Call, defineCapability, type Inquiry } from '#model/kernel';
import type { Frozen } from './frozen.ts';

export const BookingRequest = Type.Object(
  {
    orderNumber: Identifier('Ours; stands on the document as its reference.', 30),
    customer: Identifier("The customer's number.", 40),
    customerPurchaseOrder: Type.Optional(Identifier("The customer's own number.", 40)),
    currency: CurrencyCode,
    orderedAt: InstantText,
    site: Type.Optional(
      Identifier('The warehouse that ships the goods lines of this booking; absent when it has only charges.', 20),
    ),
    lines: Type.Array(
      Type.Object(
        {
          lineNumber: Type.Integer({ minimum: 1 }),
          kind: LineKind,
          item: Identifier('Our item number, or the charge code.', 40),
          description: Type.Optional(PlainText('What the item is called, for people.', 200)),
          quantity: DecimalText,
          unit: UnitCode,
          unitPrice: DecimalText,
        },
        closed,
      ),
      { minItems: 1 },
    ),
    creditOverride: Type.Boolean({
      description: "Finance released this order over the limit: book it with the system's override where it has one.",
    }),
  },
  closed,
);
export type BookingRequest = Frozen<Static<typeof BookingRequest>>;

/** A sales order in the ERP. */
export const Booking = Type.Object(
  {
    id: Identifier('Its id there, for further calls.', 100),
    reference: Identifier('Its number there, for people.', 100),
    untaxed: DecimalText,
    tax: DecimalText,
    total: DecimalText,
  },
  closed,
);
export type Booking = Frozen<Static<typeof Booking>>;

export interface SalesOrdersVerbs {
  /**
   * Books and confirms; carries the order number as reference. When `call.attempt` > 1 it first looks for what an earlier
   * attempt left and goes on from there. Business faults: `credit-limit-exceeded`, `customer-blocked`, `not-enough-stock`, `unknown-item`,
   * `unknown-customer`.
   */
  book(request: BookingRequest, call: Call): Promise<Booking>;
  /** Was the booking of this key completed? A half-made one is `not-done`: booking again completes it. */
  findBooking(request: BookingRequest, call: Call): Promise<Inquiry<Booking>>;
  /**
   * Takes away what attempts under this key left half made; nothing there is success. A booking that was completed is left as it is
   * and the call fails as ambiguous.
   */
  discardBooking(request: BookingRequest, call: Call): Promise<void>;
  /** Takes back what has not been shipped; nothing left to take back is success. */
  cancelBooking(booking: Booking, call: Call): Promise<void>;
}
export const SalesOrders = defineCapability<SalesOrdersVerbs>('sales-orders');
