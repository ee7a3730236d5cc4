import type { Listing, Term } from '#platform/engine';
import type { OrderDocument } from '../document.ts';
import { demandOf } from './demand.ts';
import { orderSubject } from './subject.ts';
import { orderWorth } from './worth.ts';

/** The kinds of number that any system has for an order; what is searched for is compared with them. Our own comes first. */
export const orderNumberKinds = [
  'order',
  'purchase-order',
  'erp-sales-order',
  'fulfilment',
  'shipment',
  'tracking',
  'invoice',
  'opportunity',
] as const;
export type OrderNumberKind = (typeof orderNumberKinds)[number];

const term = (kind: OrderNumberKind | 'item' | 'channel', value: string | undefined): readonly Term[] =>
  value === undefined ? [] : [{ kind, value }];

/** Warehouses that have or had a part of it, in the order in which they came to it. */
const sitesOf = ({ plan, bookings, fulfilments }: OrderDocument): readonly string[] => [
  ...new Set([...fulfilments, ...bookings, ...plan].flatMap(({ site }) => site ?? [])),
];

/** An order in lists, and every number that any system has for it. */
export function listOrder(doc: OrderDocument): Listing {
  const { orderNumber, customer, customerPurchaseOrder, channel, source, sourceReference, lines } = demandOf(doc);
  const { dueBy } = orderSubject(doc);
  const worth = orderWorth(doc);
  return {
    party: customer,
    ...(doc.customer?.known ? { partyName: doc.customer.name } : {}),
    ...(worth === undefined ? {} : { worth }),
    ...(dueBy === undefined ? {} : { dueBy }),
    sites: sitesOf(doc),
    source,
    terms: [
      ...term('order', orderNumber),
      ...term('purchase-order', customerPurchaseOrder),
      ...term('opportunity', sourceReference),
      ...doc.bookings.flatMap(({ booking }) => term('erp-sales-order', booking.reference)),
      ...doc.fulfilments.flatMap(({ fulfilmentNumber }) => term('fulfilment', fulfilmentNumber)),
      ...doc.shipments.flatMap(({ shipmentNumber }) => term('shipment', shipmentNumber)),
      ...doc.shipments.flatMap(({ trackingNumber }) => term('tracking', trackingNumber)),
      ...doc.invoices.flatMap(({ number }) => term('invoice', number)),
      ...term('channel', channel),
      ...lines.flatMap(({ kind, item }) => (kind === 'goods' ? term('item', item) : [])),
    ],
    shows: {
      channel,
      lines: lines.length,
      ...(customerPurchaseOrder === undefined ? {} : { customerPurchaseOrder }),
    },
  };
}
