import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { faultRecord } from '#model/kernel';
import { caseGroup } from '#platform/engine';
import type { FactEvent } from './fact.ts';
import { factEvent, type PlacedFact } from './read-facts.ts';
import {
  callNext,
  dueIn,
  forgetParked,
  giveUp,
  nextDue,
  parkFacts,
  postpone,
  settleParked,
  waitingKeys,
} from './sql/parked-facts.ts';

/** A fact that is set aside: `thrown` by the handler that tried it; absent: it waits behind another of its key. */
export interface SetAside extends PlacedFact {
  readonly thrown?: unknown;
}

/** A fact that was set aside and is due. */
export interface DueFact {
  readonly id: string;
  readonly fact: FactEvent;
  readonly attempts: number;
  /** It was a dead letter before; somebody has it tried again. */
  readonly redrivenBy: string | undefined;
  readonly caseId: string | undefined;
  /** It failed first so long ago that an outage is no excuse. */
  readonly isOld: boolean;
}

interface DueRow {
  readonly id: string;
  readonly subject: string;
  readonly fact_id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly data: string;
  readonly repaired: string | null;
  readonly attempts: number;
  readonly case_id: string | null;
  readonly redriven_by: string | null;
  readonly is_old: boolean;
}

const causeOf = (thrown: unknown): string => {
  const { code, message } = faultRecord(thrown);
  return `${code}: ${message}`.replaceAll('\0', '\uFFFD').toWellFormed().slice(0, 2_000);
};

/** Which of the keys wait, so that nothing of theirs may be taken before. */
export async function keysThatWait(
  on: ClientBase,
  subscription: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await on.query<{ subject: string }>(waitingKeys, [subscription, keys]);
  return new Set(rows.map(({ subject }) => subject));
}

/** Sets facts aside, in the transaction that moves the subscription beyond them. */
export async function setAside(
  on: ClientBase,
  at: { readonly subscription: string; readonly version: string; readonly delayMs: number },
  facts: readonly SetAside[],
): Promise<void> {
  if (facts.length === 0) return;
  const column = (of: (one: SetAside) => string | null): (string | null)[] => facts.map(of);
  await on.query(parkFacts, [
    at.subscription,
    at.delayMs,
    at.version,
    column(({ fact }) => fact.subject),
    column(({ xid }) => xid),
    column(({ seq }) => seq),
    column(({ fact }) => fact.id),
    column(({ fact }) => fact.source),
    column(({ fact }) => fact.type),
    column(({ fact }) => fact.time),
    column(({ fact }) => JSON.stringify(fact.data ?? null)),
    column(({ thrown }) => (thrown === undefined ? null : causeOf(thrown))),
  ]);
}

/** The next that is due, locked; as it was repaired, if it was. */
export async function takeDue(on: ClientBase, subscription: string, oldMs: number): Promise<DueFact | undefined> {
  const { rows } = await on.query<DueRow>(nextDue, [subscription, oldMs]);
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    id: row.id,
    fact: factEvent({ ...row, id: row.fact_id, data: row.repaired ?? row.data }),
    attempts: row.attempts,
    redrivenBy: row.redriven_by ?? undefined,
    caseId: row.case_id ?? undefined,
    isOld: row.is_old,
  };
}

/** Ms until something is due; undefined when nothing will be by itself. */
export async function waitForDue(on: Pick<ClientBase, 'query'>, subscription: string): Promise<number | undefined> {
  const { rows } = await on.query<{ wait: number | null }>(dueIn, [subscription]);
  return rows[0]?.wait ?? undefined;
}

/** It was handled: the next of its key is called, and the case closes by itself. */
export async function settle(on: ClientBase, subscription: string, due: DueFact): Promise<void> {
  const because = `handled at attempt ${due.attempts + 1}${due.redrivenBy === undefined ? '' : `, sent again by ${due.redrivenBy}`}`;
  if (due.caseId === undefined) await on.query(forgetParked, [due.id]);
  else await on.query(settleParked, [due.id, 'handled', because]);
  await on.query(callNext, [subscription, due.fact.subject]);
}

/** It failed once more and is tried again later. */
export async function tryLater(
  on: ClientBase,
  due: DueFact,
  failure: { readonly thrown: unknown; readonly version: string; readonly delayMs: number },
): Promise<void> {
  await on.query(postpone, [due.id, failure.delayMs, causeOf(failure.thrown), failure.version]);
}

/** It is a dead letter: a person decides, and its key waits. */
export async function makeDeadLetter(
  on: ClientBase,
  subscription: string,
  due: DueFact,
  failure: { readonly thrown: unknown; readonly version: string },
): Promise<void> {
  const cause = causeOf(failure.thrown);
  const { type, subject } = due.fact;
  const summary =
    `${subscription} could not take ${type} of ${subject} after ${due.attempts + 1} attempts: ${cause}. ` +
    `Retry it, edit and retry it, or skip it; later facts of ${subject} wait behind it.`;
  const group = caseGroup(subscription, 'dead-letter', { fault: faultRecord(failure.thrown) });
  await on.query(giveUp, [due.id, cause, failure.version, due.caseId ?? randomUUID(), summary, group]);
}
