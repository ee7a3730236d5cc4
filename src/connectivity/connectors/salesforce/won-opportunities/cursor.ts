import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Fault, type Json, plusMilliseconds } from '#model/kernel';
import { instantOf, type StampedRecord } from '../wire.ts';

/**
 * Where reading stands. A sweep goes from `at` (and `id`, where several changes share a stamp) upwards until nothing is left;
 * the next one begins `overlapMs` before the highest stamp seen, because a change can become visible after its stamp.
 * All moments are theirs; our clock is never asked.
 */
export const Cursor = Type.Object(
  {
    at: Type.String(),
    /** Empty: every record of `at` and later. */
    id: Type.String(),
    highest: Type.String(),
    /** Ids handed over lately, with the stamp that they had: not handed over again in the next sweep. */
    recent: Type.Record(Type.String(), Type.String()),
  },
  { additionalProperties: false },
);
export type Cursor = Static<typeof Cursor>;

const check = Compile(Cursor);

/** Repeats are harmless (same ids); this only bounds what is stored. */
const mostRecent = 2_000;

export const firstCursor = (wonSince: string): Cursor => ({ at: wonSince, id: '', highest: wonSince, recent: {} });

/** The stored cursor, or the first one. */
export function cursorFrom(stored: Json | undefined, wonSince: string): Cursor {
  if (stored === undefined) return firstCursor(wonSince);
  if (check.Check(stored)) return stored;
  throw new Fault('permanent', {
    code: 'unreadable-cursor',
    message:
      'The stored cursor of won-opportunities is not one of ours. Delete it to read again from `wonSince`; repeats are recognised.',
  });
}

const later = (a: string, b: string): string => (a > b ? a : b);

const stampsOf = (records: readonly StampedRecord[]): [string, string][] =>
  records.map(({ Id, SystemModstamp }) => [Id, instantOf(SystemModstamp)]);

const newestFirst = (recent: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(recent).sort(([, a], [, b]) => (a < b ? 1 : -1));

/** The cursor after these records; `full`: there may be more above them. */
export function cursorAfter(
  cursor: Cursor,
  records: readonly StampedRecord[],
  full: boolean,
  limits: { readonly wonSince: string; readonly overlapMs: number },
): Cursor {
  const stamps = stampsOf(records);
  const [lastId, lastAt] = stamps.at(-1) ?? ['', cursor.at];
  const highest = later(cursor.highest, lastAt);
  const seen = { ...cursor.recent, ...Object.fromEntries(stamps) };
  const from = later(limits.wonSince, plusMilliseconds(highest, -limits.overlapMs));
  const kept = newestFirst(seen).filter(([, at]) => at >= from);
  const recent = Object.fromEntries(kept.slice(0, mostRecent));
  return full ? { at: lastAt, id: lastId, highest, recent } : { at: from, id: '', highest, recent };
}
