import type { Caller } from '../caller.ts';
import { keyId, provesKey } from './api-key.ts';
import type { GatewayDatabase } from './database.ts';
import { createRecentMap } from './recent-map.ts';
import { findKey } from './sql/api-keys.ts';

/** Why a key was refused. Said only as far as it helps the key's rightful owner. */
export type Refusal = 'unknown' | 'expired' | 'revoked';

export interface KeyCheck {
  /** Proves a presented key. Asks the database at most once a `freshMs` for each key id, however many requests come. */
  prove(presented: string): Promise<Caller | Refusal>;
}

interface KeyRow {
  id: string;
  consumer: string;
  hash: Buffer;
  scopes: string[];
  expires_at: string;
  revoked_at: string | null;
}

interface Known {
  readonly caller: Caller;
  readonly hash: Buffer;
  readonly expires: number;
  readonly revoked: boolean;
}

interface Entry {
  readonly until: number;
  readonly known: Promise<Known | undefined>;
}

/** Ids remembered at once; a flood of made-up ids pushes out others and costs no more memory. */
const mostEntries = 10_000;

/**
 * Remembers what the database said of a key for `freshMs` (default 800, so that a revocation reaches every node within a
 * second, the question included). Time is counted from the question, not from its answer.
 */
export function createKeyCheck(database: GatewayDatabase, { freshMs = 800 } = {}): KeyCheck {
  const entries = createRecentMap<Entry>(mostEntries);

  async function load(id: string): Promise<Known | undefined> {
    const { rows } = await database.pool.query<KeyRow>(findKey, [id]);
    const row = rows[0];
    if (row === undefined) return undefined;
    return {
      caller: { keyId: row.id, consumer: row.consumer, by: `api:${row.consumer}`, scopes: new Set(row.scopes) },
      hash: row.hash,
      expires: Date.parse(row.expires_at),
      revoked: row.revoked_at !== null,
    };
  }

  function ask(id: string, now: number): Entry {
    const entry: Entry = { until: now + freshMs, known: load(id) };
    entries.set(id, entry);
    // A failed question is not an answer to remember.
    entry.known.catch(() => {
      if (entries.get(id) === entry) entries.delete(id);
    });
    return entry;
  }

  return {
    async prove(presented) {
      const id = keyId(presented);
      if (id === undefined) return 'unknown';
      const now = performance.now();
      const remembered = entries.get(id);
      const entry = remembered !== undefined && remembered.until > now ? remembered : ask(id, now);
      const known = await entry.known;
      if (known === undefined || !provesKey(presented, known.hash)) return 'unknown';
      if (known.revoked) return 'revoked';
      return known.expires > Date.now() ? known.caller : 'expired';
    },
  };
}
