import type { OrderView } from '../answers.ts';
import { changeOf, draftOf, type Preview } from './change-draft.ts';

/** What others have changed of an order since one began to write, as one would have written it oneself. */
export function changedSince(opened: OrderView, now: OrderView): readonly Preview[] {
  const known = new Set(opened.lines.map(({ lineNumber }) => lineNumber));
  return changeOf(opened, {
    ...draftOf(now),
    quantities: Object.fromEntries(now.lines.map(({ lineNumber, quantity }) => [lineNumber, quantity])),
    added: now.lines.filter(({ lineNumber }) => !known.has(lineNumber)),
  }).preview;
}
