import { type AuditEntry, type EntryRow, entryOf } from './entry.ts';
import type { AuditStore } from './record-action.ts';
import { type EntryCondition, entriesNewestFirst } from './sql/entry-list.ts';

/** Which entries, and from where on. Everything is optional but `limit`. */
export interface AuditListQuery {
  readonly target?: string;
  /** What stands before the first colon of a target, e.g. `lane`. */
  readonly kind?: string;
  readonly by?: string;
  readonly action?: string;
  readonly from?: string;
  /** This moment is not in it. */
  readonly to?: string;
  /** `next` of the page before. */
  readonly after?: AuditPlace;
  readonly limit: number;
}

/** Where a page ended. */
export interface AuditPlace {
  readonly at: string;
  readonly target: string;
  readonly seq: number;
}

/** An entry with the link of its chain. */
export interface ListedEntry extends AuditEntry {
  /** Hex. */
  readonly hash: string;
}

/** Entries of all targets, newest first, page by page. */
export async function listAudit(
  store: AuditStore,
  { after, limit, ...filter }: AuditListQuery,
): Promise<{ readonly entries: readonly ListedEntry[]; readonly next?: AuditPlace }> {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const text = entriesNewestFirst(
    given.map(([name]) => name as EntryCondition),
    after !== undefined,
  );
  const values = [...given.map(([, value]) => value), ...(after ? [after.at, after.target, after.seq] : []), limit + 1];
  const { rows } = await store.query<EntryRow>(text, values);
  const entries = rows.slice(0, limit).map((row) => ({ ...entryOf(row), hash: row.hash.toString('hex') }));
  const last = entries.at(-1);
  if (rows.length <= limit || last === undefined) return { entries };
  return { entries, next: { at: last.at, target: last.target, seq: last.seq } };
}
