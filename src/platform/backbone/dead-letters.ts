import type { ClientBase, Pool } from 'pg';
import {
  callNext,
  findToSkip,
  holdForLetter,
  redriveParked,
  selectDeadLetter,
  selectDeadLetters,
  settleParked,
} from './sql/parked-facts.ts';

/** A fact that its subscriber could not take. */
export interface DeadLetter {
  readonly caseId: string;
  readonly subscription: string;
  readonly subject: string;
  readonly type: string;
  /** JSON, as it was repaired if it was. */
  readonly data: string;
  readonly cause: string;
  readonly attempts: number;
  readonly version: string;
  readonly parkedAt: string;
  /** False while it is being tried again. */
  readonly waitsForPerson: boolean;
  /** Facts of its key that wait behind it. */
  readonly followers: number;
}

interface DeadLetterRow {
  readonly case_id: string;
  readonly subscription: string;
  readonly subject: string;
  readonly type: string;
  readonly data: string;
  readonly cause: string | null;
  readonly attempts: number;
  readonly handler_version: string | null;
  readonly parked_at: string;
  readonly waits_for_person: boolean;
  readonly followers: number;
}

const letterOf = (row: DeadLetterRow): DeadLetter => ({
  caseId: row.case_id,
  subscription: row.subscription,
  subject: row.subject,
  type: row.type,
  data: row.data,
  cause: row.cause ?? '',
  attempts: row.attempts,
  version: row.handler_version ?? '',
  parkedAt: row.parked_at,
  waitsForPerson: row.waits_for_person,
  followers: row.followers,
});

/** By the id of its case; undefined when there is none that is open. */
export async function findDeadLetter(on: Pool | ClientBase, caseId: string): Promise<DeadLetter | undefined> {
  const { rows } = await on.query<DeadLetterRow>(selectDeadLetter, [caseId]);
  return rows[0] === undefined ? undefined : letterOf(rows[0]);
}

/** Those that wait for a person, oldest first. */
export async function listDeadLetters(on: Pool | ClientBase, limit: number): Promise<readonly DeadLetter[]> {
  return (await on.query<DeadLetterRow>(selectDeadLetters, [limit])).rows.map(letterOf);
}

/** Has it tried again within moments, with other data if given. False when it does not wait for a person (any more). */
export async function redriveDeadLetter(
  on: ClientBase,
  caseId: string,
  by: string,
  repaired?: string,
): Promise<boolean> {
  const { rows } = await on.query(redriveParked, [caseId, by, repaired ?? null]);
  return rows.length > 0;
}

/** Gives it up: its case closes and the next of its key is tried. In a transaction. False when it does not wait for a person. */
export async function skipDeadLetter(on: ClientBase, caseId: string, because: string): Promise<boolean> {
  await on.query(holdForLetter, [caseId]);
  const { rows } = await on.query<{ id: string; subscription: string; subject: string }>(findToSkip, [caseId]);
  const found = rows[0];
  if (found === undefined) return false;
  await on.query(settleParked, [found.id, 'skipped', because]);
  await on.query(callNext, [found.subscription, found.subject]);
  return true;
}
