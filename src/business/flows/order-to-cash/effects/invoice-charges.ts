import { InvoiceRequest, Invoices, PostedInvoices } from '#model/capabilities';
import { cannotUndo, defineEffect, once, patiently } from '#platform/engine';
import type { Booked } from '../rules/bookings.ts';

/** Invoices charges that no shipment carries: the booking that was just made for them alone. */
export const invoiceCharges = defineEffect({
  name: 'invoice-charges',
  uses: Invoices,
  verb: 'post',
  occurs: once,
  ask: (doc: Booked) => ({ booking: (doc.bookings.at(-1) ?? doc.bookings[0]).booking, occasion: 'charges' }),
  request: InvoiceRequest,
  answer: PostedInvoices,
  do: (erp, request, call) => erp.post(request, call),
  ifUnsure: (erp, request, call) => erp.findPosted(request, call),
  undo: cannotUndo('a posted invoice is only corrected by a credit memo'),
  retry: patiently,
});
