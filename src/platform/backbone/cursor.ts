import type { Cursor } from './fact.ts';

/** What a cursor says. */
export interface Position {
  /** The database cluster and its timeline: transaction numbers mean nothing in another. */
  readonly cluster: string;
  /** A snapshot: everything that it could see was read. */
  readonly seen: string;
  /** In the middle of what a later snapshot could see: up to it, and after this fact. */
  readonly within?: { readonly upTo: string; readonly xid: string; readonly seq: string };
}

/** Before everything. */
export const nothingSeen = '3:3:';

export const encodeCursor = (position: Position): Cursor => JSON.stringify(position);

const isPosition = (value: unknown): value is Position =>
  typeof value === 'object' &&
  value !== null &&
  'cluster' in value &&
  'seen' in value &&
  typeof value.seen === 'string';

/** Throws when it is not a cursor of ours. */
export function decodeCursor(cursor: Cursor): Position {
  let value: unknown;
  try {
    value = JSON.parse(cursor);
  } catch {
    value = undefined;
  }
  if (!isPosition(value))
    throw new TypeError('cursor: not one that a read returned; leave it out to read from the beginning');
  return value;
}
