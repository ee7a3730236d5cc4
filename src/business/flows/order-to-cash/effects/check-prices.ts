import { Prices } from '#model/capabilities';
import { defineEffect, nothingToUndo, patiently, per, sendAgain } from '#platform/engine';
import type { OrderDocument } from '../document.ts';
import { goodsLines } from '../rules/lines.ts';

/** Asks the system of record what the customer's own prices are; it also tells which items it does not know. */
export const checkPrices = defineEffect({
  name: 'check-prices',
  uses: Prices,
  verb: 'quote',
  occurs: per((doc: OrderDocument) => (goodsLines(doc).length === 0 ? [] : [String(doc.check)])),
  ask: (doc: OrderDocument) => ({
    customer: doc.given.customer,
    currency: doc.given.currency,
    lines: goodsLines(doc).map(({ lineNumber, item, quantity, unit }) => ({ lineNumber, item, quantity, unit })),
  }),
  do: (prices, request, call) => prices.quote(request, call),
  ifUnsure: sendAgain,
  undo: nothingToUndo,
  retry: patiently,
});
