import type { Shipment } from '#model/canonical';
import type { PostedInvoice } from '#model/capabilities';
import type { EventType } from '#platform/engine';

/** The order wants this fulfilment stopped. */
export const CancelFulfilment: EventType<{ readonly reason: string }> = { name: 'fulfilment.cancel-requested' };

/** To the order: the warehouse has it. */
export const FulfilmentReleased: EventType<{ readonly fulfilmentNumber: string }> = { name: 'fulfilment.released' };

/** To the order: goods left. */
export const FulfilmentDispatched: EventType<{ readonly shipment: Shipment }> = { name: 'fulfilment.dispatched' };

/** To the order: what left is invoiced. */
export const FulfilmentInvoiced: EventType<{
  readonly fulfilmentNumber: string;
  readonly invoices: readonly PostedInvoice[];
}> = {
  name: 'fulfilment.invoiced',
};
