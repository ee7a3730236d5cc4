import type { DecisionType, Difference } from './decision.ts';
import type { Draft } from './draft.ts';
import { closeCases } from './draft-cases.ts';
import { effectKey, unedited } from './effect-key.ts';
import type { OpenEffect } from './run.ts';
import type { Table, TableEffect } from './table.ts';
import { continueUnwinding, startUnwinding } from './unwind.ts';

interface DecisionData {
  readonly effect?: string;
  readonly reason?: string;
  readonly cause?: string;
  readonly request?: unknown;
  readonly difference?: readonly Difference[];
  readonly answer?: unknown;
}

/** What came of a decision: done, an outcome that is to be taken as if the target had said it, or why it does not fit. */
export type Decided = 'done' | { readonly outcome: 'done' | 'undone' } | { readonly because: string };

/** A parked effect, and what is decided about it. */
interface Waiting {
  readonly draft: Draft;
  readonly table: Table;
  readonly open: OpenEffect;
  readonly effect: TableEffect;
  readonly data: DecisionData;
}

const without = (draft: Draft, open: OpenEffect): readonly OpenEffect[] =>
  draft.run.open.filter(({ key }) => key !== open.key);

/** Does the run still want what the effect does? Not while it is being undone, nor after the state that asked for it was left. */
const isWanted = ({ draft: { run }, open }: Waiting): boolean =>
  open.undoes === true || (run.phase === 'forward' && open.visit === run.visit);

/** Under way again, or only asked about where nobody wants it any more; the case stays until it is settled. */
function ask(found: Waiting, again: 'safe' | 'doubtful' | undefined, request: unknown): void {
  const { draft, open, effect } = found;
  const { parked: _, doubtful: __, ...waiting } = open;
  const { name, occurrence, key } = waiting;
  draft.run = { ...draft.run, open: [...without(draft, open), waiting] };
  draft.ask.push({
    ...waiting,
    capability: effect.uses.name,
    route: effect.route?.(draft.run.document, occurrence) ?? {},
    request,
    priority: effect.priority ?? 'normal',
    latestWins: false,
    ...(again === undefined ? {} : { again }),
    ...(isWanted(found) ? {} : { unwanted: true as const }),
  });
  const undoes = open.undoes ? { undoes: true as const } : {};
  draft.entries.push({ kind: 'asked', name, occurrence, key, capability: effect.uses.name, request, ...undoes });
}

function askEdited(found: Waiting): Decided {
  const { draft, table, open, data } = found;
  if (open.undoes) return { because: 'what an undo asks for cannot be edited' };
  if (open.doubtful) return { because: 'nobody knows whether it was done: find that out before another is sent' };
  const { name, occurrence } = open;
  const edits = (draft.run.edits?.[`${name}/${occurrence}`] ?? 0) + 1;
  const key = effectKey(table.name, draft.run.key, name, occurrence, edits);
  draft.run = { ...draft.run, edits: { ...draft.run.edits, [`${name}/${occurrence}`]: edits } };
  draft.run = { ...draft.run, open: without(draft, open) };
  ask({ ...found, open: { ...open, key } }, undefined, data.request);
  return 'done';
}

/** The run takes the answer as if the target had given it. */
function answer({ draft, open, effect }: Waiting, given: unknown, isSkipped = false): Decided {
  const { parked: _, doubtful: __, ...waiting } = open;
  const outcome = open.undoes ? 'undone' : 'done';
  draft.run = { ...draft.run, open: [...without(draft, open), waiting] };
  const data = { occurrence: open.occurrence, answer: given, byHand: true, ...(isSkipped ? { isSkipped } : {}) };
  draft.message = { ...draft.message, type: `${effect.name}.${outcome}`, data };
  return { outcome };
}

/** It is gone, and nothing of it has to be undone. */
function giveUp({ draft, table, open }: Waiting, because: string): void {
  const { name, occurrence, key } = open;
  draft.run = { ...draft.run, open: without(draft, open) };
  draft.entries.push({ kind: 'skipped', name, occurrence, key });
  closeCases(draft, because, ({ effect }) => effect === unedited(key));
  if (draft.run.phase === 'unwinding') continueUnwinding(draft, table);
}

function skip(found: Waiting): Decided {
  const { draft, open, effect } = found;
  if (open.undoes || !isWanted(found)) {
    giveUp(found, 'somebody decided to go on without it');
    return 'done';
  }
  if (effect.ifSkipped === undefined) {
    return { because: `the flow needs what ${effect.name} answers: say by hand what came of it, or give the run up` };
  }
  return answer(found, effect.ifSkipped(draft.run.document, open.occurrence), true);
}

function aboutEffect(type: DecisionType, found: Waiting): Decided {
  const { open, data } = found;
  if (type === 'decide.retry-edited') return askEdited(found);
  if (type === 'decide.answer') return answer(found, data.answer ?? null);
  if (type === 'decide.skip') return skip(found);
  if (type === 'decide.not-done') {
    if (!open.doubtful) return { because: 'its outcome is not in doubt' };
    const isUnwanted = !isWanted(found);
    // Not done is not nothing there: the target is asked once more, and what is half made taken away.
    if (isUnwanted && found.effect.discard !== undefined) ask(found, 'doubtful', null);
    else if (isUnwanted) giveUp(found, 'somebody found out that it was not done');
    else ask(found, 'safe', null);
    return 'done';
  }
  ask(found, open.doubtful ? 'doubtful' : 'safe', null);
  return 'done';
}

function compensate(draft: Draft, table: Table): Decided {
  if (draft.run.phase !== 'forward') return { because: 'it is being undone already' };
  if (table.abandonTo === undefined) return { because: `${table.name} cannot be given up once it has begun` };
  // What they do meanwhile would be done although this one is given up.
  const [part] = draft.run.children;
  if (part !== undefined) return { because: `${part.flow} ${part.key} is under way: cancel it, or give that up first` };
  startUnwinding(draft, table.abandonTo);
  continueUnwinding(draft, table);
  return 'done';
}

function close(draft: Draft, { cause, reason }: DecisionData): Decided {
  const isWaiting = (key: string | undefined): boolean => draft.run.open.some((effect) => unedited(effect.key) === key);
  const meant = draft.run.cases.filter((open) => open.cause === cause);
  if (meant.length === 0) return { because: 'the case is closed already' };
  if (draft.run.phase !== 'ended' && meant.every(({ effect }) => isWaiting(effect))) {
    return { because: 'it stands for an effect that waits: retry, answer or skip that' };
  }
  closeCases(draft, reason ?? 'somebody closed it', (open) => meant.includes(open));
  return 'done';
}

/** What a person's decision does to a run. */
export function decide(draft: Draft, table: Table, type: DecisionType): Decided {
  const data = (draft.message.data ?? {}) as DecisionData;
  if (type === 'decide.close') return close(draft, data);
  if (draft.run.phase === 'ended') return { because: 'the run has ended: close the case when nothing is left to do' };
  if (type === 'decide.compensate') return compensate(draft, table);
  const wanted = unedited(data.effect ?? '');
  const open = draft.run.open.find(({ key }) => unedited(key) === wanted);
  const effect = open && table.effects.get(open.name);
  if (open?.parked !== true || effect === undefined) return { because: 'nothing waits for this decision any more' };
  return aboutEffect(type, { draft, table, open, effect, data });
}
