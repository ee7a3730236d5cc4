import { OrderRegister, PurchaseOrderClaim, PurchaseOrderHolder } from '#model/capabilities';
import { defineEffect, patiently, per, sendAgain } from '#platform/engine';
import type { OrderDocument } from '../document.ts';
import { demandOf } from '../rules/demand.ts';

/** Claims the customer's purchase order number, so that the same order over two channels is found. */
export const claimPurchaseOrder = defineEffect({
  name: 'claim-purchase-order',
  uses: OrderRegister,
  verb: 'claimPurchaseOrder',
  occurs: per((doc: OrderDocument) => (demandOf(doc).customerPurchaseOrder === undefined ? [] : [String(doc.check)])),
  ask: (doc: OrderDocument) => {
    const { customer, customerPurchaseOrder = '', orderNumber } = demandOf(doc);
    return { customer, customerPurchaseOrder, orderNumber };
  },
  request: PurchaseOrderClaim,
  answer: PurchaseOrderHolder,
  do: (register, request, call) => register.claimPurchaseOrder(request, call),
  ifUnsure: sendAgain,
  ifSkipped: ({ given }) => ({ heldBy: given.orderNumber }),
  undo: (register, _, { orderNumber }, call) => register.releasePurchaseOrder({ orderNumber }, call),
  retry: patiently,
});
