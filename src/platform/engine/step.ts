import { decide } from './decide.ts';
import { type DecisionType, isDecision } from './decision.ts';
import { asAdvance, bookmark, type Draft, goBack, newDraft, sendMessages, tellFacts } from './draft.ts';
import { type Binding, closeCases, isNamed, openCase } from './draft-cases.ts';
import { unedited } from './effect-key.ts';
import { enterState, momentOf } from './enter.ts';
import { deadline } from './event.ts';
import { forgetWarning, nearlyDue, warnOfDeadline } from './nearly-due.ts';
import type { Advance, Message, OpenEffect, RunState } from './run.ts';
import { outcomeOf, parkEffect, settleEffect } from './settle.ts';
import type { Line, Table } from './table.ts';
import { continueUnwinding, startUnwinding } from './unwind.ts';

const named =
  (type: string) =>
  (event: { readonly name: string }): boolean =>
    event.name === type;

/** Nothing of the present state is unsettled: neither under way nor parked. What was left in doubt by an earlier one is no part of it. */
const isSettled = ({ run }: Draft, table: Table): boolean =>
  run.open.every(
    (effect) =>
      table.effects.get(effect.name)?.mayOutlive === true || (effect.doubtful === true && effect.visit !== run.visit),
  );

function findLine(draft: Draft, table: Table, message: Message): Line | undefined {
  const holds = (line: Line): boolean =>
    line.event.name === message.type &&
    (line.ifSettled !== true || isSettled(draft, table)) &&
    (line.if === undefined || line.if(draft.run.document, message.data, momentOf(draft)));
  return table.states[draft.run.state]?.on?.find(holds);
}

/** What else than the table closes a case that this message opens. */
function bindingOf(draft: Draft, message: Message, settled: OpenEffect | undefined): Binding {
  if (message.type === deadline.name) return 'visit';
  const parked = draft.run.open.find((effect) => effect.parked === true && effect.key === settled?.key);
  return parked ?? 'nothing';
}

function takeLine(draft: Draft, table: Table, line: Line, message: Message, settled: OpenEffect | undefined): void {
  const at = momentOf(draft);
  if (line.park && settled !== undefined) parkEffect(draft, settled);
  if (line.apply) draft.run = { ...draft.run, document: line.apply(draft.run.document, message.data, at) };
  const { document } = draft.run;
  tellFacts(draft, line.tell?.(document, message.data, at) ?? []);
  sendMessages(draft, line.send?.(document, message.data, at) ?? []);
  if (line.open) openCase(draft, table, line.open(document, message.data, at), bindingOf(draft, message, settled));
  closeCases(draft, `${message.type} from ${message.source}`, ({ cause }) => isNamed(cause, line.close ?? []));
  if (line.final) {
    const stands = new Set(line.final.map(({ name }) => name));
    draft.run = { ...draft.run, undoable: draft.run.undoable.filter(({ name }) => !stands.has(name)) };
  }
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
function otherwise(draft: Draft, table: Table, message: Message, settled: OpenEffect | undefined): void {
  const isOutcome = settled !== undefined;
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
      takeLine(draft, table, everywhere, message, settled);
      return;
    }
    // It was doubtful when its state was left: that it is settled now is all that matters here.
    if (isOutcome && settled.visit !== draft.run.visit) return;
    remark(draft, message, 'unexpected');
    openCase(draft, table, {
      cause: isFinal ? `late-${message.type}` : `unexpected-${message.type}`,
      summary: `${message.source} sent ${message.type} when the run was in ${draft.run.state}, where nobody expects it. Find out what happened there.`,
    });
  }
}

function offer(draft: Draft, table: Table, message: Message, settled: OpenEffect | undefined): void {
  const line = findLine(draft, table, message);
  if (line === undefined) {
    otherwise(draft, table, message, settled);
    return;
  }
  if (settled === undefined) remark(draft, message, 'applied');
  takeLine(draft, table, line, message, settled);
}

export function checkInvariant(draft: Draft, table: Table): void {
  const breaches = draft.run.document === undefined ? [] : (table.breaches?.(draft.run.document) ?? []);
  if (breaches.length > 0) throw new Error(breaches.join('; '));
}

const whatWasThrown = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

function refuseMessage(draft: Draft, table: Table, message: Message, because: string): void {
  remark(draft, message, 'unexpected', because);
  openCase(draft, table, {
    cause: `broken-by-${message.type}`,
    summary: `${message.type} from ${message.source} (${message.id}) was not applied in ${draft.run.state}: ${because}`,
  });
}

/** A kept message that breaks a rule is refused alone: what came before it in this advance stands. */
function offerKept(draft: Draft, table: Table, message: Message): void {
  const before = bookmark(draft);
  try {
    offer(draft, table, message, undefined);
    checkInvariant(draft, table);
  } catch (thrown) {
    goBack(draft, before);
    refuseMessage(draft, table, message, whatWasThrown(thrown));
  }
}

/** After a move, what was kept is offered again, in the order in which it came. */
export function offerDeferred(draft: Draft, table: Table): void {
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
  (message.type === deadline.name || message.type === nearlyDue) &&
  (message.data as { readonly visit?: number }).visit !== run.visit;

/** Somebody must see each effect that waits for a decision: the flow's own case, or else one of the engine's. */
function standForParked(draft: Draft, table: Table, settled: OpenEffect | undefined): void {
  const parked = draft.run.open.find((effect) => effect.parked === true && effect.key === settled?.key);
  if (parked === undefined || draft.run.cases.some(({ effect }) => effect === unedited(parked.key))) return;
  const { fault } = draft.message.data as { readonly fault?: { readonly message: string } };
  const summary = `${parked.name} did not succeed: ${fault?.message ?? 'no fault was given'}`;
  openCase(draft, table, { cause: `failed-${parked.name}`, summary }, parked);
}

/** Takes a decision; an outcome that it stands for is worked out as if the target had answered. */
function workDecision(draft: Draft, table: Table, message: Message, type: DecisionType): void {
  const before = bookmark(draft);
  remark(draft, message, 'applied');
  const decided = decide(draft, table, type);
  if (decided === 'done') return;
  if ('outcome' in decided) {
    workOutcome(draft, table, draft.message);
    return;
  }
  goBack(draft, before);
  remark(draft, message, 'ignored', decided.because);
}

/** Settles the effect that came back, and offers what came of it to the state. */
function workOutcome(draft: Draft, table: Table, message: Message): void {
  const outcome = outcomeOf(table, message.type);
  const settled = outcome && settleEffect(draft, table, outcome.name, outcome.outcome);
  if (outcome === undefined || settled === undefined) {
    draft.verdict = 'ignored';
    return;
  }
  // Going forward an effect is only withdrawn because a younger one took its place: there is nothing to decide.
  if (outcome.outcome === 'withdrawn' && draft.run.phase === 'forward') return;
  if (draft.run.phase === 'unwinding') {
    standForParked(draft, table, settled);
    stepUnwinding(draft, table, message, true);
    return;
  }
  offer(draft, table, message, settled);
  standForParked(draft, table, settled);
}

/** Only who goes forward can still be in time. */
function workWarning(draft: Draft, table: Table, message: Message): void {
  if (draft.run.phase !== 'forward') {
    draft.verdict = 'ignored';
    return;
  }
  remark(draft, message, 'applied');
  warnOfDeadline(draft, table);
}

/** Works the message out on a draft. Throws what a rule throws, and on a breach. */
function work(draft: Draft, table: Table, message: Message): void {
  forgetEndedChild(draft, message);
  if (message.type === deadline.name) forgetWarning(draft);
  if (isDecision(message.type)) workDecision(draft, table, message, message.type);
  else if (outcomeOf(table, message.type)) workOutcome(draft, table, message);
  else if (message.type === nearlyDue) workWarning(draft, table, message);
  else if (draft.run.phase === 'unwinding') stepUnwinding(draft, table, message, false);
  else offer(draft, table, message, undefined);
  if (draft.verdict === 'ignored') return;
  checkInvariant(draft, table);
  offerDeferred(draft, table);
}

/** A message that breaks a rule or an invariant: nothing of it is applied but the settling of its effect, and a case names it. */
function refuse(table: Table, run: RunState, message: Message, because: string): Draft {
  const draft = newDraft(run, message);
  const outcome = outcomeOf(table, message.type);
  if (outcome) settleEffect(draft, table, outcome.name, outcome.outcome);
  refuseMessage(draft, table, message, because);
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
