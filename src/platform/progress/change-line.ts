import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Database } from '#platform/storage';

/** A run whose row was written. */
export interface Change {
  readonly flow: string;
  readonly key: string;
  /** The key of the run that it is a part of, or its own. */
  readonly rootKey: string;
  readonly sites: readonly string[];
}

/** `many`: more than can be named, or notices were lost; ask again for everything. */
export type Changes = readonly Change[] | 'many';

/** Tells every node which rows were written. */
export interface ChangeLine {
  tell(changes: readonly Change[]): void;
  /** Answers how to stop listening. */
  onChanged(listener: (changes: Changes) => void): () => void;
  close(): Promise<void>;
}

const channel = 'crossdock_progress';
const reconnectMs = 1_000;
/** PostgreSQL takes less than 8,000 bytes; the name of the sender stands before them. */
const mostBytes = 7_500;
/** More would be refreshed one by one nowhere. */
const mostNotices = 12;

type Packed = readonly [flow: string, key: string, rootKey: string, sites: readonly string[]];

const unpack = ([flow, key, rootKey, sites]: Packed): Change => ({ flow, key, rootKey, sites });

/** As payloads: each a JSON array of changes, or `many`. */
export function payloadsOf(changes: readonly Change[]): readonly string[] {
  const payloads: string[] = [];
  let parts: string[] = [];
  let bytes = 0;
  const finish = (): void => {
    if (parts.length > 0) payloads.push(`[${parts.join(',')}]`);
    parts = [];
    bytes = 0;
  };
  for (const { flow, key, rootKey, sites } of changes) {
    const part = JSON.stringify([flow, key, rootKey, sites] satisfies Packed);
    const size = Buffer.byteLength(part) + 1;
    if (size > mostBytes) return ['many'];
    if (bytes + size > mostBytes) finish();
    parts.push(part);
    bytes += size;
  }
  finish();
  return payloads.length > mostNotices ? ['many'] : payloads;
}

export const readPayload = (payload: string): Changes =>
  payload === 'many' ? 'many' : (JSON.parse(payload) as Packed[]).map(unpack);

/** Notices go out after the write and on a connection of their own, as the backbone's do. */
export function createChangeLine(
  database: Database,
  log: (event: string, details: Readonly<Record<string, string>>) => void,
): ChangeLine {
  const us = randomUUID();
  const listeners = new Set<(changes: Changes) => void>();
  let client: PoolClient | undefined;
  let isClosed = false;
  let again: NodeJS.Timeout | undefined;
  let underWay = 0;
  let isBehind = false;

  const tellHere = (changes: Changes): void => {
    for (const listener of listeners) listener(changes);
  };

  function heard(payload: string): void {
    if (payload.startsWith(us)) return;
    tellHere(readPayload(payload.slice(us.length)));
  }

  async function connect(isFirst: boolean): Promise<void> {
    try {
      const opened = await database.pool.connect();
      if (isClosed) {
        opened.release(true);
        return;
      }
      const lost = (): void => {
        if (client !== opened) return;
        client = undefined;
        opened.release(true);
        if (!isClosed) again = setTimeout(() => void connect(false), reconnectMs);
      };
      opened.on('error', lost);
      opened.on('end', lost);
      opened.on('notification', ({ payload }) => heard(payload ?? ''));
      client = opened;
      // A lost notice costs a moment; waiting for the disk would cost more.
      await opened.query(`set synchronous_commit = off; listen ${channel}`).catch((thrown: unknown) => {
        lost();
        throw thrown;
      });
      // What was told meanwhile was not heard.
      if (!isFirst) tellHere('many');
    } catch (thrown) {
      log('change-line-not-connected', { message: String(thrown) });
      clearTimeout(again);
      if (!isClosed) again = setTimeout(() => void connect(false), reconnectMs);
    }
  }

  async function notify(payload: string): Promise<void> {
    underWay += 1;
    await client?.query('select pg_notify($1, $2)', [channel, us + payload]).catch(() => undefined);
    underWay -= 1;
  }

  void connect(true);
  return {
    tell: (changes) => {
      if (changes.length === 0) return;
      tellHere(changes);
      // A slow database is not given more to do: what was left out is made good by one word.
      isBehind ||= underWay > mostNotices;
      if (underWay > mostNotices) return;
      for (const payload of isBehind ? ['many'] : payloadsOf(changes)) void notify(payload);
      isBehind = false;
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(again);
      const open = client;
      client = undefined;
      open?.release(true);
    },
  };
}
