import {
  asAdvance,
  bookmark,
  closeCases,
  type Draft,
  goBack,
  newDraft,
  openCase,
  sendMessages,
  tellFacts,
} from './draft.ts';
import { enterState, momentOf } from './enter.ts';
import type { Advance, Message, RunState } from './run.ts';
import { outcomeOf, settleEffect } from './settle.ts';
import type { Line, Table } from './table.ts';
import { continueUnwinding, startUnwinding } from './unwind.ts';

const named =
  (type: string) =>
  (event: { readonly name: string }): boolean =>
    event.name === type;

/** Nothing of the present state is unsettled: neither under way nor parked. */
const isSettled = (draft: Draft, table: Table): boolean =>
  draft.run.open.every((effect) => table.effects.get(effect.name)?.mayOutlive === true);

function findLine(draft: Draft, table: Table, message: Message): Line | undefined {
  const holds = (line: Line): boolean =>
    line.event.name === message.type &&
    (line.ifSettled !== true || isSettled(draft, table)) &&
    (line.if === undefined || line.if(draft.run.document, message.data, momentOf(draft)));
  return table.states[draft.run.state]?.on?.find(holds);
}

function takeLine(draft: Draft, table: Table, line: Line, message: Message): void {
  const at = momentOf(draft);
  if (line.apply) draft.run = { ...draft.run, document: line.apply(draft.run.document, message.data, at) };
  const { document } = draft.run;
  tellFacts(draft, line.tell?.(document, message.data, at) ?? []);
  sendMessages(draft, line.send?.(document, message.data, at) ?? []);
  if (line.open) openCase(draft, line.open(document, message.data, at));
  closeCases(draft, line.close ?? []);
  if (line.unwindTo !== undefined) {
    startUnwinding(draft, line.unwindTo);
    continueUnwinding(draft, table);
  } else if (line.to !== undefined) enterState(draft, table, line.to);
}

const remark = (draft: Draft, message: Message, verdict: Advance['verdict'], because?: string): void => {
  draft.verdict = verdict;
  draft.entries.push({ kind: 'received', message, verdict, ...(because === undefined ? {} : { because }) });
};

function keepForLater(draft: Draft, message: Message): void {
  draft.run = { ...draft.run, deferred: [...draft.run.deferred, message] };
  remark(draft, message, 'deferred');
}

/** What a message means that no line of the state speaks of. */
function otherwise(draft: Draft, table: Table, message: Message, isOutcome: boolean): void {
  const state = table.states[draft.run.state];
  const isFinal = state?.ends !== undefined;
  const expected = [...(state?.ignore ?? []), ...table.ignore].find((ignored) => ignored.event.name === message.type);
  if (!isFinal && state?.defer?.some(named(message.type))) keepForLater(draft, message);
  else if (expected) remark(draft, message, 'ignored', expected.because);
  else if (isOutcome && isFinal) draft.verdict = 'ignored';
  else {
    const everywhere = isFinal ? undefined : table.everywhere.find((line) => line.event.name === message.type);
    if (everywhere) {
      if (!isOutcome) remark(draft, message, 'applied');
      takeLine(draft, table, everywhere, message);
      return;
    }
    remark(draft, message, 'unexpected');
    openCase(draft, {
      cause: isFinal ? `late-${message.type}` : `unexpected-${message.type}`,
      summary: `${message.source} sent ${message.type} when the run was in ${draft.run.state}, where nobody expects it. Find out what happened there.`,
    });
  }
}

function offer(draft: Draft, table: Table, message: Message, isOutcome: boolean): void {
  const line = findLine(draft, table, message);
  if (line === undefined) {
    otherwise(draft, table, message, isOutcome);
    return;
  }
  if (!isOutcome) remark(draft, message, 'applied');
  takeLine(draft, table, line, message);
}

function checkInvariant(draft: Draft, table: Table): void {
  const breaches = draft.run.document === undefined ? [] : (table.breaches?.(draft.run.document) ?? []);
  if (breaches.length > 0) throw new Error(breaches.join('; '));
}

const whatWasThrown = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

function refuseMessage(draft: Draft, message: Message, because: string): void {
  remark(draft, message, 'unexpected', because);
  openCase(draft, {
    cause: `broken-by-${message.type}`,
    summary: `${message.type} from ${message.source} (${message.id}) was not applied in ${draft.run.state}: ${because}`,
  });
}

/** A kept message that breaks a rule is refused alone: what came before it in this advance stands. */
function offerKept(draft: Draft, table: Table, message: Message): void {
  const before = bookmark(draft);
  try {
    offer(draft, table, message, false);
    checkInvariant(draft, table);
  } catch (thrown) {
    goBack(draft, before);
    refuseMessage(draft, message, whatWasThrown(thrown));
  }
}

/** After a move, what was kept is offered again, in the order in which it came. */
function offerDeferred(draft: Draft, table: Table): void {
  let visit = -1;
  while (visit !== draft.run.visit && draft.run.phase !== 'unwinding') {
    visit = draft.run.visit;
    for (const message of draft.run.deferred) {
      if (table.states[draft.run.state]?.defer?.some(named(message.type))) continue;
      draft.run = { ...draft.run, deferred: draft.run.deferred.filter((kept) => kept !== message) };
      offerKept(draft, table, message);
      if (visit !== draft.run.visit) break;
    }
  }
}

function stepUnwinding(draft: Draft, table: Table, message: Message, isOutcome: boolean): void {
  const isChildEnd = message.type.endsWith('.ended');
  if (!isOutcome && !isChildEnd) keepForLater(draft, message);
  else if (isChildEnd) remark(draft, message, 'applied');
  continueUnwinding(draft, table);
}

function forgetEndedChild(draft: Draft, message: Message): void {
  if (!message.type.endsWith('.ended')) return;
  const flow = message.type.slice(0, -'.ended'.length);
  const { key } = message.data as { readonly key?: string };
  const children = draft.run.children.filter((child) => child.flow !== flow || child.key !== key);
  draft.run = { ...draft.run, children };
}

/** Is it a deadline that was set for an earlier visit? Then it says nothing any more. */
const isStaleDeadline = (run: RunState, message: Message): boolean =>
  message.type === 'deadline' && (message.data as { readonly visit?: number }).visit !== run.visit;

/** Works the message out on a draft. Throws what a rule throws, and on a breach. */
function work(draft: Draft, table: Table, message: Message): void {
  forgetEndedChild(draft, message);
  const outcome = outcomeOf(table, message.type);
  if (outcome && !settleEffect(draft, table, outcome.name, outcome.outcome)) {
    draft.verdict = 'ignored';
    return;
  }
  const isOutcome = outcome !== undefined;
  // Going forward an effect is only withdrawn because a younger one took its place: there is nothing to decide.
  if (outcome?.outcome === 'withdrawn' && draft.run.phase === 'forward') return;
  if (draft.run.phase === 'unwinding') stepUnwinding(draft, table, message, isOutcome);
  else offer(draft, table, message, isOutcome);
  checkInvariant(draft, table);
  offerDeferred(draft, table);
}

/** A message that breaks a rule or an invariant: nothing of it is applied but the settling of its effect, and a case names it. */
function refuse(table: Table, run: RunState, message: Message, because: string): Draft {
  const draft = newDraft(run, message);
  const outcome = outcomeOf(table, message.type);
  if (outcome) settleEffect(draft, table, outcome.name, outcome.outcome);
  refuseMessage(draft, message, because);
  return draft;
}

/**
 * All that one message does to one run. Pure: the same run and message always give the same advance.
 * A deadline's data is `{ state, visit }`; an outcome's is `{ occurrence, answer | fault }`.
 */
export function step(table: Table, run: RunState, message: Message): Advance {
  const draft = newDraft(run, message);
  if (isStaleDeadline(run, message)) {
    draft.verdict = 'ignored';
    return asAdvance(draft);
  }
  try {
    work(draft, table, message);
    return asAdvance(draft);
  } catch (thrown) {
    return asAdvance(refuse(table, run, message, whatWasThrown(thrown)));
  }
}

export interface Beginning {
  readonly key: string;
  readonly input: unknown;
  readonly at: string;
  /** Who starts it, e.g. `api:shop` or `flow:order-to-cash/100001`. */
  readonly source: string;
  readonly parent?: { readonly flow: string; readonly key: string };
}

/** The first advance of a run: its first document, and the entry to its first state. */
export function begin(table: Table, beginning: Beginning): Advance {
  const { key, input, at, source, parent } = beginning;
  const message: Message = { id: `start:${key}`, source, type: 'started', data: null, at };
  const run: RunState = {
    key,
    state: table.start,
    visit: 0,
    document: table.begin(input, { now: at, key, messageId: message.id }),
    phase: 'forward',
    open: [],
    undoable: [],
    asked: [],
    children: [],
    cases: [],
    deferred: [],
    ...(parent ? { parent } : {}),
  };
  const draft = newDraft(run, message);
  draft.entries.push({ kind: 'started', flow: table.name, version: table.version, by: source });
  enterState(draft, table, table.start);
  return asAdvance(draft);
}
