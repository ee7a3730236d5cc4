import { NoAnswer, Opportunities, OrderNews } from '#model/capabilities';
import { defineEffect, nothingToUndo, patiently, per, sendAgain } from '#platform/engine';
import type { NewsDocument } from '../document.ts';

/** Shows the latest news of the order on its opportunity. */
export const tellCrm = defineEffect({
  name: 'tell-crm',
  uses: Opportunities,
  verb: 'tell',
  occurs: per((doc: NewsDocument) => [String(doc.version)]),
  ask: ({ given, state, trackingNumbers, version }: NewsDocument) => ({ ...given, state, trackingNumbers, version }),
  request: OrderNews,
  answer: NoAnswer,
  do: (crm, news, call) => crm.tell(news, call),
  ifUnsure: sendAgain,
  ifSkipped: () => undefined,
  undo: nothingToUndo,
  retry: patiently,
  priority: 'backfill',
});
