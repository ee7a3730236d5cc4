import { FulfilmentOrder } from '#model/canonical';
import { Fulfilment, Released } from '#model/capabilities';
import { defineEffect, nothingToUndo, once, patiently } from '#platform/engine';
import type { FulfilmentDocument } from '../document.ts';

/** Asks the warehouse to ship nothing more. Its verdict comes as a message, perhaps before this call's answer. */
export const requestCancellation = defineEffect({
  name: 'request-cancellation',
  uses: Fulfilment,
  verb: 'requestCancellation',
  occurs: once,
  route: (doc: FulfilmentDocument) => ({ site: doc.given.fulfilment.site }),
  ask: (doc: FulfilmentDocument) => doc.given.fulfilment,
  request: FulfilmentOrder,
  answer: Released,
  do: (warehouse, order, call) => warehouse.requestCancellation(order, call),
  ifUnsure: (warehouse, order, call) => warehouse.findCancellation(order, call),
  ifSkipped: () => ({ reference: 'not sent' }),
  undo: nothingToUndo,
  retry: patiently,
  priority: 'urgent',
  mayOutlive: true,
});
