import type { TSchema } from 'typebox';
import type { Clock } from '#model/kernel';
import {
  type DeadLetter,
  findDeadLetter,
  listDeadLetters,
  redriveDeadLetter,
  skipDeadLetter,
} from '#platform/backbone';
import { differenceBetween } from '#platform/engine';
import { type Database, inTransaction } from '#platform/storage';
import {
  done,
  invalid,
  isCaseId,
  type LetterDecision,
  notOpen,
  readEdited,
  recordDecision,
  schemaFailures,
} from './letter-decision.ts';
import type { Letter, LetterDesk, LetterOutcome } from './letters.ts';

export interface DeadLetterDeskNeeds {
  readonly database: Database;
  readonly clock: Clock;
  /** What the data of a fact must be for a subscriber, where it says. */
  readonly schemaOf: (subscription: string, type: string) => TSchema | undefined;
  /** Readers may look: something is due. */
  readonly wake: () => void;
}

/** Decides about facts that their subscribers could not take. A retry that fails is a dead letter again at once, under the same case. */
export function deadLetterActions({ database, clock, schemaOf, wake }: DeadLetterDeskNeeds): LetterDesk {
  const letterOf = (found: DeadLetter): Letter => {
    const schema = schemaOf(found.subscription, found.type);
    return {
      id: found.caseId,
      kind: 'dead-letter',
      source: 'backbone',
      type: found.type,
      key: found.subject,
      receiver: found.subscription,
      cause: found.cause,
      original: found.data,
      ...(schema === undefined ? {} : { schema }),
      attempts: found.attempts,
      version: found.version,
      followers: found.followers,
      openedAt: found.parkedAt,
    };
  };

  async function redrive(decision: LetterDecision, repaired?: string): Promise<LetterOutcome> {
    const isTaken = await inTransaction(database, async (transaction) => {
      if (!(await redriveDeadLetter(transaction, decision.letter, decision.by, repaired))) return false;
      await recordDecision(transaction, clock, decision);
      return true;
    });
    if (!isTaken) return notOpen;
    wake();
    return done;
  }

  return {
    find: async (id) => {
      const found = isCaseId(id) ? await findDeadLetter(database.pool, id) : undefined;
      return found === undefined ? undefined : letterOf(found);
    },
    list: async (limit = 100) => (await listDeadLetters(database.pool, limit)).map(letterOf),
    retry: async (id, by, reason, intent) =>
      isCaseId(id) ? redrive({ letter: id, action: 'retry', by, reason, intent }) : notOpen,
    editAndRetry: async (id, edited, by, reason, intent) => {
      const found = isCaseId(id) ? await findDeadLetter(database.pool, id) : undefined;
      if (found === undefined || !found.waitsForPerson) return notOpen;
      const read = readEdited(edited);
      if (!read.ok) return read.outcome;
      const failures = schemaFailures(schemaOf(found.subscription, found.type), read.value);
      if (failures.length > 0) return invalid(failures);
      const difference = differenceBetween(JSON.parse(found.data), read.value);
      return redrive(
        { letter: id, action: 'edit-and-retry', by, reason, difference, intent },
        JSON.stringify(read.value),
      );
    },
    skip: async (id, by, reason, intent) => {
      if (!isCaseId(id)) return notOpen;
      const isSkipped = await inTransaction(database, async (transaction) => {
        if (!(await skipDeadLetter(transaction, id, `skipped by ${by}: ${reason}`))) return false;
        await recordDecision(transaction, clock, { letter: id, action: 'skip', by, reason, intent });
        return true;
      });
      if (!isSkipped) return notOpen;
      wake();
      return done;
    },
  };
}
