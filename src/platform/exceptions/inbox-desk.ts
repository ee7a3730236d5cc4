import type { PoolClient } from 'pg';
import { type TSchema, Type } from 'typebox';
import type { Clock } from '#model/kernel';
import { differenceBetween } from '#platform/engine';
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
import type { Letter, LetterDesk, LetterOutcome } from './letters.ts';
import {
  closeLetterCase,
  holdLetterCase,
  holdRows,
  putRow,
  removeRows,
  removeUntaken,
  selectLetterCase,
  selectLetterCases,
  selectRows,
} from './sql/waiting.ts';
import { notStarted } from './waiting-messages.ts';

export interface InboxDeskNeeds {
  readonly database: Database;
  readonly clock: Clock;
  /** What the data of a message must be for a flow, where it is known. */
  readonly schemaOf: (flow: string, type: string) => TSchema | undefined;
}

interface CaseRow {
  readonly id: string;
  readonly flow: string;
  readonly key: string;
  readonly cause: string;
  readonly summary: string;
  readonly opened_at: string;
}

interface InboxRow {
  readonly hash: string;
  readonly message: string;
}

/** A row of the inbox, read: a message, or a start with its input. */
interface Content {
  readonly source: string;
  readonly type?: string;
  readonly data?: unknown;
  readonly input?: unknown;
}

const closed = { additionalProperties: false } as const;
const EditedMessages = Type.Object(
  {
    key: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' }),
    messages: Type.Array(Type.Object({ type: Type.String(), data: Type.Unknown() }, closed)),
  },
  closed,
);
const EditedStart = Type.Object({ input: Type.Unknown() }, closed);

const isStart = ({ cause }: CaseRow): boolean => cause === notStarted;
const kindOf = (found: CaseRow): 'spoilt' | 'message' => (isStart(found) ? 'spoilt' : 'message');
const contentOf = ({ message }: InboxRow): Content => JSON.parse(message);

const editable = (found: CaseRow, contents: readonly Content[]): unknown =>
  isStart(found)
    ? { input: contents[0]?.input }
    : { key: found.key, messages: contents.map(({ type, data }) => ({ type, data })) };

/** Decides about messages that wait for a run that is not there, and about runs that could not be started. */
export function inboxActions({ database, clock, schemaOf }: InboxDeskNeeds): LetterDesk {
  function letterOf(found: CaseRow, contents: readonly Content[]): Letter {
    const [first] = contents;
    return {
      id: found.id,
      kind: isStart(found) ? 'spoilt-start' : 'waiting',
      source: first?.source ?? '',
      ...(first?.type === undefined ? {} : { type: first.type }),
      key: found.key,
      receiver: found.flow,
      cause: found.summary,
      original: JSON.stringify(editable(found, contents)),
      schema: isStart(found) ? EditedStart : EditedMessages,
      attempts: isStart(found) ? 1 : 0,
      followers: Math.max(0, contents.length - 1),
      openedAt: found.opened_at,
    };
  }

  const held = (
    id: string,
    decide: (transaction: PoolClient, found: CaseRow, rows: readonly InboxRow[]) => Promise<LetterOutcome>,
  ): Promise<LetterOutcome> =>
    inTransaction(database, async (transaction) => {
      const cases = isCaseId(id) ? (await transaction.query<CaseRow>(holdLetterCase, [id])).rows : [];
      const found = cases[0];
      if (found === undefined) return notOpen;
      const { rows } = await transaction.query<InboxRow>(holdRows, [found.flow, found.key, kindOf(found)]);
      return rows.length === 0 ? notOpen : decide(transaction, found, rows);
    });

  /** Takes rows away, but messages whose run is there by now: it has them, or takes them now. */
  async function remove(transaction: PoolClient, found: CaseRow, rows: readonly InboxRow[]): Promise<boolean> {
    const statement = isStart(found) ? removeRows : removeUntaken;
    const removed = await transaction.query(statement, [found.flow, found.key, rows.map(({ hash }) => hash)]);
    return removed.rowCount === rows.length;
  }

  /** Puts rows where they shall be, in their order; the sweeper hands them on. False when their run has come. */
  async function move(
    transaction: PoolClient,
    found: CaseRow,
    key: string,
    rows: readonly InboxRow[],
    because: string,
  ): Promise<boolean> {
    if (!(await remove(transaction, found, rows))) return false;
    const kind = isStart(found) ? 'start' : 'message';
    for (const { hash, message } of rows) await transaction.query(putRow, [found.flow, key, hash, kind, message]);
    await transaction.query(closeLetterCase, [found.id, because]);
    return true;
  }

  const withContent = (row: InboxRow, change: object): InboxRow => ({
    ...row,
    message: JSON.stringify({ ...contentOf(row), ...change }),
  });

  return {
    find: async (id) => {
      const found = isCaseId(id) ? (await database.pool.query<CaseRow>(selectLetterCase, [id])).rows[0] : undefined;
      if (found === undefined) return undefined;
      const { rows } = await database.pool.query<InboxRow>(selectRows, [found.flow, found.key, kindOf(found)]);
      return rows.length === 0 ? undefined : letterOf(found, rows.map(contentOf));
    },
    list: async (limit = 100) => {
      const { rows: cases } = await database.pool.query<CaseRow>(selectLetterCases, [limit]);
      const letters: Letter[] = [];
      for (const found of cases) {
        const { rows } = await database.pool.query<InboxRow>(selectRows, [found.flow, found.key, kindOf(found)]);
        if (rows.length > 0) letters.push(letterOf(found, rows.map(contentOf)));
      }
      return letters;
    },
    retry: (id, by, reason, intent) =>
      held(id, async (transaction, found, rows) => {
        if (!isStart(found))
          return notPossible(`There is still no ${found.flow} ${found.key}: edit the key, or skip it.`);
        if (!(await move(transaction, found, found.key, rows, `started again by ${by}: ${reason}`))) return notOpen;
        await recordDecision(transaction, clock, { letter: id, action: 'retry', by, reason, intent });
        return done;
      }),
    editAndRetry: (id, edited, by, reason, intent) =>
      held(id, async (transaction, found, rows) => {
        const read = readEdited(edited);
        if (!read.ok) return read.outcome;
        const shape = schemaFailures(isStart(found) ? EditedStart : EditedMessages, read.value);
        if (shape.length > 0) return invalid(shape);
        const contents = rows.map(contentOf);
        const difference = differenceBetween(editable(found, contents), read.value);
        const decision = { letter: id, action: 'edit-and-retry', by, reason, difference, intent } as const;
        if (isStart(found)) {
          const { input } = read.value as { readonly input: unknown };
          if (rows.length > 1) return notPossible('Several runs want to start it: retry it as it is.');
          const changed = rows.map((row) => withContent(row, { input }));
          const because = `edited and started again by ${by}: ${reason}`;
          if (!(await move(transaction, found, found.key, changed, because))) return notOpen;
        } else {
          const { key, messages } = read.value as { key: string; messages: { type: string; data: unknown }[] };
          if (messages.length !== rows.length) {
            const message = `Give all ${rows.length} of them, in their order: one is neither added nor left out.`;
            return invalid([{ code: 'wrong-count', path: '/messages', message }]);
          }
          const failures = messages.flatMap(({ type, data }, index) =>
            schemaFailures(schemaOf(found.flow, type), data, `/messages/${index}/data`),
          );
          if (failures.length > 0) return invalid(failures);
          const changed = rows.map((row, index) => withContent(row, messages[index] ?? {}));
          const because = `sent on to ${key} by ${by}: ${reason}`;
          if (!(await move(transaction, found, key, changed, because))) return notOpen;
        }
        await recordDecision(transaction, clock, decision);
        return done;
      }),
    skip: (id, by, reason, intent) =>
      held(id, async (transaction, found, rows) => {
        if (isStart(found)) {
          return notPossible('The run that wants to start it waits for its end: retry it, or decide about that run.');
        }
        if (!(await remove(transaction, found, rows))) return notOpen;
        await transaction.query(closeLetterCase, [found.id, `dropped by ${by}: ${reason}`]);
        await recordDecision(transaction, clock, { letter: id, action: 'skip', by, reason, intent });
        return done;
      }),
  };
}
