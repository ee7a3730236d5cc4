import type { Shipment } from '#model/canonical';
import type { PostedInvoice } from '#model/capabilities';
import { add, type Decimal, isPositive, smaller, subtract, zero } from '#model/kernel';
import type { ChildEnded, Moment, Outgoing } from '#platform/engine';
import type { FulfilmentResult } from '../../fulfilment/document.ts';
import { CancelFulfilment } from '../../fulfilment/events.ts';
import type { OrderDocument, OrderFulfilment } from '../document.ts';
import { goodsLines, hasAny, moveAll, moveLine, quantitiesOf } from './lines.ts';

/** Where a quantity goes that a warehouse will not ship: the customer's wish, else the order's policy. */
const restGoesTo = (doc: OrderDocument): 'cancelled' | 'backordered' =>
  doc.cancellation !== undefined || doc.given.shippingPolicy === 'fill-or-kill' ? 'cancelled' : 'backordered';

function take(left: OrderFulfilment['left'], lineNumber: number, quantity: Decimal): OrderFulfilment['left'] {
  return left
    .map((line) =>
      line.lineNumber === lineNumber ? { lineNumber, quantity: subtract(line.quantity, quantity) } : line,
    )
    .filter((line) => isPositive(line.quantity));
}

const replace = (doc: OrderDocument, changed: OrderFulfilment): OrderDocument['fulfilments'] =>
  doc.fulfilments.map((known) => (known.fulfilmentNumber === changed.fulfilmentNumber ? changed : known));

function find(doc: OrderDocument, fulfilmentNumber: string): OrderFulfilment {
  const fulfilment = doc.fulfilments.find((known) => known.fulfilmentNumber === fulfilmentNumber);
  if (fulfilment === undefined)
    throw new RangeError(`order ${doc.given.orderNumber} has no fulfilment ${fulfilmentNumber}`);
  return fulfilment;
}

/** Goods left: shipped quantities move, short ones are backordered or cancelled. */
export function recordShipment<Doc extends OrderDocument>(
  doc: Doc,
  { shipment }: { readonly shipment: Shipment },
): Doc {
  const fulfilment = find(doc, shipment.fulfilmentNumber);
  let { lines } = doc;
  let { left } = fulfilment;
  for (const { lineNumber, shipped, short } of shipment.lines) {
    lines = moveLine(lines, lineNumber, 'released', 'shipped', shipped);
    lines = moveLine(lines, lineNumber, 'released', restGoesTo(doc), short);
    left = take(left, lineNumber, add(shipped, short));
  }
  const { shipmentNumber, fulfilmentNumber, site, shippedAt, carrier, trackingNumber } = shipment;
  const known = {
    shipmentNumber,
    fulfilmentNumber,
    site,
    shippedAt,
    ...(carrier === undefined ? {} : { carrier }),
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
  };
  return { ...doc, lines, fulfilments: replace(doc, { ...fulfilment, left }), shipments: [...doc.shipments, known] };
}

/** Spreads an invoice's quantities over the lines that name the item, never beyond what shipped. */
function countInvoiced(doc: OrderDocument, invoice: PostedInvoice): OrderDocument['lines'] {
  const lines = { ...doc.lines };
  for (const { item, quantity } of invoice.lines) {
    let rest = quantity;
    for (const { lineNumber } of goodsLines(doc).filter((line) => line.item === item)) {
      const line = lines[lineNumber] ?? quantitiesOf(doc, lineNumber);
      const room = subtract(line.shipped ?? zero, line.invoiced ?? zero);
      const taken = smaller(rest, room);
      if (!isPositive(taken)) continue;
      lines[lineNumber] = { ...line, invoiced: add(line.invoiced ?? zero, taken) };
      rest = subtract(rest, taken);
    }
    if (isPositive(rest) && goodsLines(doc).some((line) => line.item === item)) {
      throw new RangeError(`invoice ${invoice.number} has ${rest} of ${item} more than was shipped`);
    }
  }
  return lines;
}

export function recordInvoices<Doc extends OrderDocument>(
  doc: Doc,
  { invoices }: { readonly invoices: readonly PostedInvoice[] },
): Doc {
  let { lines } = doc;
  for (const invoice of invoices) lines = countInvoiced({ ...doc, lines }, invoice);
  return { ...doc, lines, invoices: [...doc.invoices, ...invoices] };
}

const withdrawn = (bookings: OrderDocument['bookings'], { round, site }: OrderFulfilment): OrderDocument['bookings'] =>
  bookings.map((booking) =>
    booking.round === round && booking.site === site ? { ...booking, withdrawn: true } : booking,
  );

/** A fulfilment ended: what it did not ship is given up. */
export function recordEnd<Doc extends OrderDocument>(doc: Doc, { result }: ChildEnded<FulfilmentResult>): Doc {
  const fulfilment = find(doc, result.fulfilmentNumber);
  let { lines } = doc;
  for (const { lineNumber, quantity } of fulfilment.left)
    lines = moveLine(lines, lineNumber, 'released', restGoesTo(doc), quantity);
  const bookings = result.shipped ? doc.bookings : withdrawn(doc.bookings, fulfilment);
  return { ...doc, lines, bookings, fulfilments: replace(doc, { ...fulfilment, left: [], ended: true }) };
}

/** This is the last open fulfilment. */
export const lastFulfilment = (doc: OrderDocument, { result }: ChildEnded<FulfilmentResult>): boolean =>
  doc.fulfilments.every((known) => known.ended || known.fulfilmentNumber === result.fulfilmentNumber);

/** The round is over: with a cancellation, nothing more is tried. */
export function endRound(doc: OrderDocument, ended: ChildEnded<FulfilmentResult>): OrderDocument {
  const after = recordEnd(doc, ended);
  const lines = doc.cancellation === undefined ? after.lines : giveUp(after.lines);
  return { ...after, lines, plan: [], round: doc.round + 1, check: doc.check + 1 };
}

const giveUp = (lines: OrderDocument['lines']): OrderDocument['lines'] =>
  moveAll(moveAll(lines, 'open', 'cancelled'), 'backordered', 'cancelled');

interface CancelRequest {
  readonly requestedBy: string;
  readonly reason: string;
}

export const noteCancellation = <Doc extends OrderDocument>(
  doc: Doc,
  { requestedBy, reason }: CancelRequest,
  at: Moment,
): Doc => ({
  ...doc,
  cancellation: { requestedBy, reason, requestedAt: at.now },
});

/** Before the release: the whole order is cancelled. */
export const cancelAll = (doc: OrderDocument, request: CancelRequest, at: Moment): OrderDocument => ({
  ...noteCancellation(doc, request, at),
  lines: moveAll(giveUp(doc.lines), 'allocated', 'cancelled'),
  holds: [],
});

/** After a shipment: the rest is cancelled, its backorder closed. */
export const cancelRest = cancelAll;

/** Asks every open fulfilment to stop. */
export const askToStop = (doc: OrderDocument): readonly Outgoing[] =>
  doc.fulfilments
    .filter((fulfilment) => !fulfilment.ended)
    .map(({ fulfilmentNumber }) => ({
      to: { flow: 'fulfilment', key: fulfilmentNumber },
      type: CancelFulfilment.name,
      data: { reason: doc.cancellation?.reason ?? '' },
    }));

export const nothingIsLeft = (doc: OrderDocument): boolean =>
  !hasAny(doc, 'open', 'allocated', 'released', 'picked', 'packed', 'backordered');

export const somethingWasDelivered = (doc: OrderDocument): boolean => hasAny(doc, 'shipped') || doc.invoices.length > 0;

export const waitsForStock = (doc: OrderDocument): boolean => hasAny(doc, 'backordered');
