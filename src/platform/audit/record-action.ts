import type { QueryResult, QueryResultRow } from 'pg';
import { type AuditAction, hashedText, kept } from './entry.ts';
import { appendEntries } from './sql/audit.ts';

/** Where entries are written: a pool, or a client in a transaction, so that an action and its entry are there together or not. */
export interface AuditStore {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}

/**
 * Appends actions to the audit, those of one target in the order given. Inside a transaction each target's chain stays locked
 * until it ends: keep it short.
 *
 * ```ts
 * await recordActions(database.pool, [
 *   { target: 'lane:erp-main', action: 'pause', by: 'api:console', at: clock.now(), details: { reason: 'stocktaking' } },
 * ]);
 * ```
 */
export async function recordActions(store: AuditStore, actions: readonly AuditAction[]): Promise<void> {
  for (let left = actions.map(kept); left.length > 0; ) {
    const first = new Map<string, (typeof left)[number]>();
    const later: typeof left = [];
    for (const entry of left) {
      if (first.has(entry.target)) later.push(entry);
      else first.set(entry.target, entry);
    }
    const entries = [...first.values()];
    await store.query(appendEntries, [
      entries.map(({ target }) => target),
      entries.map(({ at }) => at),
      entries.map(({ by }) => by),
      entries.map(({ action }) => action),
      entries.map(({ details }) => details),
      entries.map(hashedText),
    ]);
    left = later;
  }
}

/** Appends one action to the audit; see `recordActions`. */
export const recordAction = (store: AuditStore, action: AuditAction): Promise<void> => recordActions(store, [action]);
