import type { PoolClient } from 'pg';
import { type TSchema, Type } from 'typebox';
import type { Clock } from '#model/kernel';
import { type Difference, differenceBetween } from '#platform/engine';
import { type Database, inTransaction } from '#platform/storage';
import {
  done,
  invalid,
  isCaseId,
  notOpen,
  notPossible,
  readEdited,
  recordDecision,
  schemaFailures,
} from './letter-decision.ts';
import type { Letter, LetterDesk, LetterFailure, LetterOutcome } from './letters.ts';
import type { ReadMessage } from './quarantine.ts';
import { closeQuarantined, closeReplaced, holdLetter, selectLetter, selectLetters } from './sql/quarantine.ts';

export interface QuarantineDeskNeeds {
  readonly database: Database;
  readonly clock: Clock;
  /** What the data of a message must be, by its type; undefined for types that nobody expects. */
  readonly schemaOf: (type: string) => TSchema | undefined;
  /**
   * Sends a message through the door by which it came, under the id that it has. Answers everything that is wrong; nothing when it is
   * durably taken. The same id is taken once, whatever it says the second time.
   */
  readonly admit: (
    source: string,
    message: ReadMessage & { readonly id: string; readonly original: string },
  ) => Promise<readonly LetterFailure[]>;
}

interface LetterRow {
  readonly case_id?: string;
  readonly source: string;
  readonly id: string;
  readonly failures: readonly LetterFailure[];
  readonly original: string;
  readonly message: string | null;
  readonly about: string;
  readonly received_at: string;
  readonly deliveries: number;
}

/** What a person may change of a message: not when it came nor under which id. */
type Editable = Pick<ReadMessage, 'type' | 'key' | 'data'>;

const editable = ({ type, key, data }: ReadMessage): Editable => ({
  type,
  ...(key === undefined ? {} : { key }),
  data,
});

const shapeOf = (data: TSchema = Type.Unknown()): TSchema =>
  Type.Object(
    { type: Type.String(), key: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })), data },
    { additionalProperties: false },
  );

/** Decides about messages that the door refused. Nothing is half taken: what is refused again stays where it is. */
export function quarantineActions({ database, clock, schemaOf, admit }: QuarantineDeskNeeds): LetterDesk {
  const letterOf = (id: string, row: LetterRow): Letter => {
    const message: ReadMessage | undefined = row.message === null ? undefined : JSON.parse(row.message);
    const [first] = row.failures;
    const more = row.failures.length > 1 ? ` and ${row.failures.length - 1} more` : '';
    return {
      id,
      kind: 'quarantined',
      source: row.source,
      ...(message === undefined ? {} : { type: message.type }),
      key: row.id,
      cause: first === undefined ? 'no reason was given' : `${first.path} ${first.message}${more}`,
      original: message === undefined ? row.original : JSON.stringify(editable(message)),
      schema: shapeOf(message === undefined ? undefined : schemaOf(message.type)),
      attempts: row.deliveries,
      followers: 0,
      openedAt: row.received_at,
    };
  };

  /** Nobody else decides meanwhile; the door is passed while the letter is held, so that it is passed once. */
  const held = (
    id: string,
    decide: (transaction: PoolClient, row: LetterRow) => Promise<LetterOutcome>,
  ): Promise<LetterOutcome> =>
    inTransaction(
      database,
      async (transaction) => {
        const { rows } = isCaseId(id) ? await transaction.query<LetterRow>(holdLetter, [id]) : { rows: [] };
        return rows[0] === undefined ? notOpen : decide(transaction, rows[0]);
      },
      // The door asks the same pool.
      { needsMore: true },
    );

  async function send(
    transaction: PoolClient,
    row: LetterRow,
    message: ReadMessage,
    decision: {
      readonly letter: string;
      readonly action: 'retry' | 'edit-and-retry';
      readonly by: string;
      readonly reason: string;
      readonly difference?: readonly Difference[];
      readonly intent?: string | undefined;
    },
  ): Promise<LetterOutcome> {
    const failures = await admit(row.source, { ...message, id: row.about, original: row.original });
    if (failures.length > 0) return invalid(failures);
    const how = decision.action === 'retry' ? 'sent again' : 'edited and sent again';
    const because = `taken: ${how} by ${decision.by}: ${decision.reason}`;
    await transaction.query(closeQuarantined, [row.source, row.id, because]);
    await transaction.query(closeReplaced, [row.source, [row.about], because]);
    await recordDecision(transaction, clock, decision);
    return done;
  }

  return {
    find: async (id) => {
      const { rows } = isCaseId(id) ? await database.pool.query<LetterRow>(selectLetter, [id]) : { rows: [] };
      return rows[0] === undefined ? undefined : letterOf(id, rows[0]);
    },
    list: async (limit = 100) =>
      (await database.pool.query<LetterRow & { case_id: string }>(selectLetters, [limit])).rows.map((row) =>
        letterOf(row.case_id, row),
      ),
    retry: (id, by, reason, intent) =>
      held(id, async (transaction, row) =>
        row.message === null
          ? notPossible('Nothing of it could be read: edit it, have its sender send it anew, or skip it.')
          : send(transaction, row, JSON.parse(row.message), { letter: id, action: 'retry', by, reason, intent }),
      ),
    editAndRetry: (id, edited, by, reason, intent) =>
      held(id, async (transaction, row) => {
        const read = readEdited(edited);
        if (!read.ok) return read.outcome;
        const shape = schemaFailures(generalShape, read.value);
        if (shape.length > 0) return invalid(shape);
        const wanted = read.value as Editable;
        const failures = schemaFailures(schemaOf(wanted.type), wanted.data, '/data');
        if (failures.length > 0) return invalid(failures);
        const before: ReadMessage | undefined = row.message === null ? undefined : JSON.parse(row.message);
        const was = before === undefined ? row.original : editable(before);
        const message = { ...wanted, occurredAt: before?.occurredAt ?? row.received_at };
        const difference = differenceBetween(was, wanted);
        return send(transaction, row, message, {
          letter: id,
          action: 'edit-and-retry',
          by,
          reason,
          difference,
          intent,
        });
      }),
    skip: (id, by, reason, intent) =>
      held(id, async (transaction, row) => {
        await transaction.query(closeQuarantined, [row.source, row.id, `dropped by ${by}: ${reason}`]);
        await recordDecision(transaction, clock, { letter: id, action: 'skip', by, reason, intent });
        return done;
      }),
  };
}

const generalShape = shapeOf();
