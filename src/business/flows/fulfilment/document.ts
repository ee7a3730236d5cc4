import type { FulfilmentOrder, Shipment } from '#model/canonical';
import type { Booking } from '#model/capabilities';

/** What a fulfilment run is started with. */
export interface FulfilmentInput {
  readonly fulfilment: FulfilmentOrder;
  /** The ERP's sales order that it delivers. */
  readonly booking: Booking;
  /** Who waits for it, and in what the booking is counted. */
  readonly customer?: string;
  readonly currency?: string;
}

/** The running document of one fulfilment order: one order, one warehouse, one round. */
export interface FulfilmentDocument {
  readonly given: FulfilmentInput;
  /** Everything that left, oldest first. The last one is the one being booked. */
  readonly shipments: readonly Shipment[];
  /** The warehouse has said that nothing more will leave; reports of what left before may still come. */
  readonly final: boolean;
  readonly cancelReason?: string;
  /** What the warehouse's translator said of the release. */
  readonly acknowledged?: boolean;
  readonly refusals: readonly string[];
  /** Somebody wants what the warehouse refused released anew, in another round. */
  readonly again?: true;
  /** Within this time the warehouse says that it has the release; absent: it acknowledges nothing. */
  readonly acknowledgeWithinMs?: number;
}

/** At least one shipment has left. */
export interface Dispatched extends FulfilmentDocument {
  readonly shipments: readonly [Shipment, ...Shipment[]];
}

/** What the order learns at the end. */
export interface FulfilmentResult {
  readonly fulfilmentNumber: string;
  readonly site: string;
  readonly shipped: boolean;
  /** The warehouse never had it, and a person wants it released anew. */
  readonly again?: true;
}
