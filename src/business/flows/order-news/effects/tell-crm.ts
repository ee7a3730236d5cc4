import { Opportunities } from '#model/capabilities';
import { defineEffect, nothingToUndo, patiently, per, sendAgain } from '#platform/engine';
import type { NewsDocument } from '../document.ts';

/** Shows the latest news of the order on its opportunity. */
export const tellCrm = defineEffect({
  name: 'tell-crm',
  uses: Opportunities,
  verb: 'tell',
  occurs: per((doc: NewsDocument) => [String(doc.version)]),
  ask: ({ given, state, trackingNumbers, version }: NewsDocument) => ({ ...given, state, trackingNumbers, version }),
  do: (crm, news, call) => crm.tell(news, call),
  ifUnsure: sendAgain,
  undo: nothingToUndo,
  retry: patiently,
  priority: 'backfill',
});
