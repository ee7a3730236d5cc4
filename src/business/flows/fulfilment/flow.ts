import { FulfilmentAcknowledged, FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';
import { businessHours, deadline, defineFlow, milliseconds, minutes, type Outgoing, when } from '#platform/engine';
import { caseForFailures } from '../failures.ts';
import type { Dispatched, FulfilmentDocument, FulfilmentInput, FulfilmentResult } from './document.ts';
import { giveStockBack } from './effects/give-stock-back.ts';
import { issueGoods } from './effects/issue-goods.ts';
import { postInvoice } from './effects/post-invoice.ts';
import { releaseToWarehouse } from './effects/release-to-warehouse.ts';
import { requestCancellation } from './effects/request-cancellation.ts';
import { takeOutOfStock } from './effects/take-out-of-stock.ts';
import { withdrawBooking } from './effects/withdraw-booking.ts';
import {
  CancelFulfilment,
  FulfilmentDispatched,
  FulfilmentInvoiced,
  FulfilmentReleased,
  ReleaseAgain,
  ReleasedByHand,
} from './events.ts';
import {
  acknowledgesNothing,
  isAboutTheRelease,
  noteAcknowledgement,
  noteRelease,
  releaseRefused,
} from './rules/acknowledgement.ts';
import { listFulfilment } from './rules/listing.ts';
import {
  alreadyReported,
  beyondTheRelease,
  cancellationAsked,
  latestShipment,
  nothingMoreFollows,
  somethingLeft,
  takeShipment,
} from './rules/shipments.ts';
import { fulfilmentSubject } from './rules/subject.ts';

interface FulfilmentDocs {
  releasing: FulfilmentDocument;
  'handed-over': FulfilmentDocument;
  unacknowledged: FulfilmentDocument;
  released: FulfilmentDocument;
  cancelling: FulfilmentDocument;
  refused: FulfilmentDocument;
  issuing: Dispatched;
  invoicing: Dispatched;
  'after-shipment': Dispatched;
  withdrawing: FulfilmentDocument;
  'after-withdrawal': FulfilmentDocument;
  shipped: FulfilmentDocument;
  cancelled: FulfilmentDocument;
}

const numberOf = (doc: FulfilmentDocument): string => doc.given.fulfilment.fulfilmentNumber;

const toOrder = <Data>(event: { readonly name: string; readonly data?: Data }, data: Data): readonly Outgoing[] => [
  { to: 'parent', type: event.name, data },
];

const dispatched = (doc: Dispatched): readonly Outgoing[] =>
  toOrder(FulfilmentDispatched, { shipment: latestShipment(doc) });

const noteCancellation = <Doc extends FulfilmentDocument>(doc: Doc, { reason }: { readonly reason: string }): Doc => ({
  ...doc,
  cancelReason: reason,
});

const noteAgain = <Doc extends FulfilmentDocument>(doc: Doc): Doc => ({ ...doc, again: true });

/** The same report again, in other words or another file, changes nothing. */
const repeatedReport = when(ShipmentConfirmed, { if: alreadyReported });
const tooMuchLeft = when(ShipmentConfirmed, {
  if: beyondTheRelease,
  open: (doc: FulfilmentDocument, { shipment }) => ({
    cause: 'over-shipped',
    summary: `Shipment ${shipment.shipmentNumber} has more than was released in ${numberOf(doc)}. Nothing of it is issued or invoiced: find out with the warehouse what left, and book it by hand.`,
  }),
});
const goodsLeft = when(ShipmentConfirmed, { to: 'issuing', apply: takeShipment, send: dispatched });
const warehouseShipsNothing = when(FulfilmentCancelled, { to: 'withdrawing' });
const acknowledged = when(FulfilmentAcknowledged, { apply: noteAcknowledgement });

const syntaxOnly = { event: FulfilmentAcknowledged, because: 'it says that the syntax was accepted and nothing else' };

/** One fulfilment order: released to its warehouse, shipped in one or more shipments, issued and invoiced in the ERP. */
export const fulfilment = defineFlow<FulfilmentDocs>()({
  name: 'fulfilment',
  version: 1,
  start: 'releasing',
  begin: (input: FulfilmentInput): FulfilmentDocument => ({ given: input, shipments: [], final: false, refusals: [] }),
  states: {
    releasing: {
      means: 'The fulfilment order is being handed to the warehouse.',
      run: [releaseToWarehouse],
      within: minutes(30),
      warnAt: 0.75,
      on: [
        when(releaseToWarehouse.done, {
          to: 'handed-over',
          apply: noteRelease,
          send: (doc) => toOrder(FulfilmentReleased, { fulfilmentNumber: numberOf(doc) }),
        }),
        when(deadline, {
          open: (doc) => ({
            cause: 'release-overdue',
            summary: `${numberOf(doc)} has not reached the warehouse for 30 minutes. See its lane.`,
          }),
        }),
      ],
      defer: [ShipmentConfirmed, FulfilmentCancelled, FulfilmentAcknowledged, CancelFulfilment],
    },
    'handed-over': {
      means: 'Does this warehouse say that it has it?',
      choose: [{ if: acknowledgesNothing, to: 'released' }, { to: 'unacknowledged' }],
    },
    unacknowledged: {
      means: 'The warehouse has not said yet that it could read the release.',
      within: ({ acknowledgeWithinMs = 0 }) => milliseconds(acknowledgeWithinMs),
      warnAt: 0.75,
      close: ['release-overdue'],
      on: [
        when(FulfilmentAcknowledged, { if: releaseRefused, to: 'refused', apply: noteAcknowledgement }),
        when(FulfilmentAcknowledged, { if: isAboutTheRelease, to: 'released', apply: noteAcknowledgement }),
        acknowledged,
        repeatedReport,
        tooMuchLeft,
        goodsLeft,
        warehouseShipsNothing,
        when(CancelFulfilment, { to: 'cancelling', apply: noteCancellation }),
        when(deadline, {
          open: (doc) => ({
            cause: 'acknowledgement-overdue',
            summary: `The warehouse has not acknowledged the release of ${numberOf(doc)}. Ask whether it came; this closes when the acknowledgement or the goods do.`,
          }),
        }),
      ],
    },
    released: {
      means: 'The warehouse has it and works on it.',
      within: businessHours(8),
      warnAt: 0.75,
      close: ['release-overdue'],
      on: [
        when(FulfilmentAcknowledged, { if: releaseRefused, to: 'refused', apply: noteAcknowledgement }),
        acknowledged,
        repeatedReport,
        tooMuchLeft,
        goodsLeft,
        warehouseShipsNothing,
        when(CancelFulfilment, { to: 'cancelling', apply: noteCancellation }),
        when(deadline, {
          open: (doc) => ({
            cause: 'warehouse-silent',
            summary: `The warehouse has said nothing of ${numberOf(doc)} for a working day. Ask it.`,
          }),
        }),
      ],
    },
    cancelling: {
      means: 'The warehouse was asked to stop and has not said yet.',
      run: [requestCancellation],
      within: businessHours(4),
      warnAt: 0.75,
      on: [
        // It never had the release: there is nothing to stop, and no verdict will come.
        when(FulfilmentAcknowledged, { if: releaseRefused, to: 'withdrawing', apply: noteAcknowledgement }),
        acknowledged,
        repeatedReport,
        tooMuchLeft,
        goodsLeft,
        warehouseShipsNothing,
        when(deadline, {
          open: (doc) => ({
            cause: 'no-verdict',
            summary: `The warehouse has not said whether ${numberOf(doc)} can be stopped. Ask it.`,
          }),
        }),
      ],
      ignore: [{ event: CancelFulfilment, because: 'the warehouse has been asked already' }],
    },
    refused: {
      means: "The warehouse's translator refused the document: a person mends it.",
      within: businessHours(2),
      warnAt: 0.75,
      open: (doc) => [
        {
          cause: 'release-refused',
          summary: `The warehouse refused ${numberOf(doc)}: ${doc.refusals.join('; ')}. Change what is wrong on the order, or have it released anew; or tell the warehouse by hand; or cancel.`,
        },
      ],
      on: [
        acknowledged,
        repeatedReport,
        tooMuchLeft,
        goodsLeft,
        warehouseShipsNothing,
        when(CancelFulfilment, { to: 'withdrawing', apply: noteCancellation }),
        when(ReleaseAgain, { to: 'withdrawing', apply: noteAgain }),
        when(ReleasedByHand, { to: 'released' }),
        when(deadline, {
          open: (doc) => ({
            cause: 'release-refused-overdue',
            summary: `${numberOf(doc)} was refused by the warehouse two working hours ago and nobody has mended it.`,
          }),
        }),
      ],
    },
    issuing: {
      means: 'Goods left; the ERP and our stock are told.',
      run: [issueGoods, takeOutOfStock],
      within: minutes(30),
      warnAt: 0.75,
      close: ['warehouse-silent', 'no-verdict', 'release-refused', 'release-refused-overdue'],
      on: [
        when(issueGoods.done, { ifSettled: true, to: 'invoicing' }),
        when(issueGoods.done, {}),
        when(takeOutOfStock.done, { ifSettled: true, to: 'invoicing' }),
        when(takeOutOfStock.done, {}),
        when(CancelFulfilment, { apply: noteCancellation }),
        when(deadline, {
          open: (doc) => ({
            cause: 'goods-issue-overdue',
            summary: `What left under ${numberOf(doc)} is not booked in the ERP after 30 minutes.`,
          }),
        }),
      ],
      defer: [ShipmentConfirmed, FulfilmentCancelled],
      ignore: [syntaxOnly],
    },
    invoicing: {
      means: 'What left is being invoiced.',
      run: [postInvoice],
      within: minutes(30),
      warnAt: 0.75,
      close: ['goods-issue-overdue'],
      on: [
        when(postInvoice.done, {
          ifSettled: true,
          to: 'after-shipment',
          apply: (doc: Dispatched) => doc,
          send: (doc, { answer }) =>
            toOrder(FulfilmentInvoiced, { fulfilmentNumber: numberOf(doc), invoices: answer.invoices }),
        }),
        when(postInvoice.done, {}),
        when(CancelFulfilment, { apply: noteCancellation }),
        when(deadline, {
          open: (doc) => ({
            cause: 'invoice-overdue',
            summary: `What left under ${numberOf(doc)} is not invoiced after 30 minutes.`,
          }),
        }),
      ],
      defer: [ShipmentConfirmed, FulfilmentCancelled],
      ignore: [syntaxOnly],
    },
    'after-shipment': {
      means: 'Does more follow?',
      choose: [
        { if: nothingMoreFollows, to: 'shipped' },
        { if: cancellationAsked, to: 'cancelling' },
        { to: 'released' },
      ],
    },
    withdrawing: {
      means: 'The warehouse ships nothing more; the ERP takes the rest back.',
      run: [withdrawBooking, giveStockBack],
      within: minutes(30),
      warnAt: 0.75,
      close: ['warehouse-silent', 'no-verdict', 'release-refused', 'release-refused-overdue'],
      on: [
        when(withdrawBooking.done, { ifSettled: true, to: 'after-withdrawal' }),
        when(withdrawBooking.done, {}),
        when(giveStockBack.done, { ifSettled: true, to: 'after-withdrawal' }),
        when(giveStockBack.done, {}),
        when(deadline, {
          open: (doc) => ({
            cause: 'withdrawal-overdue',
            summary: `The ERP still expects to deliver ${numberOf(doc)}, which the warehouse will not ship.`,
          }),
        }),
      ],
      defer: [ShipmentConfirmed],
      ignore: [
        syntaxOnly,
        { event: FulfilmentCancelled, because: 'the warehouse has said so already' },
        { event: CancelFulfilment, because: 'it is being withdrawn' },
      ],
    },
    'after-withdrawal': {
      means: 'Had something left before?',
      choose: [{ if: somethingLeft, to: 'shipped' }, { to: 'cancelled' }],
    },
    shipped: {
      means: 'Everything that will leave has left, and is issued and invoiced.',
      ends: 'completed',
      close: ['invoice-overdue', 'withdrawal-overdue'],
      ignore: [syntaxOnly, { event: CancelFulfilment, because: 'it has left' }],
    },
    cancelled: {
      means: 'Nothing left.',
      ends: 'cancelled',
      close: ['withdrawal-overdue'],
      ignore: [
        syntaxOnly,
        { event: CancelFulfilment, because: 'it is cancelled' },
        { event: FulfilmentCancelled, because: 'it is known' },
      ],
    },
  },
  everywhere: caseForFailures([
    releaseToWarehouse,
    requestCancellation,
    issueGoods,
    takeOutOfStock,
    postInvoice,
    withdrawBooking,
    giveStockBack,
  ]),
  ignore: [
    { event: requestCancellation.done, because: 'the verdict comes as a message' },
    { event: ReleaseAgain, because: 'the warehouse has not refused it, or that is decided already' },
    { event: ReleasedByHand, because: 'the warehouse has not refused it, or that is decided already' },
  ],
  about: fulfilmentSubject,
  lists: listFulfilment,
  abandonTo: 'withdrawing',
  result: (doc): FulfilmentResult => ({
    fulfilmentNumber: numberOf(doc),
    site: doc.given.fulfilment.site,
    shipped: somethingLeft(doc),
    ...(doc.again === undefined ? {} : { again: doc.again }),
  }),
});
