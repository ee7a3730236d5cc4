import type { Instant } from '#model/kernel';
import type { Database } from '#platform/storage';
import { decodeCursor, nothingSeen } from './cursor.ts';
import type { Cursor } from './fact.ts';
import { placeOf } from './sql/facts.ts';
import { inboxWaiting, untaken } from './sql/lag.ts';

/** How far a reader is behind. */
export interface SubscriptionLag {
  /** Facts that it has not taken, counted up to 10 000. */
  readonly facts: number;
  /** When the oldest of them was told; absent when there is none. */
  readonly oldest?: Instant;
}

/** How far a subscriber is behind what runs told; `types` as it reads them. */
export async function readSubscriptionLag(
  { pool }: Database,
  name: string,
  types?: readonly string[],
): Promise<SubscriptionLag> {
  const place = await pool.query<{ cursor: Cursor | null }>(placeOf, [name]);
  const cursor = place.rows[0]?.cursor ?? null;
  const position = cursor === null ? { seen: nothingSeen } : decodeCursor(cursor);
  const within = 'within' in position ? position.within : undefined;
  const values = [position.seen, within?.xid ?? null, within?.seq ?? null, types ?? null];
  const { rows } = await pool.query<{ facts: number; oldest: Instant | null }>(untaken, values);
  const { facts = 0, oldest = null } = rows[0] ?? {};
  return { facts, ...(oldest === null ? {} : { oldest }) };
}

/** Messages that wait for their run, counted up to 100 000, and since when the oldest does. */
export async function readInboxLag({
  pool,
}: Database): Promise<{ readonly messages: number; readonly oldest?: Instant }> {
  const { rows } = await pool.query<{ messages: number; oldest: Instant | null }>(inboxWaiting);
  const { messages = 0, oldest = null } = rows[0] ?? {};
  return { messages, ...(oldest === null ? {} : { oldest }) };
}
