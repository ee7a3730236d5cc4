import type { Json } from '#model/kernel';

/** What somebody did, to be kept for ever. */
export interface AuditAction {
  /** What was acted on, with its kind: `case:<id>`, `lane:erp-main`. Entries of one target make one chain. */
  readonly target: string;
  /** Kebab-case verb, e.g. `retry`. */
  readonly action: string;
  /** `api:<consumer>`, `person:<name>`. */
  readonly by: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  /** Reason, difference, what was said: never a secret. */
  readonly details: Readonly<Record<string, Json | undefined>>;
}

/** An action as it stands in its chain. */
export interface AuditEntry extends AuditAction {
  /** Counts from 1 in its chain. */
  readonly seq: number;
}

export interface EntryRow {
  readonly target: string;
  readonly seq: string;
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly details: string;
  readonly hash: Buffer;
}

/** The database's text has no NUL, nor half a character. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

/** What the hash of an entry covers, beside the link before and its number. */
export const hashedText = (entry: Omit<EntryRow, 'hash' | 'seq'>): string =>
  JSON.stringify([entry.target, entry.at, entry.by, entry.action, entry.details]);

export const entryOf = ({ target, seq, at, by, action, details }: EntryRow): AuditEntry => ({
  target,
  seq: Number(seq),
  at,
  by,
  action,
  details: JSON.parse(details),
});

/** An action with all its texts in the form in which they are kept. */
export const kept = ({ target, at, by, action, details }: AuditAction): Omit<EntryRow, 'hash' | 'seq'> => ({
  target: storable(target),
  at: new Date(at).toISOString(),
  by: storable(by),
  action,
  // JSON escapes what the database's text cannot hold.
  details: JSON.stringify(details),
});
