import { FulfilmentOrder } from '#model/canonical';
import { Fulfilment, Released } from '#model/capabilities';
import { defineEffect, once, patiently } from '#platform/engine';
import type { FulfilmentDocument } from '../document.ts';

/** Hands the fulfilment order to the warehouse. */
export const releaseToWarehouse = defineEffect({
  name: 'release-to-warehouse',
  uses: Fulfilment,
  verb: 'release',
  occurs: once,
  route: (doc: FulfilmentDocument) => ({ site: doc.given.fulfilment.site }),
  ask: (doc: FulfilmentDocument) => doc.given.fulfilment,
  request: FulfilmentOrder,
  answer: Released,
  do: (warehouse, order, call) => warehouse.release(order, call),
  ifUnsure: (warehouse, order, call) => warehouse.findRelease(order, call),
  undo: { because: 'after the release only the warehouse can stop it: it is asked, and its verdict awaited' },
  retry: patiently,
  priority: 'release',
});
