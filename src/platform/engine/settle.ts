import type { FaultRecord } from '#model/kernel';
import { type Draft, openCase } from './draft.ts';
import type { OpenEffect } from './run.ts';
import type { Table } from './table.ts';

const outcomes = ['done', 'refused', 'failed', 'withdrawn', 'undone', 'undo-failed'] as const;
type Outcome = (typeof outcomes)[number];

interface OutcomeData {
  readonly occurrence: string;
  readonly answer?: unknown;
  readonly fault?: FaultRecord;
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
  if (outcome === 'withdrawn') draft.entries.push({ kind: 'withdrawn', name, occurrence, key });
  else if (outcome === 'done' || outcome === 'undone') {
    draft.entries.push({ kind: 'settled', ...line, outcome: 'done', answer: data.answer ?? null });
  } else {
    const result = outcome === 'refused' ? 'refused' : 'failed';
    draft.entries.push({ kind: 'settled', ...line, outcome: result, fault: data.fault ?? unknownFault });
  }
}

/**
 * An answer settles its effect in whatever state the run is. Answers whether it was open; a second answer to a settled effect
 * changes nothing. A failed one stays open, parked, until a line moves the run on or somebody decides.
 */
export function settleEffect(draft: Draft, table: Table, name: string, outcome: Outcome): boolean {
  const data = draft.message.data as OutcomeData;
  const undoes = outcome === 'undone' || outcome === 'undo-failed';
  const open = draft.run.open.find(
    (effect) =>
      effect.name === name &&
      effect.occurrence === data.occurrence &&
      (effect.undoes === true) === undoes &&
      effect.parked !== true,
  );
  if (open === undefined) return false;
  const others = draft.run.open.filter((effect) => effect !== open);
  draft.settle.push(open);
  journal(draft, open, outcome, data);
  draft.run = { ...draft.run, open: outcome === 'failed' ? [...others, { ...open, parked: true }] : others };
  if (outcome === 'done' && table.effects.get(name)?.undo !== 'nothing-to-undo') {
    const { occurrence, key } = open;
    draft.run = { ...draft.run, undoable: [...draft.run.undoable, { name, occurrence, key }] };
  }
  if (outcome === 'undo-failed') {
    openCase(draft, {
      cause: `undo-failed-${name}`,
      summary: `${name} was done and its undo did not succeed: ${data.fault?.message ?? unknownFault.message}. Undo it by hand.`,
    });
  }
  return true;
}
