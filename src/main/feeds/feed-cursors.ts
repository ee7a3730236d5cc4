import type { Json } from '#model/kernel';
import type { Database } from '#platform/storage';

/** By primary key: one row a feed. */
const readCursor = 'select cursor from feed_cursor where instance = $1 and feed = $2';
/** By primary key; only where the feed still stands at the place from which was read. */
const writeCursor = `
insert into feed_cursor as c (instance, feed, cursor) values ($1, $2, $3)
on conflict (instance, feed) do update set cursor = excluded.cursor, updated_at = now() where c.cursor = $4::jsonb`;

/** How far a feed was read, kept in the database. */
export interface FeedCursor {
  read(): Promise<Json | undefined>;
  /** Moves it on from the place that was read; false, and nothing is moved, when another node has moved it meanwhile. */
  write(cursor: Json, from: Json | undefined): Promise<boolean>;
}

export const feedCursor = ({ pool }: Database, instance: string, feed: string): FeedCursor => ({
  async read() {
    const { rows } = await pool.query<{ cursor: Json }>(readCursor, [instance, feed]);
    return rows[0]?.cursor;
  },
  async write(cursor, from) {
    const values = [instance, feed, JSON.stringify(cursor), from === undefined ? null : JSON.stringify(from)];
    const { rowCount } = await pool.query(writeCursor, values);
    return rowCount === 1;
  },
});
