import { InvoiceRequest, Invoices, PostedInvoices } from '#model/capabilities';
import { cannotUndo, defineEffect, patiently, per } from '#platform/engine';
import type { Dispatched } from '../document.ts';
import { latestShipment } from '../rules/shipments.ts';

/** Posts the invoice for what left. */
export const postInvoice = defineEffect({
  name: 'post-invoice',
  uses: Invoices,
  verb: 'post',
  occurs: per((doc: Dispatched) => [latestShipment(doc).shipmentNumber]),
  route: (doc: Dispatched) => ({ site: doc.given.fulfilment.site }),
  ask: (doc: Dispatched) => ({ booking: doc.given.booking, occasion: latestShipment(doc).shipmentNumber }),
  request: InvoiceRequest,
  answer: PostedInvoices,
  do: (erp, request, call) => erp.post(request, call),
  ifUnsure: (erp, request, call) => erp.findPosted(request, call),
  undo: cannotUndo('a posted invoice is only corrected by a credit memo'),
  retry: patiently,
});
