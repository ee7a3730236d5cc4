import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Database } from './database.ts';

/** Carries words between the nodes of one database. A notice may be lost: something slower stands behind every line. */
export interface NoticeLine {
  /** Tells the other nodes, not this one; resolves when it is sent, or was lost. PostgreSQL takes less than 8,000 bytes, of which 36 are ours. */
  tell(payload: string): Promise<void>;
  close(): Promise<void>;
}

export interface NoticeLineNeeds {
  readonly database: Database;
  readonly channel: string;
  /** What another node told. */
  readonly heard: (payload: string) => void;
  /** The line was lost and is back: what was told meanwhile was not heard. */
  readonly isBack?: () => void;
  /** Each failed try to connect; the next follows by itself. */
  readonly notConnected: (message: string) => void;
}

const reconnectMs = 1_000;
const nothing = (): void => undefined;

/**
 * Opens it, with a connection of the pool to itself: inside the transaction that writes, notices would pass through one lock of the whole
 * database.
 */
export function openNoticeLine({ database, channel, heard, isBack, notConnected }: NoticeLineNeeds): NoticeLine {
  const us = randomUUID();
  let client: PoolClient | undefined;
  let isClosed = false;
  let again: NodeJS.Timeout | undefined;
  /** A connection does one thing at a time. */
  let turn: Promise<unknown> = Promise.resolve();

  const connectAgain = (): void => {
    clearTimeout(again);
    if (!isClosed) again = setTimeout(() => void connect(false), reconnectMs);
  };

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
        connectAgain();
      };
      opened.on('error', lost);
      opened.on('end', lost);
      opened.on('notification', ({ payload = '' }) => {
        if (!payload.startsWith(us)) heard(payload.slice(us.length));
      });
      client = opened;
      // A lost notice costs a moment; waiting for the disk would cost more.
      const listening = opened.query(`set synchronous_commit = off; listen ${channel}`);
      turn = listening.then(nothing, nothing);
      await listening.catch((thrown: unknown) => {
        // Given back, or each failure would keep one of the pool's connections for good.
        lost();
        throw thrown;
      });
      if (!isFirst) isBack?.();
    } catch (thrown) {
      notConnected(String(thrown));
      connectAgain();
    }
  }

  void connect(true);
  return {
    tell: async (payload) => {
      const told = turn
        .then(() => client?.query('select pg_notify($1, $2)', [channel, us + payload]))
        .then(nothing, nothing);
      turn = told;
      await told;
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
