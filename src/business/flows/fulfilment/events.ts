import { Type } from 'typebox';
import { closed, Identifier, type Shipment } from '#model/canonical';
import type { PostedInvoice } from '#model/capabilities';
import { defineEvent, type EventType } from '#platform/engine';

/** The order wants this fulfilment stopped. */
export const CancelFulfilment: EventType<{ readonly reason: string }> = { name: 'fulfilment.cancel-requested' };

const decided = {
  requestedBy: Identifier('Who decides, e.g. `api:warehouse-desk`.', 120),
  reason: Type.String({ minLength: 1, maxLength: 500 }),
};

/** What the warehouse refused is to be released anew: it goes round again, under a number of its own. */
export const ReleaseAgain = defineEvent('fulfilment.release-again', Type.Object(decided, closed));

/** The warehouse was told by hand what it refused as a document, and works on it. */
export const ReleasedByHand = defineEvent('fulfilment.released-by-hand', Type.Object(decided, closed));

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
