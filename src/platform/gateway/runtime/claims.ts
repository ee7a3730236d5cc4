import type { GatewayDatabase } from './database.ts';
import { claimRequest } from './sql/claims.ts';

/** `first`: this intent is new. `repeated`: the same again. `conflicting`: the key was used for something else. */
export type Claim = 'first' | 'repeated' | 'conflicting';

/** Claims an intent's key in its scope for ever. Safe under any number of simultaneous callers: one of them is `first`. */
export async function claim(
  database: GatewayDatabase,
  scope: string,
  key: string,
  fingerprint: string,
): Promise<Claim> {
  for (;;) {
    const { rows } = await database.pool.query<{ fingerprint: string; first: boolean }>(claimRequest, [
      scope,
      key,
      fingerprint,
    ]);
    const row = rows[0];
    // Another caller's row was not yet visible to this statement's snapshot; the next one sees it.
    if (row === undefined) continue;
    if (row.first) return 'first';
    return row.fingerprint === fingerprint ? 'repeated' : 'conflicting';
  }
}
