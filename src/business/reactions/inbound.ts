import { fulfilment } from '#business/flows';
import type { EventType } from '#model/kernel';
import { FulfilmentAcknowledged, FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';

/** A kind of message from outside, and the flow whose run its key names. */
export interface InboundRoute {
  readonly event: EventType;
  readonly flow: string;
}

/** Who hears what the outside systems say. `order.submitted` is not here: it goes through the same door as an API call. */
export const inboundRoutes: readonly InboundRoute[] = [
  { event: FulfilmentAcknowledged, flow: fulfilment.name },
  { event: FulfilmentCancelled, flow: fulfilment.name },
  { event: ShipmentConfirmed, flow: fulfilment.name },
];
