import { PriceRequest, Prices, Quotation } from '#model/capabilities';
import { isPositive } from '#model/kernel';
import { defineEffect, nothingToUndo, patiently, per, sendAgain } from '#platform/engine';
import type { OrderDocument } from '../document.ts';
import { goodsLines } from '../rules/lines.ts';

const wantedGoods = (doc: OrderDocument) => goodsLines(doc).filter(({ quantity }) => isPositive(quantity));

/** Asks the system of record what the customer's own prices are; it also tells which items it does not know. */
export const checkPrices = defineEffect({
  name: 'check-prices',
  uses: Prices,
  verb: 'quote',
  occurs: per((doc: OrderDocument) => (wantedGoods(doc).length === 0 ? [] : [String(doc.check)])),
  ask: (doc: OrderDocument) => ({
    customer: doc.given.customer,
    currency: doc.given.currency,
    lines: wantedGoods(doc).map(({ lineNumber, item, quantity, unit }) => ({ lineNumber, item, quantity, unit })),
  }),
  request: PriceRequest,
  answer: Quotation,
  do: (prices, request, call) => prices.quote(request, call),
  ifUnsure: sendAgain,
  undo: nothingToUndo,
  retry: patiently,
});
