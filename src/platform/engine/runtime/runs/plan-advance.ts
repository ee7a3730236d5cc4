import type { Advanced } from '../../advanced.ts';
import type { Outgoing } from '../../consequence.ts';
import type { Advance, RunState } from '../../run.ts';
import { nextLink } from '../audit/audit-chain.ts';
import { type BusinessCalendar, dueAt } from '../calendar/business-calendar.ts';
import type { CommitUnit, FactRow, InboxPlace, InboxRow, NewRun } from '../commit/commit-unit.ts';
import type { EffectTask } from '../effects/effect-task.ts';
import { ownedTasks } from '../effects/owned-tasks.ts';
import type { RecordedEffect } from '../effects/recorded-effects.ts';
import type { Providers, RecordedEntry } from '../engine.ts';
import { messageHash } from '../mail/message-hash.ts';
import { warnedAt } from '../timers/timers-warning.ts';
import type { HotRun } from './hot-run.ts';
import { askRow, planAsk } from './plan-ask.ts';
import { controlJson } from './stored-control.ts';
import { changingPart, givenOf, type StoredDocument, sameGiven } from './stored-document.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface PlanNeeds {
  readonly providers: Providers;
  readonly calendar: BusinessCalendar;
  /** Whether this node takes an effect of this lane and priority, or leaves it to whoever has room. */
  readonly hasRoom: (instance: string, priority: number) => boolean;
  /** Whether an open effect is in this node's hands. */
  readonly holds: (key: string) => boolean;
}

/** Why the advance is made. */
export interface Occasion {
  readonly at: string;
  readonly begins?: NewRun;
  readonly receipt?: string;
  readonly consumed?: InboxPlace;
  readonly answers?: { readonly key: string; readonly attempt: number | null };
  /** The run goes on by another version of its flow. */
  readonly flowVersion?: number;
  /** The deadline rang: it does not ring again. */
  readonly rang?: true;
  /** The run was told that its deadline is near: it is not told again. */
  readonly warned?: true;
  readonly original?: string;
  /** What the journal knows of the effects that are undone or asked again, by the key that is asked. */
  readonly recalled?: ReadonlyMap<string, RecordedEffect>;
}

export interface Plan {
  readonly unit: CommitUnit;
  /** The run when it is written. */
  readonly next: HotRun;
  readonly tasks: readonly EffectTask[];
  /** What the journal says of it. */
  readonly entries: readonly RecordedEntry[];
}

const none: readonly never[] = [];

type Timing = Pick<HotRun, 'dueAt' | 'dueVisit' | 'timerAt' | 'warnAt'> & { readonly timer: CommitUnit['timer'] };

/** The timer's row is moved only when a deadline comes nearer than it: one that moves away is noticed when the row wakes the run. */
export function timing(run: HotRun, asked: Advance['timer'], occasion: Occasion, calendar: BusinessCalendar): Timing {
  const { timerAt } = run;
  if (typeof asked === 'object') {
    const due = dueAt(calendar, occasion.at, asked.within);
    const warnAt = warnedAt(calendar, occasion.at, asked);
    const wakes = warnAt ?? due;
    const isNearer = timerAt === null || wakes < timerAt || occasion.rang === true;
    const timer = isNearer ? { at: wakes } : 'keep';
    return { dueAt: due, dueVisit: asked.visit, warnAt, timerAt: isNearer ? wakes : timerAt, timer };
  }
  if (asked === 'clear' || occasion.rang) {
    return { dueAt: null, dueVisit: null, warnAt: null, timerAt: null, timer: timerAt === null ? 'keep' : 'clear' };
  }
  const { dueAt: due, dueVisit } = run;
  if (occasion.warned && due !== null) return { dueAt: due, dueVisit, warnAt: null, timerAt: due, timer: { at: due } };
  return { dueAt: due, dueVisit, warnAt: run.warnAt ?? null, timerAt, timer: 'keep' };
}

function recorded(advance: Advance, occasion: Occasion, tasks: readonly EffectTask[]): readonly RecordedEntry[] {
  return advance.entries.map((entry): RecordedEntry => {
    if (entry.kind === 'asked') {
      const task = tasks.find(({ key }) => key === entry.key);
      if (task === undefined) return entry;
      // What is asked again is asked as it was.
      const request = entry.request === null && !task.undoes ? { request: task.request } : {};
      return { ...entry, ...request, instance: task.instance };
    }
    if (entry.kind === 'received' && occasion.original !== undefined) return { ...entry, original: occasion.original };
    return entry;
  });
}

function outgoingRow(run: HotRun, sent: Outgoing, at: string, index: number): readonly InboxRow[] {
  const to = sent.to === 'parent' ? run.state.parent : sent.to;
  if (to === undefined) return none;
  const source = `flow:${run.flow.name}/${run.state.key}`;
  const id = `${run.id}/${run.version + 1}/${index}`;
  const message = JSON.stringify({ id, source, type: sent.type, data: sent.data, at });
  return [{ flow: to.flow, key: to.key, hash: messageHash(source, id), kind: 'message', message }];
}

function outbox(run: HotRun, advance: Advance, at: string): readonly InboxRow[] {
  if (advance.send.length === 0 && advance.start.length === 0) return none;
  const source = `flow:${run.flow.name}/${run.state.key}`;
  const parent = { flow: run.flow.name, key: run.state.key };
  const starts = advance.start.map(({ flow, key, input }): InboxRow => {
    const message = JSON.stringify({ source, at, input, parent });
    return { flow, key, hash: messageHash(source, `start:${flow}/${key}`), kind: 'start', message };
  });
  return [...starts, ...advance.send.flatMap((sent, index) => outgoingRow(run, sent, at, index))];
}

function facts(run: HotRun, advance: Advance, at: string): readonly FactRow[] {
  if (advance.tell.length === 0) return none;
  return advance.tell.map(({ type, data }) => ({
    id: uuidV7(),
    source: `/crossdock/flows/${run.flow.name}`,
    type,
    subject: run.state.key,
    time: at,
    data: JSON.stringify(data ?? null),
  }));
}

function nextDocument(run: HotRun, next: RunState, isNew: boolean): StoredDocument {
  if (!isNew && next.document === run.state.document) return run.storedDocument;
  if (!isNew && !sameGiven(givenOf(run.state.document), givenOf(next.document))) {
    throw new Error(`a rule of ${run.flow.name} changed the document's member given, which never changes`);
  }
  return changingPart(next.document, run.storedDocument);
}

/** Everything that one advance writes. `run` is the run before it; a new one stands at version 0. */
export function planAdvance(needs: PlanNeeds, run: HotRun, advance: Advance, occasion: Occasion): Plan {
  const { at } = occasion;
  const isUnwinding = advance.run.phase === 'unwinding';
  const address = { id: run.id, key: run.state.key, flow: run.flow, at, isUnwinding };
  const tasks = advance.ask.map((asked) => planAsk(address, asked, needs.providers, occasion.recalled?.get(asked.key)));
  const time = timing(run, advance.timer, occasion, needs.calendar);
  const advanceId = uuidV7();
  const said = recorded(advance, occasion, tasks);
  const entries = said.length === 0 ? null : Buffer.from(JSON.stringify({ at, entries: said }));
  const document = nextDocument(run, advance.run, occasion.begins !== undefined);
  const control = controlJson(advance.run, time);
  const chain = entries === null ? run.chain : nextLink(run.chain, advanceId, entries);
  const owned = ownedTasks(tasks, advance.run.open, needs.hasRoom, needs.holds);
  const settle = advance.settle.map(({ key }) => key).filter((key) => key !== occasion.answers?.key);
  const unit: CommitUnit = {
    runId: run.id,
    flow: run.flow.name,
    key: run.state.key,
    expected: run.version,
    advanceId,
    ...(occasion.begins ? { begins: occasion.begins } : {}),
    ...(occasion.answers ? { answers: occasion.answers } : {}),
    ...(occasion.flowVersion === undefined ? {} : { flowVersion: occasion.flowVersion }),
    at,
    state: advance.run.state,
    visit: advance.run.visit,
    phase: advance.run.phase,
    ending: advance.run.ending ?? null,
    dueAt: time.dueAt,
    chain,
    control,
    document: document.bytes,
    entries,
    receipt: occasion.receipt ?? null,
    ask: advance.ask.flatMap((asked, index) => {
      const task = tasks[index];
      return task ? [askRow(task, asked, owned[index] === true)] : [];
    }),
    settle,
    withdraw: advance.withdraw.map(({ key }) => key),
    timer: time.timer,
    facts: facts(run, advance, at),
    outbox: outbox(run, advance, at),
    consumed: occasion.consumed ?? null,
    openCases: advance.openCases.map((opened) => ({ id: uuidV7(), ...opened })),
    closeCases: advance.closeCases,
    bytes: 512 + document.bytes.length + control.length + (entries?.length ?? 0) + (occasion.begins?.input.length ?? 0),
  };
  const next: HotRun = {
    ...run,
    state: advance.run,
    version: run.version + 1,
    chain,
    updatedAt: at,
    storedDocument: document,
    dueAt: time.dueAt,
    dueVisit: time.dueVisit,
    timerAt: time.timerAt,
    warnAt: time.warnAt ?? null,
  };
  return { unit, next, tasks: tasks.filter((_, index) => owned[index] === true), entries: said };
}

/** A move of the run's timer row and of nothing else. */
export function planTimerMove(run: HotRun): Plan {
  const timerAt = run.warnAt ?? run.dueAt;
  const next: HotRun = { ...run, version: run.version + 1, timerAt };
  const unit: CommitUnit = {
    runId: run.id,
    flow: run.flow.name,
    key: run.state.key,
    expected: run.version,
    advanceId: uuidV7(),
    at: run.updatedAt,
    state: run.state.state,
    visit: run.state.visit,
    phase: run.state.phase,
    ending: run.state.ending ?? null,
    dueAt: run.dueAt,
    chain: run.chain,
    control: controlJson(run.state, next),
    document: run.storedDocument.bytes,
    entries: null,
    receipt: null,
    ask: none,
    settle: none,
    withdraw: none,
    timer: timerAt === null ? 'clear' : { at: timerAt },
    facts: none,
    outbox: none,
    consumed: null,
    openCases: none,
    closeCases: none,
    bytes: 512 + run.storedDocument.bytes.length,
  };
  return { unit, next, tasks: none, entries: none };
}

/** A plan that was written, for whoever follows the runs. */
export const advancedOf = ({ unit, next, entries }: Plan): Advanced => ({
  runId: next.id,
  flow: next.flow.name,
  flowVersion: next.flow.version,
  startedAt: next.startedAt,
  version: next.version,
  run: next.state,
  at: unit.at,
  entries,
});
