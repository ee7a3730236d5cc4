import type { LineKind } from '#model/canonical';
import { type Call, type Decimal, defineCapability, type Inquiry } from '#model/kernel';

export interface BookingRequest {
  readonly orderNumber: string;
  readonly customer: string;
  readonly customerPurchaseOrder?: string;
  readonly currency: string;
  readonly orderedAt: string;
  /** The warehouse that ships the goods lines of this booking; absent when it has only charges. */
  readonly site?: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly kind: LineKind;
    readonly item: string;
    readonly description?: string;
    readonly quantity: Decimal;
    readonly unit: string;
    readonly unitPrice: Decimal;
  }[];
  /** Finance released this order over the limit: book it with the system's override where it has one. */
  readonly creditOverride: boolean;
}

/** A sales order in the ERP. */
export interface Booking {
  /** Its id there, for further calls. */
  readonly id: string;
  /** Its number there, for people. */
  readonly reference: string;
  readonly untaxed: Decimal;
  readonly tax: Decimal;
  readonly total: Decimal;
}

export interface SalesOrdersVerbs {
  /**
   * Books and confirms; carries the order number as reference. When `call.attempt` > 1 it first looks for what an earlier
   * attempt left and goes on from there. Business faults: `credit-limit-exceeded`, `customer-blocked`, `not-enough-stock`, `unknown-item`,
   * `unknown-customer`.
   */
  book(request: BookingRequest, call: Call): Promise<Booking>;
  /** Was the booking of this key completed? A half-made one is `not-done`: booking again completes it. */
  findBooking(request: BookingRequest, call: Call): Promise<Inquiry<Booking>>;
  /** Takes back what has not been shipped; nothing left to take back is success. */
  cancelBooking(booking: Booking, call: Call): Promise<void>;
}
export const SalesOrders = defineCapability<SalesOrdersVerbs>('sales-orders');
