import type { PoolClient } from 'pg';
import type { TSchema } from 'typebox';
import type { Clock, Json } from '#model/kernel';
import { type AuditStore, auditOf, recordAction } from '#platform/audit';
import type { Difference } from '#platform/engine';
import { compileSchema, type SchemaCheck } from '#platform/gateway';
import type { LetterFailure, LetterOutcome } from './letters.ts';

/** What somebody decided about a letter. */
export interface LetterDecision {
  readonly letter: string;
  readonly action: 'retry' | 'edit-and-retry' | 'skip';
  readonly by: string;
  readonly reason: string;
  readonly difference?: readonly Difference[];
  /** Names the act that decides it: the same act is done once. */
  readonly intent?: string | undefined;
}

/** The same act was done before, perhaps by a node that died over what came of it: nothing of it is done again. */
export class DecidedBefore extends Error {}

/** Whether this act was done about the letter. */
export const wasDecided = async (on: AuditStore, letter: string, intent: string): Promise<boolean> =>
  (await auditOf(on, `case:${letter}`)).some(({ details }) => details.intent === intent);

/**
 * Keeps a decision in the audit of its case, with its act, in the transaction that does it. Throws `DecidedBefore`, so that the transaction
 * does nothing, when that act stands there: whoever comes second sees it, for the letter is held.
 */
export const recordDecision = async (on: PoolClient, clock: Clock, decision: LetterDecision): Promise<void> => {
  const { letter, action, by, reason, difference = [], intent } = decision;
  if (intent !== undefined && (await wasDecided(on, letter, intent))) throw new DecidedBefore();
  await recordAction(on, {
    target: `case:${letter}`,
    action: `letter-${action}`,
    by,
    at: clock.now(),
    details: { reason, difference: difference as unknown as Json, ...(intent === undefined ? {} : { intent }) },
  });
};

export const done: LetterOutcome = { done: true };
export const notOpen: LetterOutcome = {
  done: false,
  code: 'not-open',
  because: 'It does not wait for a person any more: somebody decided already, or it is being tried again.',
};
export const notPossible = (because: string): LetterOutcome => ({ done: false, code: 'not-possible', because });
export const invalid = (failures: readonly LetterFailure[]): LetterOutcome => ({
  done: false,
  code: 'invalid',
  because: failures[0]?.message ?? 'It is refused as it is.',
  failures,
});

const checks = new WeakMap<TSchema, SchemaCheck<TSchema>>();

/** Everything that is wrong with a value by a schema; nothing where there is none. */
export function schemaFailures(schema: TSchema | undefined, value: unknown, under = ''): readonly LetterFailure[] {
  if (schema === undefined) return [];
  const check = checks.get(schema) ?? compileSchema(schema);
  checks.set(schema, check);
  return check.failures(value).map(({ code, path, message }) => ({ code, path: `${under}${path}`, message }));
}

/** Edited text as JSON; what is wrong when it is none. */
export function readEdited(
  edited: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly outcome: LetterOutcome } {
  try {
    return { ok: true, value: JSON.parse(edited) };
  } catch (thrown) {
    const message = `It is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    return { ok: false, outcome: invalid([{ code: 'not-json', path: '', message }]) };
  }
}

/** Decisions are found by the id of a case; what is no id is about nothing. */
export const isCaseId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
