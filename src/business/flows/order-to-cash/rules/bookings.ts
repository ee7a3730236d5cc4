import type { Booking, BookingRequest } from '#model/capabilities';
import type { FaultRecord, RoutingFacts } from '#model/kernel';
import type { ChildStart, Moment } from '#platform/engine';
import type { FulfilmentInput } from '../../fulfilment/document.ts';
import type { Hold, HoldKind, OrderBooking, OrderDocument, OrderFulfilment, PlannedFulfilment } from '../document.ts';
import { agreedPrice } from './checks.ts';
import { demandOf } from './demand.ts';
import { chargeLines, chargesAreOpen, goodsLines, moveAll } from './lines.ts';

/** At least one booking is there. */
export interface Booked extends OrderDocument {
  readonly bookings: readonly [OrderBooking, ...OrderBooking[]];
}

/** `<round>.<attempt>` and the site, if it has one: `1.1-NORTH`. */
const occurrenceOf = (doc: OrderDocument, site: string | undefined): string =>
  `${doc.round}.${doc.attempt}${site === undefined ? '' : `-${site}`}`;

export function siteOfBooking(occurrence: string): RoutingFacts {
  const dash = occurrence.indexOf('-');
  return dash < 0 ? {} : { site: occurrence.slice(dash + 1) };
}

const isBooked = (doc: OrderDocument, site: string | undefined): boolean =>
  doc.bookings.some((booking) => booking.round === doc.round && booking.site === site && booking.withdrawn !== true);

/** The bookings that this round still needs: one for each warehouse of its plan; one without a site when there are only charges. */
export const openBookings = (doc: OrderDocument): readonly string[] => {
  const sites = doc.plan.length === 0 ? [undefined] : doc.plan.map((plan) => plan.site);
  return sites.filter((site) => !isBooked(doc, site)).map((site) => occurrenceOf(doc, site));
};

/** Charges stand on the first booking of the round that finds them open. */
const carriesCharges = (doc: OrderDocument, site: string | undefined): boolean =>
  site === doc.plan[0]?.site && chargesAreOpen(doc);

export function bookingRequest(doc: OrderDocument, occurrence: string): BookingRequest {
  const given = demandOf(doc);
  const { site } = siteOfBooking(occurrence);
  const planned = doc.plan.find((plan) => plan.site === site)?.lines ?? [];
  const goods = planned.map(({ lineNumber, quantity }) => ({ lineNumber, quantity }));
  const charges = carriesCharges(doc, site)
    ? chargeLines(doc).map(({ lineNumber, quantity }) => ({ lineNumber, quantity }))
    : [];
  return {
    orderNumber: given.orderNumber,
    customer: given.customer,
    ...(given.customerPurchaseOrder === undefined ? {} : { customerPurchaseOrder: given.customerPurchaseOrder }),
    currency: given.currency,
    orderedAt: given.orderedAt,
    ...(site === undefined ? {} : { site }),
    lines: [...goods, ...charges].flatMap(({ lineNumber, quantity }) => {
      const line = given.lines.find((candidate) => candidate.lineNumber === lineNumber);
      if (line === undefined) return [];
      const { kind, item, description, unit } = line;
      const text = description === undefined ? {} : { description };
      return [{ lineNumber, kind, item, ...text, quantity, unit, unitPrice: agreedPrice(doc, lineNumber) }];
    }),
    creditOverride: doc.creditWaived === true,
  };
}

export const recordBooking = (
  doc: OrderDocument,
  { occurrence, answer }: { readonly occurrence: string; readonly answer: Booking },
): Booked => {
  const { site } = siteOfBooking(occurrence);
  const place = site === undefined ? {} : { site };
  const made = { round: doc.round, ...place, booking: answer, carriesCharges: carriesCharges(doc, site) };
  const [first, ...others] = [...doc.bookings, made];
  if (first === undefined) throw new RangeError('a booking was recorded and is not there');
  return { ...doc, bookings: [first, ...others] };
};

/** The ERP's word for a refusal, as the kind of hold that a person releases. */
const holdForRefusal = (code: string): HoldKind => {
  if (code === 'credit-limit-exceeded' || code === 'customer-blocked') return 'credit';
  return code === 'not-enough-stock' ? 'stock' : 'manual';
};

/** The ERP refused to book: the order is held for that reason, and the hold says what the ERP said. */
export function holdForBooking(
  doc: OrderDocument,
  { fault }: { readonly fault: FaultRecord },
  at: Moment,
): OrderDocument {
  const kind = holdForRefusal(fault.code);
  const hold: Hold = { hold: kind, kind, reason: `the ERP refused: ${fault.message}`, placedAt: at.now };
  return { ...doc, holds: [...doc.holds.filter((elder) => elder.hold !== kind), hold] };
}

const fulfilmentNumber = (doc: OrderDocument, site: string): string => `${doc.given.orderNumber}-${site}-${doc.round}`;

const planned = (doc: OrderDocument, { site, lines }: PlannedFulfilment): OrderFulfilment => ({
  fulfilmentNumber: fulfilmentNumber(doc, site),
  round: doc.round,
  site,
  left: lines,
  ended: false,
});

/** Everything of the round is booked: its fulfilments begin. */
export const planFulfilments = <Doc extends OrderDocument>(doc: Doc): Doc => ({
  ...doc,
  lines: moveAll(doc.lines, 'allocated', 'released'),
  fulfilments: [...doc.fulfilments, ...doc.plan.map((plan) => planned(doc, plan))],
});

const unnamedRecipient = (doc: OrderDocument) => {
  const name = doc.customer?.known ? doc.customer.name : doc.given.customer;
  return { name, country: 'GB' };
};

/** One fulfilment run for each warehouse of the round. */
export const fulfilmentsToStart = (doc: OrderDocument): readonly ChildStart[] =>
  doc.plan.flatMap(({ site, lines }) => {
    const booking = doc.bookings.find(
      (candidate) => candidate.round === doc.round && candidate.site === site && candidate.withdrawn !== true,
    )?.booking;
    if (booking === undefined) return [];
    const given = demandOf(doc);
    const key = fulfilmentNumber(doc, site);
    const input: FulfilmentInput = {
      booking,
      customer: given.customer,
      currency: given.currency,
      fulfilment: {
        fulfilmentNumber: key,
        orderNumber: given.orderNumber,
        ...(given.customerPurchaseOrder === undefined ? {} : { customerPurchaseOrder: given.customerPurchaseOrder }),
        site,
        shipTo: given.shipTo ?? unnamedRecipient(doc),
        ...(given.requestedDate === undefined ? {} : { requestedDate: given.requestedDate }),
        lines: goodsLines(doc).flatMap(({ lineNumber, item, description, unit }) => {
          const quantity = lines.find((line) => line.lineNumber === lineNumber)?.quantity;
          const text = description === undefined ? {} : { description };
          return quantity === undefined ? [] : [{ lineNumber, item, ...text, quantity, unit }];
        }),
      },
    };
    return [{ flow: 'fulfilment', key, input }];
  });

/** This round books charges and nothing to ship. */
export const booksOnlyCharges = (doc: OrderDocument): boolean => doc.plan.length === 0;

export const isOnlyCharges = (doc: OrderDocument): boolean => goodsLines(doc).length === 0;
