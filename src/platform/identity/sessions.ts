import { randomUUID } from 'node:crypto';
import type { Caller } from '#platform/gateway';
import type { Database } from '#platform/storage';
import type { Roles } from './person.ts';
import { endSession, endSessions, findSession, insertSession, sessionEnd, touchSession } from './sql/sessions.ts';
import { makeToken, tokenHash } from './token.ts';

/** Where a statement runs: a pool, or a client in a transaction. */
export type Store = Pick<Database['pool'], 'query'>;

export interface SessionOptions {
  /** How long a session lasts at most, hours; default 12. */
  readonly hours?: number;
  /** How long it lasts unused, hours; default 2. */
  readonly idleHours?: number;
  /** How long one is believed without asking again, ms; default 800, so that its end reaches every node within a second. */
  readonly freshMs?: number;
}

/** A session that has begun. The token proves it and is shown once. */
export interface BegunSession {
  readonly id: string;
  readonly token: string;
  readonly endsAt: string;
}

export interface Sessions {
  begin(store: Store, userName: string, address: string): Promise<BegunSession>;
  /**
   * Who a token belongs to, as they are now: role and sites are never older than `freshMs`. `unattended`: it is not used by this, and
   * ends no later.
   */
  prove(token: string, unattended?: boolean): Promise<Caller | undefined>;
  /** Ends one; whose it was, or undefined when it was none. */
  end(store: Store, token: string): Promise<{ readonly id: string; readonly userName: string } | undefined>;
  /** Ends all of somebody; how many there were. */
  endAll(store: Store, userName: string): Promise<number>;
  /** When a session ends, by its id. */
  endsAt(id: string): Promise<string | undefined>;
}

interface SessionRow {
  readonly id: string;
  readonly user_name: string;
  readonly ends_at: string;
  readonly role: string;
  readonly sites: string[] | null;
  readonly is_stale: boolean;
}

interface Known {
  readonly caller: Caller;
  readonly endsAt: number;
  /** Its last use is to be written down anew. */
  isStale: boolean;
}

interface Entry {
  readonly until: number;
  readonly known: Promise<Known | undefined>;
}

/** Made-up cookies push out others and cost no more memory. */
const mostEntries = 10_000;

/** Sessions in the database; each node remembers what it was told for a moment. Time is the database's. */
export function createSessions(database: Database, roles: Roles, options: SessionOptions = {}): Sessions {
  const { hours = 12, idleHours = 2, freshMs = 800 } = options;
  const { pool } = database;
  const entries = new Map<string, Entry>();

  async function load(hash: Buffer): Promise<Known | undefined> {
    const row = (await pool.query<SessionRow>(findSession, [hash, idleHours])).rows[0];
    if (row === undefined) return undefined;
    const { id, user_name: userName, role, sites } = row;
    return {
      caller: {
        keyId: id,
        consumer: userName,
        by: `person:${userName}`,
        scopes: roles.scopes(role, sites !== null),
        ...(sites === null ? {} : { sites }),
      },
      endsAt: Date.parse(row.ends_at),
      isStale: row.is_stale,
    };
  }

  function ask(name: string, hash: Buffer, now: number): Entry {
    const entry: Entry = { until: now + freshMs, known: load(hash) };
    if (entries.size >= mostEntries) entries.clear();
    entries.set(name, entry);
    // A failed question is not an answer to remember.
    entry.known.catch(() => {
      if (entries.get(name) === entry) entries.delete(name);
    });
    return entry;
  }

  return {
    begin: async (store, userName, address) => {
      const token = makeToken();
      const row = (
        await store.query<{ id: string; ends_at: string }>(insertSession, [
          tokenHash(token),
          randomUUID(),
          userName,
          hours,
          address,
        ])
      ).rows[0];
      if (row === undefined) throw new Error('a session was written and is not there');
      return { id: row.id, token, endsAt: row.ends_at };
    },
    prove: async (token, unattended = false) => {
      const hash = tokenHash(token);
      if (hash === undefined) return undefined;
      const name = hash.toString('base64');
      const now = performance.now();
      const remembered = entries.get(name);
      const entry = remembered !== undefined && remembered.until > now ? remembered : ask(name, hash, now);
      const known = await entry.known;
      if (known === undefined || known.endsAt <= Date.now()) return undefined;
      if (known.isStale && !unattended) {
        known.isStale = false;
        await pool.query(touchSession, [hash]);
      }
      return known.caller;
    },
    end: async (store, token) => {
      const hash = tokenHash(token);
      if (hash === undefined) return undefined;
      entries.delete(hash.toString('base64'));
      const row = (await store.query<{ id: string; user_name: string }>(endSession, [hash])).rows[0];
      return row && { id: row.id, userName: row.user_name };
    },
    endAll: async (store, userName) => (await store.query(endSessions, [userName])).rows.length,
    endsAt: async (id) => (await pool.query<{ ends_at: string }>(sessionEnd, [id])).rows[0]?.ends_at,
  };
}
