import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Database } from '#platform/storage';

/** Tells readers on every node that there is something new. A wake-up may be lost; slow polling stands behind it. */
export interface WakeLine {
  /** There is something new. Many calls within a moment make one notice. */
  wake(): void;
  /** Answers how to stop listening. */
  listen(listener: () => void): () => void;
  close(): Promise<void>;
}

const channel = 'crossdock_facts';
const quietMs = 50;
const reconnectMs = 1_000;

/**
 * Notices go out after the commit and on a connection of their own: inside the writing transaction they would pass through one
 * lock of the whole database.
 */
export function createWakeLine(
  database: Database,
  log: (event: string, details: Readonly<Record<string, string>>) => void,
): WakeLine {
  const us = randomUUID();
  const listeners = new Set<() => void>();
  let client: PoolClient | undefined;
  let isClosed = false;
  let quiet: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;
  let isAsked = false;
  let isQuiet = false;

  const tellHere = (): void => {
    for (const listener of listeners) listener();
  };

  const connectAgain = (): void => {
    clearTimeout(again);
    if (!isClosed) again = setTimeout(() => void connect(), reconnectMs);
  };

  async function connect(): Promise<void> {
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
        connectAgain();
      };
      opened.on('error', lost);
      opened.on('end', lost);
      opened.on('notification', ({ payload }) => {
        if (payload !== us) tellHere();
      });
      client = opened;
      // A lost notice costs a moment; waiting for the disk would cost more.
      await opened.query(`set synchronous_commit = off; listen ${channel}`).catch((thrown: unknown) => {
        // Given back, or each failure would keep one of the pool's connections for good.
        lost();
        throw thrown;
      });
    } catch (thrown) {
      log('wake-line-not-connected', { message: String(thrown) });
      connectAgain();
    }
  }

  /** One at a time: a slow database would have them wait in a row, all saying the same. */
  async function notify(): Promise<void> {
    isAsked = false;
    isQuiet = true;
    await client?.query('select pg_notify($1, $2)', [channel, us]).catch(() => undefined);
    if (isClosed) return;
    quiet = setTimeout(() => {
      isQuiet = false;
      if (isAsked) void notify();
    }, quietMs);
  }

  void connect();
  return {
    wake: () => {
      tellHere();
      if (isQuiet) isAsked = true;
      else void notify();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(quiet);
      clearTimeout(again);
      const open = client;
      client = undefined;
      open?.release(true);
    },
  };
}
