import type { Shipment } from '#model/canonical';
import type { PostedInvoice } from '#model/capabilities';
import { add, type Decimal, isPositive, smaller, subtract, zero } from '#model/kernel';
import type { ChildEnded } from '#platform/engine';
import type { FulfilmentResult } from '../../fulfilment/document.ts';
import type { OrderDocument, OrderFulfilment } from '../document.ts';
import { isBeingCancelled, settleCancellation } from './cancellations.ts';
import { awaitsChange, settleChange } from './change-verdicts.ts';
import { chargeLines, goodsLines, hasAny, moveLine, quantitiesOf } from './lines.ts';

/** Where a quantity goes that a warehouse will not ship: the customer's wish, else the order's policy. */
function restGoesTo(doc: OrderDocument): 'cancelled' | 'open' | 'backordered' {
  if (isBeingCancelled(doc)) return 'cancelled';
  if (awaitsChange(doc)) return 'open';
  return doc.given.shippingPolicy === 'fill-or-kill' ? 'cancelled' : 'backordered';
}

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
    lines = moveLine(
      lines,
      lineNumber,
      'released',
      result.again === true && !isBeingCancelled(doc) ? 'open' : restGoesTo(doc),
      quantity,
    );
  const bookings = result.shipped ? doc.bookings : withdrawn(doc.bookings, fulfilment);
  return { ...doc, lines, bookings, fulfilments: replace(doc, { ...fulfilment, left: [], ended: true }) };
}

/** This is the last open fulfilment. */
export const lastFulfilment = (doc: OrderDocument, { result }: ChildEnded<FulfilmentResult>): boolean =>
  doc.fulfilments.every((known) => known.ended || known.fulfilmentNumber === result.fulfilmentNumber);

/** The round is over: a cancellation or a change that waited for it is decided now. */
export function endRound(doc: OrderDocument, ended: ChildEnded<FulfilmentResult>): OrderDocument {
  const after = settleChange(settleCancellation(recordEnd(doc, ended)));
  return { ...after, plan: [], round: doc.round + 1, check: doc.check + 1 };
}

export const nothingIsLeft = (doc: OrderDocument): boolean =>
  !hasAny(doc, 'open', 'allocated', 'released', 'picked', 'packed', 'backordered');

/** After a change: no goods are wanted any more, or of an order of charges no charge. */
export const nothingIsWanted = (doc: OrderDocument): boolean =>
  goodsLines(doc).length === 0 ? chargeLines(doc).length === 0 : nothingIsLeft(doc);

export const somethingWasDelivered = (doc: OrderDocument): boolean => hasAny(doc, 'shipped') || doc.invoices.length > 0;

export const waitsForStock = (doc: OrderDocument): boolean => hasAny(doc, 'backordered');
