import { Allocation, ReservationRequest, Reservations } from '#model/capabilities';
import { defineEffect, patiently, per, sendAgain } from '#platform/engine';
import type { OrderDocument } from '../document.ts';
import { linesToReserve } from '../rules/allocation.ts';

/** Claims stock for every open line, in the warehouses that have it. */
export const reserveStock = defineEffect({
  name: 'reserve-stock',
  uses: Reservations,
  verb: 'reserve',
  occurs: per((doc: OrderDocument) => [String(doc.round)]),
  ask: (doc: OrderDocument) => ({
    orderNumber: doc.given.orderNumber,
    policy: doc.given.shippingPolicy,
    lines: linesToReserve(doc),
  }),
  request: ReservationRequest,
  answer: Allocation,
  do: (stock, request, call) => stock.reserve(request, call),
  ifUnsure: sendAgain,
  undo: (stock, _, { orderNumber }, call) => stock.release({ orderNumber }, call),
  retry: patiently,
  priority: 'inventory',
});
