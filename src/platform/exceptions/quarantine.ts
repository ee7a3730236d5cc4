import { createHash, randomUUID } from 'node:crypto';
import { caseGroup } from '#platform/engine';
import type { ExceptionsDatabase } from './database.ts';
import {
  closeQuarantined,
  closeReplaced,
  putInQuarantine,
  selectQuarantine,
  selectQuarantined,
} from './sql/quarantine.ts';

interface MessageFailure {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** A message as its reader understood it. */
export interface ReadMessage {
  readonly type: string;
  /** Business key of the run that it is for. */
  readonly key?: string;
  readonly data: unknown;
  readonly occurredAt: string;
}

/** A message that the door refused. */
export interface RefusedMessage {
  /** Who sent it: an instance's name. */
  readonly source: string;
  /** Its stable identity there: the same for the same message delivered again. */
  readonly id: string;
  /** Everything that is wrong with it. */
  readonly failures: readonly MessageFailure[];
  /** As it came. */
  readonly original: string;
  /** The id that the message has, or would have if it could be read; default `id`. One that is taken under it closes this. */
  readonly about?: string;
  /** Absent where nothing could be read. */
  readonly message?: ReadMessage;
}

export interface QuarantinedMessage extends RefusedMessage {
  readonly receivedAt: string;
  readonly deliveries: number;
}

const longestOriginal = 262_144;

/** The database's text has no NUL; what a person reads shows where one was. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');

const shortened = (text: string): string =>
  text.length <= longestOriginal ? text : `${text.slice(0, longestOriginal)}\n… (cut: ${text.length} characters)`;

const caseKey = (source: string, id: string): string => storable(`${source}/${id}`);

function summary({ source, id, failures }: RefusedMessage): string {
  const [first] = failures;
  const more = failures.length > 1 ? ` and ${failures.length - 1} more` : '';
  const what = first === undefined ? 'no reason was given' : `${first.path} ${first.message}${more}`;
  return storable(
    `Message ${id} of ${source} was refused: ${what.replace(/\.$/, '')}. Have the sender mend it and send it anew, edit and retry it, or skip it.`,
  );
}

/**
 * Keeps a refused message with all that is wrong, and opens a case for it. The same source and id again only counts: no second
 * case. Another content under the id takes the place of what was kept, and opens a case where that was closed. Answers whether a case
 * was opened.
 */
export async function quarantineMessage(
  database: ExceptionsDatabase,
  message: RefusedMessage,
): Promise<{ readonly first: boolean }> {
  const { source, id, failures, original, about = id } = message;
  const group = caseGroup('quarantine', 'quarantined', { group: `${source}.${failures[0]?.code ?? 'refused'}` });
  const { rows } = await database.pool.query<{ first: boolean }>(putInQuarantine, [
    storable(source),
    storable(id),
    JSON.stringify(failures).replaceAll('\\u0000', '\\ufffd'),
    storable(shortened(original)),
    createHash('sha256').update(original).digest('hex'),
    caseKey(source, id),
    summary(message),
    message.message === undefined ? null : JSON.stringify(message.message),
    storable(about),
    randomUUID(),
    storable(group),
  ]);
  return { first: rows[0]?.first === true };
}

/** Closes a message and its case. False when it was not open. */
export async function closeQuarantinedMessage(
  database: ExceptionsDatabase,
  { source, id }: Pick<RefusedMessage, 'source' | 'id'>,
  because = 'closed by a person',
): Promise<boolean> {
  const { rows } = await database.pool.query(closeQuarantined, [storable(source), storable(id), because]);
  return rows.length > 0;
}

/** Messages were taken: whatever waits of the same sender about one of them is closed by that. Answers how many. */
export async function closeReplacedMessages(
  database: ExceptionsDatabase,
  source: string,
  ids: readonly string[],
): Promise<number> {
  const because = 'its sender sent it anew and it was taken';
  const { rows } = await database.pool.query(closeReplaced, [storable(source), ids.map(storable), because]);
  return rows.length;
}

interface QuarantineRow {
  source: string;
  id: string;
  failures: MessageFailure[];
  original: string;
  received_at: string;
  deliveries: number;
}

const messageOf = ({ received_at: receivedAt, ...row }: QuarantineRow): QuarantinedMessage => ({ ...row, receivedAt });

/** What waits for a steward, oldest first. */
export async function listQuarantine(
  database: ExceptionsDatabase,
  limit = 100,
): Promise<readonly QuarantinedMessage[]> {
  const { rows } = await database.pool.query<QuarantineRow>(selectQuarantine, [limit]);
  return rows.map(messageOf);
}

/** What one sender has waiting for a steward under ids that begin so, oldest first: the versions of one record, say. */
export async function findQuarantined(
  database: ExceptionsDatabase,
  source: string,
  idPrefix: string,
  limit = 100,
): Promise<readonly QuarantinedMessage[]> {
  const { rows } = await database.pool.query<QuarantineRow>(selectQuarantined, [
    storable(source),
    storable(idPrefix),
    limit,
  ]);
  return rows.map(messageOf);
}
