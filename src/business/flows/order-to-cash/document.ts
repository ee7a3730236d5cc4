import type { LineQuantities, Order, OrderLine } from '#model/canonical';
import type { Booking, CustomerStanding, PostedInvoice } from '#model/capabilities';
import type { Decimal } from '#model/kernel';

export type HoldKind = 'credit' | 'price' | 'item' | 'duplicate' | 'address' | 'stock' | 'compliance' | 'manual';

/** A typed block. `hold` names it in the API: its kind, and for a line's hold the line, e.g. `credit`, `item-3`. */
export interface Hold {
  readonly hold: string;
  readonly kind: HoldKind;
  readonly lineNumber?: number;
  readonly reason: string;
  readonly placedAt: string;
}

/** A released hold: the same check honours it afterwards, within its amount and until it expires. */
export interface Waiver {
  readonly kind: HoldKind;
  readonly lineNumber?: number;
  /** What the hold said: a price waiver honours this difference and no other. */
  readonly held: string;
  /** Credit: how far over the limit is allowed. Absent: as far as it takes, a blocked customer included. */
  readonly amount?: Decimal;
  readonly expires?: string;
  readonly grantedBy: string;
  readonly reason: string;
  readonly grantedAt: string;
}

/** What the system of record quoted for a goods line. */
export interface QuotedPrice {
  readonly unitPrice: Decimal;
  readonly taxPercent: Decimal;
}

/** What one warehouse is to ship in one round. */
export interface PlannedFulfilment {
  readonly site: string;
  readonly lines: readonly { readonly lineNumber: number; readonly quantity: Decimal }[];
}

/** An ERP sales order for one site of one round; without a site when the order has only charges. */
export interface OrderBooking {
  readonly round: number;
  readonly site?: string;
  readonly booking: Booking;
  /** The order's charges stand on it. */
  readonly carriesCharges: boolean;
  /** It was taken back: for a change, or because its warehouse shipped nothing. */
  readonly withdrawn?: true;
}

export interface OrderFulfilment {
  readonly fulfilmentNumber: string;
  readonly round: number;
  readonly site: string;
  /** What it has neither shipped nor given up. */
  readonly left: readonly { readonly lineNumber: number; readonly quantity: Decimal }[];
  readonly ended: boolean;
}

export interface OrderShipment {
  readonly shipmentNumber: string;
  readonly fulfilmentNumber: string;
  readonly site: string;
  readonly shippedAt: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
}

/** What was changed of an order since it was accepted; `demandOf` lays it over what was given. */
export interface Amendment extends Pick<Order, 'requestedDate' | 'shipTo' | 'customerPurchaseOrder'> {
  /** Lines that were changed or added, in their present form. */
  readonly lines?: readonly OrderLine[];
}

/** What a change asks for. */
export interface WantedChange extends Pick<Order, 'requestedDate' | 'shipTo' | 'customerPurchaseOrder'> {
  readonly lines?: readonly { readonly lineNumber: number; readonly quantity: Decimal }[];
  readonly add?: readonly Omit<OrderLine, 'lineNumber'>[];
}

/** What came of a wish: `pending` while the warehouses are asked, `partly` where some of it came too late. */
export type Verdict = 'accepted' | 'pending' | 'refused' | 'partly';

/** A change that somebody asked for. */
export interface OrderChange {
  /** Counts the changes of the order, from 1. */
  readonly id: string;
  /** The message that asked. */
  readonly messageId: string;
  readonly requestedAt: string;
  readonly by: string;
  readonly reason: string;
  /** In words. */
  readonly what: readonly string[];
  readonly verdict: Verdict;
  /** Why not, or not all of it. */
  readonly because?: string;
  /** Kept while it is pending. */
  readonly wanted?: WantedChange;
}

/** A wish to stop the order. */
export interface Cancellation {
  readonly requestedBy: string;
  readonly reason: string;
  readonly requestedAt: string;
  readonly verdict: Verdict;
  readonly because?: string;
}

/** The running document of one order. `given` never changes; everything else is small and changes as the order travels. */
export interface OrderDocument {
  readonly given: Order;
  /** Quantity state of each goods line by line number. */
  readonly lines: Readonly<Record<string, LineQuantities>>;
  /** Counts the checks; each asks anew. */
  readonly check: number;
  /** Counts the rounds of reserve, book and fulfil; the rest of an order goes through another. */
  readonly round: number;
  /** Counts the attempts to book in a round; a refused booking is asked again under a new key. */
  readonly attempt: number;
  readonly customer?: CustomerStanding;
  readonly prices: Readonly<Record<string, QuotedPrice>>;
  /** Lines whose item the system of record does not know. */
  readonly unknownItems: readonly number[];
  /** The elder open order with the same customer purchase order number. */
  readonly duplicateOf?: string;
  readonly holds: readonly Hold[];
  readonly waivers: readonly Waiver[];
  /** At the last check a waiver in force covered the credit: the ERP is told to book all the same. */
  readonly creditWaived?: boolean;
  /** This round's plan, by site. */
  readonly plan: readonly PlannedFulfilment[];
  readonly bookings: readonly OrderBooking[];
  /** Why the ERP refused this attempt's booking. */
  readonly refusal?: { readonly code: string; readonly message: string };
  readonly fulfilments: readonly OrderFulfilment[];
  readonly shipments: readonly OrderShipment[];
  readonly invoices: readonly PostedInvoice[];
  /** Absent: nothing was changed. */
  readonly amended?: Amendment;
  /** Absent: nobody asked for one. */
  readonly changes?: readonly OrderChange[];
  readonly cancellation?: Cancellation;
}
