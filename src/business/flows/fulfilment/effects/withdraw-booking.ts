import { Booking, NoAnswer, SalesOrders } from '#model/capabilities';
import { defineEffect, nothingToUndo, once, patiently, sendAgain } from '#platform/engine';
import type { FulfilmentDocument } from '../document.ts';

/** Takes back in the ERP what the warehouse will not ship. */
export const withdrawBooking = defineEffect({
  name: 'withdraw-booking',
  uses: SalesOrders,
  verb: 'cancelBooking',
  occurs: once,
  route: (doc: FulfilmentDocument) => ({ site: doc.given.fulfilment.site }),
  ask: (doc: FulfilmentDocument) => doc.given.booking,
  request: Booking,
  answer: NoAnswer,
  do: (erp, booking, call) => erp.cancelBooking(booking, call),
  ifUnsure: sendAgain,
  undo: nothingToUndo,
  retry: patiently,
});
