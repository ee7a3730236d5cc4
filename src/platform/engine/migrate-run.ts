import { asAdvance, type Draft, newDraft } from './draft.ts';
import { closeCases, openCase } from './draft-cases.ts';
import { durationOf } from './duration.ts';
import { askEffect, enterState, momentOf } from './enter.ts';
import { sameDuration } from './migration.ts';
import type { Advance, Message, RunState } from './run.ts';
import { checkInvariant, offerDeferred } from './step.ts';
import type { Table, TableState } from './table.ts';

/** A run that is to go on by another version of its flow. */
export interface Migrating {
  readonly run: RunState;
  /** The version it has. */
  readonly from: number;
  /** That version's table, where this program still has it: an unchanged deadline then runs on. */
  readonly before?: Table;
  readonly at: string;
}

const causePrefix = 'cannot-migrate';

const messageOf = (table: Table, { run, from, at }: Migrating): Message => ({
  id: `migrate:${run.key}:${from}:${table.version}`,
  source: 'engine',
  type: 'migrated',
  data: { from, to: table.version },
  at,
});

/** What is open, and what may have to be undone, must be known to the new version by its name. */
function checkEffects(table: Table, run: RunState): void {
  for (const { name } of [...run.open, ...run.undoable]) {
    if (!table.effects.has(name)) {
      throw new Error(
        `version ${table.version} does not know ${name}, which was asked: name it in the migration's effects`,
      );
    }
  }
}

function targetOf(table: Table, run: RunState, name: string): TableState {
  const target = table.states[name];
  if (target === undefined) throw new Error(`version ${table.version} has no state ${name}`);
  if (run.phase === 'ended' && target.ends === undefined) throw new Error(`it has ended, and ${name} is not an end`);
  if (run.phase === 'unwinding' && table.states[run.unwindTo ?? '']?.ends === undefined) {
    throw new Error(`it is being taken back to ${run.unwindTo}, which is not an end of version ${table.version}`);
  }
  return target;
}

/** It stands in the state as if it had entered it by this version: what that asks and was not asked is asked now. */
function stand(draft: Draft, table: Table, target: TableState, { run, before }: Migrating): void {
  for (const effect of target.run ?? []) askEffect(draft, table, effect);
  const within = target.within && durationOf(target.within, draft.run.document);
  const elder = before?.states[run.state]?.within;
  const isSameDeadline = elder !== undefined && sameDuration(durationOf(elder, run.document), within);
  if (within && !isSameDeadline) draft.timer = { visit: draft.run.visit, within };
}

/**
 * The advance that takes a run over into this version. Pure. Throws, and nothing of it may be written, when the declared function
 * throws, names a state that does not exist, breaks an invariant, or leaves an effect without anyone who knows it.
 */
export function migrateRun(table: Table, migrating: Migrating): Advance {
  const { run, from } = migrating;
  const migration = table.migrates?.find((candidate) => candidate.from === from);
  if (migration === undefined)
    throw new Error(`version ${table.version} of ${table.name} does not migrate from ${from}`);
  const draft = newDraft(run, messageOf(table, migrating));
  const standing = migration.state({ state: run.state, document: run.document }, momentOf(draft));
  const target = targetOf(table, run, standing.state);
  checkEffects(table, run);
  const isMoving =
    run.phase === 'forward' && (standing.enter === true || target.choose !== undefined || target.ends !== undefined);
  draft.run = { ...run, document: standing.document, ...(isMoving ? {} : { state: standing.state }) };
  draft.entries.push({ kind: 'migrated', from, to: table.version, state: standing.state });
  closeCases(draft, `it goes on by version ${table.version}`, ({ cause }) => cause.startsWith(causePrefix));
  if (isMoving) enterState(draft, table, standing.state);
  else if (run.phase === 'forward') stand(draft, table, target, migrating);
  checkInvariant(draft, table);
  if (draft.run.phase === 'forward') offerDeferred(draft, table);
  return asAdvance(draft);
}

/** In its place when it throws: the run stays on its version, and a case says why. */
export function migrationRefused(table: Table, migrating: Migrating, because: string): Advance {
  const draft = newDraft(migrating.run, messageOf(table, migrating));
  openCase(
    draft,
    // Whose document this is the new version cannot know.
    { ...table, about: () => ({}) },
    {
      cause: `${causePrefix}-to-${table.version}`,
      summary: `It stays on version ${migrating.from}: version ${table.version} could not take it over (${because}). Mend the migration and start the program again.`,
    },
  );
  return asAdvance(draft);
}
