import { OrderRegister } from '#model/capabilities';
import { defineEffect, patiently, per, sendAgain } from '#platform/engine';
import type { OrderDocument } from '../document.ts';

/** Claims the customer's purchase order number, so that the same order over two channels is found. */
export const claimPurchaseOrder = defineEffect({
  name: 'claim-purchase-order',
  uses: OrderRegister,
  verb: 'claimPurchaseOrder',
  occurs: per(({ given, check }: OrderDocument) => (given.customerPurchaseOrder === undefined ? [] : [String(check)])),
  ask: ({ given }: OrderDocument) => ({
    customer: given.customer,
    customerPurchaseOrder: given.customerPurchaseOrder ?? '',
    orderNumber: given.orderNumber,
  }),
  do: (register, request, call) => register.claimPurchaseOrder(request, call),
  ifUnsure: sendAgain,
  undo: (register, _, { orderNumber }, call) => register.releasePurchaseOrder({ orderNumber }, call),
  retry: patiently,
});
