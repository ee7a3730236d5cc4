import type { Json } from '#model/kernel';
import type { Database } from '#platform/storage';

/** By primary key: one row a feed. */
const readCursor = 'select cursor from feed_cursor where instance = $1 and feed = $2';
/** By primary key; the latest reading wins. */
const writeCursor = `
insert into feed_cursor (instance, feed, cursor) values ($1, $2, $3)
on conflict (instance, feed) do update set cursor = excluded.cursor, updated_at = now()`;

/** How far a feed was read, kept in the database. */
export interface FeedCursor {
  read(): Promise<Json | undefined>;
  write(cursor: Json): Promise<void>;
}

export const feedCursor = ({ pool }: Database, instance: string, feed: string): FeedCursor => ({
  async read() {
    const { rows } = await pool.query<{ cursor: Json }>(readCursor, [instance, feed]);
    return rows[0]?.cursor;
  },
  async write(cursor) {
    await pool.query(writeCursor, [instance, feed, JSON.stringify(cursor)]);
  },
});
