import { NoAnswer, Reservations, StockRelease } from '#model/capabilities';
import { defineEffect, nothingToUndo, once, patiently, sendAgain } from '#platform/engine';
import type { FulfilmentDocument } from '../document.ts';

/** Gives back what is still reserved at this warehouse and will not leave it. */
export const giveStockBack = defineEffect({
  name: 'give-stock-back',
  uses: Reservations,
  verb: 'release',
  occurs: once,
  ask: ({ given }: FulfilmentDocument) => ({ orderNumber: given.fulfilment.orderNumber, site: given.fulfilment.site }),
  request: StockRelease,
  answer: NoAnswer,
  do: (stock, request, call) => stock.release(request, call),
  ifUnsure: sendAgain,
  undo: nothingToUndo,
  retry: patiently,
  priority: 'inventory',
});
