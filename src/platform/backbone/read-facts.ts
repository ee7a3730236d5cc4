import type { ClientBase, Pool } from 'pg';
import { decodeCursor, encodeCursor, nothingSeen, type Position } from './cursor.ts';
import type { Cursor, FactEvent } from './fact.ts';
import { readAllKeys, readOneKey, whichCluster } from './sql/facts.ts';

export interface FactQuery {
  /** Where the last read ended; absent: from the beginning. */
  readonly after?: Cursor;
  /** Only these types. */
  readonly types?: readonly string[];
  /** Only this business key. */
  readonly key?: string;
  /** Facts at most, default 500. */
  readonly limit?: number;
}

export interface FactPage {
  readonly facts: readonly FactEvent[];
  readonly cursor: Cursor;
  /** There is more already. */
  readonly more: boolean;
}

/** The cursor was made on another database, or before this one was restored: what it has seen is not known here. */
export class ForeignCursor extends Error {
  override readonly name = 'ForeignCursor';
}

/** A fact and its place in the order of all. */
export interface PlacedFact {
  readonly fact: FactEvent;
  readonly xid: string;
  readonly seq: string;
}

export interface PlacedPage extends Omit<FactPage, 'facts'> {
  readonly facts: readonly PlacedFact[];
}

interface Row {
  readonly upto: string;
  readonly xid: string | null;
  readonly seq: string;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: string;
}

const defaultLimit = 500;

/** A stored fact as it travels. */
export const factEvent = (row: Pick<Row, 'id' | 'source' | 'type' | 'subject' | 'time' | 'data'>): FactEvent => ({
  specversion: '1.0',
  id: row.id,
  source: row.source,
  type: row.type,
  subject: row.subject,
  time: row.time,
  datacontenttype: 'application/json',
  data: JSON.parse(row.data),
});

const placed = (row: Row): PlacedFact => ({ fact: factEvent(row), xid: row.xid ?? '0', seq: row.seq });

async function startingPoint(on: Pool | ClientBase, after: Cursor | undefined): Promise<Position> {
  const { rows } = await on.query<{ cluster: string }>({ name: 'which-cluster', text: whichCluster });
  const cluster = rows[0]?.cluster ?? '';
  if (after === undefined) return { cluster, seen: nothingSeen };
  const position = decodeCursor(after);
  if (position.cluster !== cluster) {
    throw new ForeignCursor(
      'cursor: made on another database, or before this one was restored; read from the beginning',
    );
  }
  return position;
}

/** As `readFacts`, with the place of each. */
export async function readPlacedFacts(on: Pool | ClientBase, query: FactQuery): Promise<PlacedPage> {
  const { types, key, limit = defaultLimit } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) throw new RangeError('limit: give 1 to 10000');
  const { cluster, seen, within } = await startingPoint(on, query.after);
  const values = [seen, within?.upTo ?? null, within?.xid ?? '0', within?.seq ?? '0', types ?? null, limit];
  const { rows } = await on.query<Row>({
    name: key === undefined ? 'read-facts' : 'read-facts-of-key',
    text: key === undefined ? readAllKeys : readOneKey,
    values: key === undefined ? values : [...values, key],
  });
  const found = rows.filter((row) => row.xid !== null);
  const upTo = rows[0]?.upto ?? seen;
  const last = found.at(-1);
  if (last === undefined || last.xid === null || found.length < limit) {
    // A window that was begun is at its end; what has been committed since is beyond it.
    return { facts: found.map(placed), cursor: encodeCursor({ cluster, seen: upTo }), more: within !== undefined };
  }
  const cursor = encodeCursor({ cluster, seen, within: { upTo, xid: last.xid, seq: last.seq } });
  return { facts: found.map(placed), cursor, more: true };
}

/** Reads the facts that the cursor could not see yet, in order per key. One that commits late under a lower number is not skipped. */
export async function readFacts(on: Pool | ClientBase, query: FactQuery): Promise<FactPage> {
  const page = await readPlacedFacts(on, query);
  return { ...page, facts: page.facts.map(({ fact }) => fact) };
}
