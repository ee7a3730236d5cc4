import { NoAnswer, Reservations, ShippedStock } from '#model/capabilities';
import { cannotUndo, defineEffect, patiently, per, sendAgain } from '#platform/engine';
import type { Dispatched } from '../document.ts';
import { latestShipment } from '../rules/shipments.ts';

/** Takes what left, and what was missing at the pick, out of our stock and out of the reservation. */
export const takeOutOfStock = defineEffect({
  name: 'take-out-of-stock',
  uses: Reservations,
  verb: 'ship',
  occurs: per((doc: Dispatched) => [latestShipment(doc).shipmentNumber]),
  ask: (doc: Dispatched) => {
    const { site, lines } = latestShipment(doc);
    return {
      orderNumber: doc.given.fulfilment.orderNumber,
      site,
      lines: lines.map(({ lineNumber, item, shipped, short }) => ({ lineNumber, item, shipped, short })),
    };
  },
  request: ShippedStock,
  answer: NoAnswer,
  do: (stock, request, call) => stock.ship(request, call),
  ifUnsure: sendAgain,
  undo: cannotUndo('the goods have left; what comes back is a return'),
  retry: patiently,
  priority: 'inventory',
});
