import type { FaultRecord } from '#model/kernel';
import type { Draft } from './draft.ts';
import { closeCases, openCase } from './draft-cases.ts';
import { unedited } from './effect-key.ts';
import type { OpenEffect } from './run.ts';
import type { Table } from './table.ts';

const outcomes = ['done', 'refused', 'failed', 'withdrawn', 'undone', 'undo-failed'] as const;
type Outcome = (typeof outcomes)[number];

interface OutcomeData {
  readonly occurrence: string;
  readonly answer?: unknown;
  readonly fault?: FaultRecord;
  readonly byHand?: true;
  /** Nothing was done: the run goes on with an answer of its own. */
  readonly isSkipped?: true;
}

/** Reads a message's type as an outcome of one of the flow's effects; undefined when it is something else. */
export function outcomeOf(
  table: Table,
  type: string,
): { readonly name: string; readonly outcome: Outcome } | undefined {
  const dot = type.lastIndexOf('.');
  const outcome = outcomes.find((candidate) => candidate === type.slice(dot + 1));
  const name = type.slice(0, dot);
  return outcome !== undefined && table.effects.has(name) ? { name, outcome } : undefined;
}

const unknownFault: FaultRecord = { kind: 'permanent', code: 'unknown', message: 'no fault was given' };

function journal(draft: Draft, open: OpenEffect, outcome: Outcome, data: OutcomeData): void {
  const { name, occurrence, key } = open;
  const line = { name, occurrence, key, ...(open.undoes ? { undoes: true as const } : {}) };
  if (data.isSkipped) draft.entries.push({ kind: 'skipped', name, occurrence, key });
  else if (outcome === 'withdrawn') draft.entries.push({ kind: 'withdrawn', name, occurrence, key });
  else if (outcome === 'done' || outcome === 'undone') {
    const byHand = data.byHand ? { byHand: true as const } : {};
    draft.entries.push({ kind: 'settled', ...line, outcome: 'done', answer: data.answer ?? null, ...byHand });
  } else {
    const result = outcome === 'refused' ? 'refused' : 'failed';
    draft.entries.push({ kind: 'settled', ...line, outcome: result, fault: data.fault ?? unknownFault });
  }
}

/** Waits for somebody's decision, with the case that stands for it. */
export function parkEffect(draft: Draft, open: OpenEffect): OpenEffect {
  const { fault } = draft.message.data as OutcomeData;
  const { parked: _, doubtful: __, ...effect } = open;
  const parked: OpenEffect = { ...effect, parked: true, ...(fault?.kind === 'ambiguous' ? { doubtful: true } : {}) };
  draft.run = { ...draft.run, open: [...draft.run.open.filter(({ key }) => key !== open.key), parked] };
  return parked;
}

const isOf =
  (name: string, occurrence: string, undoes: boolean) =>
  (effect: OpenEffect): boolean =>
    effect.name === name && effect.occurrence === occurrence && (effect.undoes === true) === undoes;

function afterDone(draft: Draft, table: Table, open: OpenEffect): void {
  const { isSkipped } = draft.message.data as OutcomeData;
  const because = isSkipped
    ? 'somebody decided to go on without it'
    : `${open.name} was ${open.undoes ? 'undone' : 'done'}`;
  closeCases(draft, because, ({ effect }) => effect === unedited(open.key));
  if (isSkipped || open.undoes || table.effects.get(open.name)?.undo === 'nothing-to-undo') return;
  const { name, occurrence, key } = open;
  draft.run = { ...draft.run, undoable: [...draft.run.undoable, { name, occurrence, key }] };
}

function afterWithdrawn(draft: Draft, table: Table, open: OpenEffect): void {
  const { name, key } = open;
  closeCases(draft, `${name} is not wanted any more`, ({ effect }) => effect === unedited(key));
  const { fault: left } = draft.message.data as OutcomeData;
  if (left === undefined) return;
  const summary = `${name} is not wanted any more and was not done, but what it may have left half made could not be taken away: ${left.message}. Look for ${key} there, take it away and close this case.`;
  openCase(draft, table, { cause: `left-behind-${name}`, summary }, { ended: open });
}

/**
 * An answer settles its effect in whatever state the run is. Answers the effect that it settled, undefined when it was not open: a
 * second answer changes nothing. A failed one stays open, parked, until a line moves the run on or somebody decides.
 */
export function settleEffect(draft: Draft, table: Table, name: string, outcome: Outcome): OpenEffect | undefined {
  const data = draft.message.data as OutcomeData;
  const undoes = outcome === 'undone' || outcome === 'undo-failed';
  // That it was done is evidence, also while a person is asked whether it was.
  const isEvidence = outcome === 'done' || outcome === 'undone';
  const open = draft.run.open.find(
    (effect) =>
      isOf(name, data.occurrence, undoes)(effect) &&
      (effect.parked !== true || (isEvidence && effect.doubtful === true)),
  );
  if (open === undefined) return undefined;
  draft.settle.push(open);
  journal(draft, open, outcome, data);
  draft.run = { ...draft.run, open: draft.run.open.filter((effect) => effect !== open) };
  if (outcome === 'failed') return parkEffect(draft, open);
  if (outcome === 'done' || outcome === 'undone') afterDone(draft, table, open);
  if (outcome === 'withdrawn') afterWithdrawn(draft, table, open);
  if (outcome === 'undo-failed') {
    const summary = `${name} was done and its undo did not succeed: ${data.fault?.message ?? unknownFault.message}. Try again, or undo it by hand and say so.`;
    openCase(draft, table, { cause: `undo-failed-${name}`, summary }, parkEffect(draft, open));
  }
  return open;
}
