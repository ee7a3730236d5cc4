import type { Draft } from './draft.ts';
import { closeCases, openCase } from './draft-cases.ts';
import { unedited } from './effect-key.ts';
import { enterState } from './enter.ts';
import type { OpenEffect } from './run.ts';
import type { Table } from './table.ts';

/** Its outcome must be known before anything is undone: it is under way, may have been done, or is an undo that failed. */
const isUnsettled = (effect: OpenEffect): boolean =>
  effect.parked !== true || effect.doubtful === true || effect.undoes === true;

/** Starts to unwind towards a final state: what was not sent is withdrawn, what was is awaited, what surely failed is given up. */
export function startUnwinding(draft: Draft, to: string): void {
  const givenUp = draft.run.open.filter((effect) => !isUnsettled(effect));
  draft.run = { ...draft.run, phase: 'unwinding', unwindTo: to, open: draft.run.open.filter(isUnsettled) };
  draft.timer = 'clear';
  draft.withdraw.push(...draft.run.open.filter((effect) => effect.parked !== true));
  draft.entries.push({ kind: 'unwinding', to });
  closeCases(
    draft,
    'what was done is being undone',
    ({ visit, effect }) => visit !== undefined || givenUp.some(({ key }) => unedited(key) === effect),
  );
}

/**
 * The next step of an unwinding run: nothing while an effect or a child is unsettled; then the latest done effect is undone, one
 * at a time; then the final state is entered. What cannot be undone becomes a case.
 */
export function continueUnwinding(draft: Draft, table: Table): void {
  const { run } = draft;
  if (run.children.length > 0 || run.open.some(isUnsettled)) return;
  const latest = run.undoable.at(-1);
  if (latest === undefined) {
    draft.run = { ...run, phase: 'forward' };
    enterState(draft, table, run.unwindTo ?? run.state);
    return;
  }
  draft.run = { ...run, undoable: run.undoable.slice(0, -1) };
  const effect = table.effects.get(latest.name);
  const undo = effect?.undo;
  if (effect === undefined || typeof undo !== 'function') {
    const because = typeof undo === 'object' ? undo.because : 'this version of the flow does not know how';
    openCase(draft, table, {
      cause: `cannot-undo-${latest.name}`,
      summary: `${latest.name} was done and cannot be undone: ${because}.`,
    });
    continueUnwinding(draft, table);
    return;
  }
  const key = `${latest.key}:undo`;
  const open = { name: latest.name, occurrence: latest.occurrence, key, visit: run.visit, undoes: true } as const;
  draft.run = { ...draft.run, open: [...draft.run.open, open] };
  draft.ask.push({
    ...open,
    capability: effect.uses.name,
    route: effect.route?.(run.document, latest.occurrence) ?? {},
    request: null,
    priority: effect.priority ?? 'normal',
    latestWins: false,
  });
  draft.entries.push({ kind: 'asked', ...open, capability: effect.uses.name, request: null });
}
