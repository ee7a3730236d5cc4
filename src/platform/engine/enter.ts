import { type Draft, sendMessages, tellFacts } from './draft.ts';
import { closeCases, isNamed, openCase } from './draft-cases.ts';
import { durationOf } from './duration.ts';
import { effectKey, unedited } from './effect-key.ts';
import type { Moment } from './event.ts';
import type { AskedEffect } from './run.ts';
import type { Table, TableEffect, TableState } from './table.ts';

export const momentOf = (draft: Draft): Moment => ({
  now: draft.message.at,
  key: draft.run.key,
  messageId: draft.message.id,
});

function occurrencesOf(effect: TableEffect, document: unknown, visit: number): readonly string[] {
  if (effect.occurs === 'once') return ['once'];
  if (effect.occurs === 'per-visit') return [String(visit)];
  return effect.occurs.per(document);
}

/** Asks what was not asked yet. */
export function askEffect(draft: Draft, table: Table, effect: TableEffect): void {
  const { document, visit } = draft.run;
  for (const occurrence of occurrencesOf(effect, document, visit)) {
    const name = `${effect.name}/${occurrence}`;
    if (draft.run.asked.includes(name)) continue;
    const key = effectKey(table.name, draft.run.key, effect.name, occurrence);
    const open = { name: effect.name, occurrence, key, visit };
    const asked: AskedEffect = {
      ...open,
      capability: effect.uses.name,
      route: effect.route?.(document, occurrence) ?? {},
      request: effect.ask(document, occurrence),
      priority: effect.priority ?? 'normal',
      latestWins: effect.latestWins ?? false,
    };
    draft.run = { ...draft.run, open: [...draft.run.open, open], asked: [...draft.run.asked, name] };
    draft.ask.push(asked);
    const { capability, request } = asked;
    draft.entries.push({ kind: 'asked', name: effect.name, occurrence, key, capability, request });
  }
}

function startChildren(draft: Draft, state: TableState): void {
  for (const child of state.start?.(draft.run.document, momentOf(draft)) ?? []) {
    const { flow, key } = child;
    draft.run = { ...draft.run, children: [...draft.run.children, { flow, key }] };
    draft.start.push(child);
    draft.entries.push({ kind: 'child-started', flow, key });
  }
}

function end(draft: Draft, table: Table, ending: NonNullable<TableState['ends']>): void {
  draft.run = { ...draft.run, phase: 'ended', ending };
  draft.timer = 'clear';
  draft.entries.push({ kind: 'ended', ending });
  const result = table.result(draft.run.document);
  sendMessages(draft, [{ to: 'parent', type: `${table.name}.ended`, data: { key: draft.run.key, ending, result } }]);
}

/** Enters a state: a choice is left at once; a wait asks its effects, starts its children and sets its deadline; an end ends. */
export function enterState(draft: Draft, table: Table, name: string): void {
  const state = table.states[name];
  if (state === undefined) throw new Error(`flow ${table.name} version ${table.version} has no state ${name}`);
  if (state.choose) {
    const branch = state.choose.find((candidate) => candidate.if === undefined || candidate.if(draft.run.document));
    if (branch === undefined) throw new Error(`flow ${table.name}: no branch of ${name} holds`);
    draft.entries.push({ kind: 'entered', state: name, visit: draft.run.visit });
    enterState(draft, table, branch.to);
    return;
  }
  // What failed and waited for a decision in the state that is left is decided by leaving it, unless it may have been done.
  const open = draft.run.open.filter((effect) => effect.parked !== true || effect.doubtful === true);
  const isDropped = (key: string): boolean => !open.some((effect) => unedited(effect.key) === key);
  draft.run = { ...draft.run, state: name, visit: draft.run.visit + 1, open };
  draft.entries.push({ kind: 'entered', state: name, visit: draft.run.visit });
  closeCases(
    draft,
    `it went on to ${name}`,
    ({ visit, effect, stays }) => visit !== undefined || (effect !== undefined && !stays && isDropped(effect)),
  );
  tellFacts(draft, state.tell?.(draft.run.document, momentOf(draft)) ?? []);
  sendMessages(draft, state.send?.(draft.run.document, momentOf(draft)) ?? []);
  for (const opening of state.open?.(draft.run.document, momentOf(draft)) ?? []) openCase(draft, table, opening);
  closeCases(draft, `it went on to ${name}`, ({ cause }) => isNamed(cause, state.close ?? []));
  if (state.ends) {
    end(draft, table, state.ends);
    return;
  }
  for (const effect of state.run ?? []) askEffect(draft, table, effect);
  startChildren(draft, state);
  if (state.within) {
    const within = durationOf(state.within, draft.run.document);
    draft.timer = { visit: draft.run.visit, within, ...(state.warnAt === undefined ? {} : { warnAt: state.warnAt }) };
  }
}
