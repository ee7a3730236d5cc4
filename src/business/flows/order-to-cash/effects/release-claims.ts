import { NoAnswer, OrderRegister, PurchaseOrderRelease, Reservations, StockRelease } from '#model/capabilities';
import { defineEffect, nothingToUndo, once, patiently, per, sendAgain } from '#platform/engine';
import type { OrderDocument } from '../document.ts';
import { demandOf } from '../rules/demand.ts';

/** Gives back whatever stock the order still has reserved. */
export const releaseStock = defineEffect({
  name: 'release-stock',
  uses: Reservations,
  verb: 'release',
  occurs: once,
  ask: ({ given }: OrderDocument) => ({ orderNumber: given.orderNumber }),
  request: StockRelease,
  answer: NoAnswer,
  do: (stock, request, call) => stock.release(request, call),
  ifUnsure: sendAgain,
  undo: nothingToUndo,
  retry: patiently,
  priority: 'inventory',
});

/** Gives the customer's purchase order number back: the order is no longer open. */
export const releasePurchaseOrder = defineEffect({
  name: 'release-purchase-order',
  uses: OrderRegister,
  verb: 'releasePurchaseOrder',
  occurs: per((doc: OrderDocument) => (demandOf(doc).customerPurchaseOrder === undefined ? [] : ['once'])),
  ask: ({ given }: OrderDocument) => ({ orderNumber: given.orderNumber }),
  request: PurchaseOrderRelease,
  answer: NoAnswer,
  do: (register, request, call) => register.releasePurchaseOrder(request, call),
  ifUnsure: sendAgain,
  ifSkipped: () => undefined,
  undo: nothingToUndo,
  retry: patiently,
});
