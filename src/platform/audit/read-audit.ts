import { type AuditEntry, type EntryRow, entryOf } from './entry.ts';
import type { AuditStore } from './record-action.ts';
import { entriesBefore, entriesOfTarget } from './sql/audit.ts';

/** What was done to one target, oldest first, at most `limit` (default 1 000). */
export async function auditOf(store: AuditStore, target: string, limit = 1_000): Promise<readonly AuditEntry[]> {
  return (await store.query<EntryRow>(entriesOfTarget, [target, 0, limit])).rows.map(entryOf);
}

/** What was done between two moments (the second excluded), newest first, at most `limit` (default 1 000). */
export async function auditBetween(
  store: AuditStore,
  from: string,
  to: string,
  limit = 1_000,
): Promise<readonly AuditEntry[]> {
  return (await store.query<EntryRow>(entriesBefore, [from, to, limit])).rows.map(entryOf);
}
