import type { Fact } from '#platform/engine';
import type { OrderDocument } from './document.ts';

/** What every fact of an order says; the whole of what a salesperson may see, so that the latest wins. */
export interface OrderFactData {
  readonly orderNumber: string;
  readonly customer: string;
  readonly channel: string;
  readonly source: string;
  readonly sourceReference?: string;
  /** In words for a salesperson. */
  readonly state: string;
  readonly trackingNumbers: readonly string[];
  /** No more news will come. */
  readonly final: boolean;
}

export const orderFactTypes = {
  accepted: 'order.accepted',
  held: 'order.held',
  confirmed: 'order.confirmed',
  dispatched: 'order.dispatched',
  waiting: 'order.waiting',
  completed: 'order.completed',
  cancelled: 'order.cancelled',
} as const;

const stateWords = {
  accepted: () => 'checking',
  held: (doc: OrderDocument) => `held: ${[...new Set(doc.holds.map((hold) => hold.kind))].join(', ')}`,
  confirmed: () => 'confirmed',
  dispatched: () => 'part shipped',
  waiting: () => 'waiting for the rest',
  completed: () => 'completed',
  cancelled: () => 'cancelled',
} as const satisfies Record<keyof typeof orderFactTypes, (doc: OrderDocument) => string>;

/** A fact about the order, from its document. */
export function orderFact(kind: keyof typeof orderFactTypes, doc: OrderDocument): Fact {
  const { orderNumber, customer, channel, source, sourceReference } = doc.given;
  const data: OrderFactData = {
    orderNumber,
    customer,
    channel,
    source,
    ...(sourceReference === undefined ? {} : { sourceReference }),
    state: stateWords[kind](doc),
    trackingNumbers: doc.shipments.flatMap(({ trackingNumber }) =>
      trackingNumber === undefined ? [] : [trackingNumber],
    ),
    final: kind === 'completed' || kind === 'cancelled',
  };
  return { type: orderFactTypes[kind], data };
}
