import type { Order } from '#model/canonical';
import { businessHours, deadline, defineFlow, minutes, when } from '#platform/engine';
import { caseForFailures } from '../failures.ts';
import { FulfilmentDispatched, FulfilmentInvoiced, FulfilmentReleased } from '../fulfilment/events.ts';
import { fulfilment } from '../fulfilment/flow.ts';
import type { OrderDocument } from './document.ts';
import { bookInErp } from './effects/book-in-erp.ts';
import { checkCustomer } from './effects/check-customer.ts';
import { checkPrices } from './effects/check-prices.ts';
import { claimPurchaseOrder } from './effects/claim-purchase-order.ts';
import { invoiceCharges } from './effects/invoice-charges.ts';
import { releasePurchaseOrder, releaseStock } from './effects/release-claims.ts';
import { reserveStock } from './effects/reserve-stock.ts';
import { CancelRequested, ChangeRequested, HoldReleased } from './events.ts';
import { orderFact } from './facts.ts';
import { lookForStockAgain, nothingReserved, takeAllocation, waitsForAll } from './rules/allocation.ts';
import {
  type Booked,
  booksOnlyCharges,
  fulfilmentsToStart,
  holdForBooking,
  isOnlyCharges,
  planFulfilments,
  recordBooking,
} from './rules/bookings.ts';
import { askToStop, cancelAtOnce, noteCancellation, refuseCancellation } from './rules/cancellations.ts';
import {
  askToStopForChange,
  awaitVerdict,
  changeBeside,
  changeNow,
  changesNothing,
  isPending,
  needsNoWarehouse,
  refuseChange,
  refuseImpossible,
  refuseSecond,
} from './rules/change-verdicts.ts';
import { noteClaim, noteCustomer, notePrices, placeHolds } from './rules/checks.ts';
import {
  endRound,
  lastFulfilment,
  nothingIsLeft,
  nothingIsWanted,
  recordEnd,
  recordInvoices,
  recordShipment,
  somethingWasDelivered,
  waitsForStock,
} from './rules/fulfilments.ts';
import {
  alreadyReserved,
  checkAgain,
  lastHold,
  orderIsHeld,
  recordWaiver,
  someLineMayGo,
  waiveAndCheckAgain,
} from './rules/holds.ts';
import { chargesAreOpen, lineBreaches, openLines } from './rules/lines.ts';
import { listOrder } from './rules/listing.ts';
import { orderSubject } from './rules/subject.ts';
import { tooLateIn } from './rules/too-late.ts';

interface OrderDocs {
  checking: OrderDocument;
  judging: OrderDocument;
  held: OrderDocument;
  reserving: OrderDocument;
  allocating: OrderDocument;
  'awaiting-stock': OrderDocument;
  booking: OrderDocument;
  booked: Booked;
  fulfilling: Booked;
  'invoicing-charges': Booked;
  'after-round': OrderDocument;
  'awaiting-remainder': OrderDocument;
  closing: OrderDocument;
  closed: OrderDocument;
  changed: OrderDocument;
  completed: OrderDocument;
  cancelled: OrderDocument;
  compensated: OrderDocument;
}

const whyHeld = (doc: OrderDocument): string => doc.holds.map((hold) => `${hold.kind}: ${hold.reason}`).join('; ');

const heldLines = (doc: OrderDocument) =>
  doc.holds.map(({ hold, reason }) => ({
    cause: `hold-${hold}`,
    summary: `A line of order ${doc.given.orderNumber} waits: ${reason}. Mend the item and release the hold, or cancel the rest.`,
  }));

/** The warehouse that was to ship with the charges shipped nothing, and another did: they are booked and invoiced by themselves. */
const owesCharges = (doc: OrderDocument): boolean =>
  nothingIsLeft(doc) && somethingWasDelivered(doc) && chargesAreOpen(doc);

const bookLast = (doc: OrderDocument, settled: Parameters<typeof recordBooking>[1]): Booked =>
  planFulfilments(recordBooking(doc, settled));

/** Before anything was released a cancellation undoes what was done, at once. */
const stopAtOnce = when(CancelRequested, { unwindTo: 'closed', apply: cancelAtOnce });

const nothingToChange = when(ChangeRequested, { if: changesNothing, apply: refuseImpossible<OrderDocument> });
/** Before anything was released a change takes back what was done, and all is checked, reserved and booked anew. */
const changeAtOnce = when(ChangeRequested, {
  unwindTo: 'changed',
  apply: changeNow,
  tell: (doc: OrderDocument) => [orderFact('changed', doc)],
});
const beforeRelease = [stopAtOnce, nothingToChange, changeAtOnce] as const;

/** Too late for both, and the order says why. */
const tooLate = <Doc extends OrderDocument>(because: string) =>
  [
    when(CancelRequested, { apply: refuseCancellation<Doc>(because) }),
    when(ChangeRequested, { apply: refuseChange<Doc>(because) }),
  ] as const;

const overdue = (what: string) =>
  when<{ readonly state: string }, OrderDocument, never>(deadline, {
    open: (doc) => ({
      cause: 'stage-overdue',
      summary: `Order ${doc.given.orderNumber}: ${what}. See the lanes of the systems it waits for.`,
    }),
  });

/** The life of an order: checked, reserved, booked, fulfilled by its warehouses and invoiced; its rest goes round again. */
export const orderToCash = defineFlow<OrderDocs>()({
  name: 'order-to-cash',
  version: 1,
  start: 'checking',
  begin: (order: Order): OrderDocument => ({
    given: order,
    lines: openLines(order.lines),
    check: 1,
    round: 1,
    attempt: 1,
    prices: {},
    unknownItems: [],
    holds: [],
    waivers: [],
    plan: [],
    bookings: [],
    fulfilments: [],
    shipments: [],
    invoices: [],
  }),
  states: {
    checking: {
      means: 'Customer, credit, prices, items and duplicates are being checked, all at once.',
      run: [checkCustomer, checkPrices, claimPurchaseOrder],
      tell: (doc) => (doc.check === 1 ? [orderFact('accepted', doc)] : []),
      within: minutes(5),
      on: [
        when(checkCustomer.done, {
          ifSettled: true,
          to: 'judging',
          apply: (doc, done, at) => placeHolds(noteCustomer(doc, done), at),
        }),
        when(checkCustomer.done, { apply: noteCustomer }),
        when(checkPrices.done, {
          ifSettled: true,
          to: 'judging',
          apply: (doc, done, at) => placeHolds(notePrices(doc, done), at),
        }),
        when(checkPrices.done, { apply: notePrices }),
        when(claimPurchaseOrder.done, {
          ifSettled: true,
          to: 'judging',
          apply: (doc, done, at) => placeHolds(noteClaim(doc, done), at),
        }),
        when(claimPurchaseOrder.done, { apply: noteClaim }),
        ...beforeRelease,
        overdue('its checks are not done after five minutes'),
      ],
    },
    judging: {
      means: 'All findings are in.',
      choose: [
        { if: orderIsHeld, to: 'held' },
        { if: alreadyReserved, to: 'booking' },
        { if: someLineMayGo, to: 'reserving' },
        { if: isOnlyCharges, to: 'booking' },
        { to: 'awaiting-remainder' },
      ],
    },
    held: {
      means: 'Somebody must decide: the holds say who and why.',
      tell: (doc) => [orderFact('held', doc)],
      open: (doc) => [
        {
          cause: 'order-held',
          summary: `Order ${doc.given.orderNumber} is held. ${whyHeld(doc).replace(/\.$/, '')}. Release the hold or cancel the order.`,
        },
      ],
      // The cause may be mended in the ERP, which tells nobody: look again from time to time.
      within: minutes(15),
      on: [
        when(HoldReleased, { if: lastHold, to: 'checking', apply: waiveAndCheckAgain }),
        when(HoldReleased, { apply: recordWaiver }),
        ...beforeRelease,
        when(deadline, { to: 'checking', apply: checkAgain }),
      ],
    },
    reserving: {
      means: 'Stock is being claimed in the warehouses that have it.',
      run: [reserveStock],
      open: heldLines,
      close: ['order-held'],
      within: minutes(5),
      on: [
        when(reserveStock.done, { ifSettled: true, to: 'allocating', apply: takeAllocation }),
        when(reserveStock.done, {}),
        ...beforeRelease,
        overdue('its stock is not reserved after five minutes'),
      ],
    },
    allocating: {
      means: 'What is short waits or is cancelled, by the order’s policy.',
      choose: [
        { if: waitsForAll, to: 'awaiting-stock' },
        { if: (doc) => nothingReserved(doc) && nothingIsLeft(doc), to: 'closing' },
        { if: nothingReserved, to: 'awaiting-remainder' },
        { to: 'booking' },
      ],
    },
    'awaiting-stock': {
      means: 'It ships complete or not at all, and not everything is there.',
      tell: (doc) => [orderFact('waiting', doc)],
      within: businessHours(1),
      on: [...beforeRelease, when(deadline, { to: 'reserving', apply: lookForStockAgain })],
    },
    booking: {
      means: 'The ERP books a sales order for each warehouse.',
      run: [bookInErp],
      close: ['order-held'],
      within: minutes(10),
      on: [
        when(bookInErp.done, { ifSettled: true, if: orderIsHeld, to: 'held', apply: recordBooking }),
        when(bookInErp.done, {
          ifSettled: true,
          to: 'booked',
          apply: bookLast,
          tell: (doc) => [orderFact('confirmed', doc)],
        }),
        when(bookInErp.done, { apply: recordBooking }),
        when(bookInErp.refused, { ifSettled: true, to: 'held', apply: holdForBooking }),
        when(bookInErp.refused, { apply: holdForBooking }),
        ...beforeRelease,
        overdue('it is not booked in the ERP after ten minutes'),
      ],
    },
    booked: {
      means: 'The order is confirmed.',
      choose: [{ if: booksOnlyCharges, to: 'invoicing-charges' }, { to: 'fulfilling' }],
    },
    fulfilling: {
      means: 'Its warehouses have it.',
      start: fulfilmentsToStart,
      close: ['stage-overdue'],
      within: businessHours(16),
      warnAt: 0.75,
      on: [
        when(FulfilmentDispatched, { apply: recordShipment<Booked>, tell: (doc) => [orderFact('dispatched', doc)] }),
        // What its round booked and claimed has left, or was taken back by its warehouse's fulfilment.
        when(fulfilment.ended, {
          if: lastFulfilment,
          to: 'after-round',
          apply: endRound,
          final: [bookInErp, reserveStock],
        }),
        when(fulfilment.ended, { apply: recordEnd }),
        when(CancelRequested, { apply: noteCancellation<Booked>, send: askToStop }),
        when(ChangeRequested, { if: isPending, apply: refuseSecond<Booked> }),
        when(ChangeRequested, {
          if: needsNoWarehouse,
          apply: changeBeside<Booked>,
          tell: (doc) => [orderFact('changed', doc)],
        }),
        when(ChangeRequested, { apply: awaitVerdict<Booked>, send: askToStopForChange }),
        when(deadline, {
          tell: (doc: Booked) => [orderFact('delayed', doc)],
          open: (doc) => ({
            cause: 'stage-overdue',
            summary: `Order ${doc.given.orderNumber}: its warehouses have not finished after two working days. Ask them.`,
          }),
        }),
      ],
    },
    'invoicing-charges': {
      means: 'It has only charges; they are being invoiced.',
      run: [invoiceCharges],
      within: minutes(30),
      warnAt: 0.75,
      on: [
        when(invoiceCharges.done, { to: 'closing', apply: (doc, { answer }) => recordInvoices(doc, answer) }),
        ...tooLate<Booked>(tooLateIn['invoicing-charges']),
        overdue('its charges are not invoiced after 30 minutes'),
      ],
    },
    'after-round': {
      means: 'Is anything left to ship?',
      choose: [
        { if: owesCharges, to: 'booking' },
        { if: nothingIsLeft, to: 'closing' },
        { if: someLineMayGo, to: 'checking' },
        { to: 'awaiting-remainder' },
      ],
    },
    'awaiting-remainder': {
      means: 'The rest waits: backordered, or its line is held.',
      tell: (doc) => [orderFact('waiting', doc)],
      open: heldLines,
      close: ['order-held', 'stage-overdue'],
      within: businessHours(4),
      on: [
        when(HoldReleased, { to: 'checking', apply: waiveAndCheckAgain }),
        when(CancelRequested, { to: 'after-round', apply: cancelAtOnce }),
        nothingToChange,
        when(ChangeRequested, { to: 'changed', apply: changeNow, tell: (doc) => [orderFact('changed', doc)] }),
        when(deadline, { if: waitsForStock, to: 'checking', apply: lookForStockAgain }),
        overdue('a held line waits for a decision since four working hours'),
      ],
    },
    closing: {
      means: 'What it still claims is given back.',
      run: [releaseStock, releasePurchaseOrder],
      within: minutes(30),
      warnAt: 0.75,
      on: [
        when(releaseStock.done, { ifSettled: true, to: 'closed' }),
        when(releaseStock.done, {}),
        when(releasePurchaseOrder.done, { ifSettled: true, to: 'closed' }),
        when(releasePurchaseOrder.done, {}),
        ...tooLate<OrderDocument>(tooLateIn.closing),
        overdue('its claims are not given back after 30 minutes'),
      ],
    },
    changed: {
      means: 'Is anything still wanted?',
      choose: [{ if: owesCharges, to: 'booking' }, { if: nothingIsWanted, to: 'closing' }, { to: 'checking' }],
    },
    closed: {
      means: 'Was anything delivered?',
      choose: [{ if: somethingWasDelivered, to: 'completed' }, { to: 'cancelled' }],
    },
    completed: {
      means: 'Everything is shipped, cancelled or closed, and everything shipped is invoiced.',
      ends: 'completed',
      tell: (doc) => [orderFact('completed', doc)],
      close: ['stage-overdue', 'order-held', 'hold-*'],
    },
    cancelled: {
      means: 'Nothing was delivered.',
      ends: 'cancelled',
      tell: (doc) => [orderFact('cancelled', doc)],
      close: ['stage-overdue', 'order-held', 'hold-*'],
    },
    compensated: {
      means: 'A person gave it up: what could be undone was undone.',
      ends: 'compensated',
      tell: (doc) => [orderFact('cancelled', doc)],
      close: ['stage-overdue', 'order-held', 'hold-*'],
    },
  },
  everywhere: [
    ...caseForFailures([
      checkCustomer,
      checkPrices,
      claimPurchaseOrder,
      reserveStock,
      bookInErp,
      invoiceCharges,
      releaseStock,
      releasePurchaseOrder,
    ]),
    when(HoldReleased, { apply: recordWaiver<OrderDocument> }),
    when(FulfilmentReleased, {}),
    when(FulfilmentDispatched, { apply: recordShipment }),
    when(FulfilmentInvoiced, { apply: recordInvoices }),
    when(fulfilment.ended, { apply: recordEnd }),
  ],
  ignore: [
    { event: HoldReleased, because: 'the order is closed' },
    { event: CancelRequested, because: 'the order is closed' },
    { event: ChangeRequested, because: 'the order is closed' },
  ],
  breaches: lineBreaches,
  about: orderSubject,
  lists: listOrder,
  abandonTo: 'compensated',
  result: (doc) => ({ orderNumber: doc.given.orderNumber }),
});
