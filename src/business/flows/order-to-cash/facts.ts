import { at as quantityAt } from '#model/canonical';
import { add, type Decimal } from '#model/kernel';
import type { Fact } from '#platform/engine';
import type { OrderDocument, OrderShipment } from './document.ts';
import { demandOf } from './rules/demand.ts';
import { goodsLines, liveQuantity } from './rules/lines.ts';

/** A goods line as its customer would ask after it. */
export interface FactLine {
  readonly item: string;
  readonly description?: string;
  readonly unit: string;
  /** What is wanted. */
  readonly quantity: Decimal;
  readonly shipped: Decimal;
  /** What no warehouse has: open or backordered. */
  readonly waiting: Decimal;
  readonly cancelled: Decimal;
}

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
  readonly customerPurchaseOrder?: string;
  readonly requestedDate?: string;
  /** How many changes were accepted. */
  readonly changes: number;
  /** Of facts that tell of goods. */
  readonly lines?: readonly FactLine[];
  /** What just left. */
  readonly shipment?: OrderShipment;
  /** No more news will come. */
  readonly final: boolean;
}

export const orderFactTypes = {
  accepted: 'order.accepted',
  held: 'order.held',
  confirmed: 'order.confirmed',
  changed: 'order.changed',
  dispatched: 'order.dispatched',
  waiting: 'order.waiting',
  delayed: 'order.delayed',
  completed: 'order.completed',
  cancelled: 'order.cancelled',
} as const;

const stateWords = {
  accepted: () => 'checking',
  held: (doc: OrderDocument) => `held: ${[...new Set(doc.holds.map((hold) => hold.kind))].join(', ')}`,
  confirmed: () => 'confirmed',
  changed: () => 'changed',
  dispatched: () => 'part shipped',
  waiting: () => 'waiting for the rest',
  delayed: () => 'late',
  completed: () => 'completed',
  cancelled: () => 'cancelled',
} as const satisfies Record<keyof typeof orderFactTypes, (doc: OrderDocument) => string>;

/** Facts that tell which goods they are about. */
const tellsLines: ReadonlySet<keyof typeof orderFactTypes> = new Set([
  'confirmed',
  'dispatched',
  'waiting',
  'delayed',
  'completed',
  'cancelled',
]);

const factLines = (doc: OrderDocument): readonly FactLine[] =>
  goodsLines(doc).flatMap(({ lineNumber, item, description, unit }) => {
    const line = doc.lines[lineNumber];
    if (line === undefined) return [];
    return [
      {
        item,
        ...(description === undefined ? {} : { description }),
        unit,
        quantity: liveQuantity(line),
        shipped: quantityAt(line, 'shipped'),
        waiting: add(quantityAt(line, 'open'), quantityAt(line, 'backordered')),
        cancelled: quantityAt(line, 'cancelled'),
      },
    ];
  });

/** A fact about the order, from its document. */
export function orderFact(kind: keyof typeof orderFactTypes, doc: OrderDocument): Fact {
  const demand = demandOf(doc);
  const { orderNumber, customer, channel, source, sourceReference, customerPurchaseOrder, requestedDate } = demand;
  const shipment = kind === 'dispatched' ? doc.shipments.at(-1) : undefined;
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
    ...(customerPurchaseOrder === undefined ? {} : { customerPurchaseOrder }),
    ...(requestedDate === undefined ? {} : { requestedDate }),
    changes: (doc.changes ?? []).filter(({ verdict }) => verdict === 'accepted' || verdict === 'partly').length,
    ...(tellsLines.has(kind) ? { lines: factLines(doc) } : {}),
    ...(shipment === undefined ? {} : { shipment }),
    final: kind === 'completed' || kind === 'cancelled',
  };
  return { type: orderFactTypes[kind], data };
}
