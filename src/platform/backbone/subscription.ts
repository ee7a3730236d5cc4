import type { ClientBase } from 'pg';
import type { Database } from '#platform/storage';
import type { Cursor, FactEvent } from './fact.ts';
import { type FactPage, ForeignCursor, readFacts } from './read-facts.ts';
import { holdSubscription, makeSubscription, moveSubscription } from './sql/facts.ts';
import type { WakeLine } from './wake-line.ts';

export interface SubscriptionRequest {
  /** Names its stored place; one reader of a name at a time, on whichever node. */
  readonly name: string;
  /** Absent: all. */
  readonly types?: readonly string[];
  /** Facts at most in one call, default 100. */
  readonly batch?: number;
  /**
   * Takes facts in order per key. What it writes with `transaction` is committed with its place, so it happens once; what it does
   * elsewhere may be repeated and goes by the facts' ids. When it throws, the same facts come again later.
   */
  readonly handle: (facts: readonly FactEvent[], transaction: ClientBase) => Promise<void>;
}

export interface Subscription {
  /** Resolves when what is under way has ended. */
  close(): Promise<void>;
  /** Resolves when everything that is committed now was handled. */
  caughtUp(): Promise<void>;
}

const pollMs = 2_000;
const longestPauseMs = 30_000;

export function createSubscription(
  needs: {
    readonly database: Database;
    readonly line: WakeLine;
    readonly log: (event: string, details: Readonly<Record<string, string>>) => void;
  },
  request: SubscriptionRequest,
): Subscription {
  const { database, line, log } = needs;
  const { name, types, batch = 100, handle } = request;
  let isClosed = false;
  let isMade = false;
  let wakeUp: (() => void) | undefined;
  let isWoken = false;
  /** Where we stand beyond the stored place: nothing was there for us, so it was not worth a write. */
  let ahead: { readonly stored: Cursor | null; readonly cursor: Cursor } | undefined;
  let rounds = 0;
  let watchers: (() => void)[] = [];

  async function read(transaction: ClientBase, stored: Cursor | null): Promise<FactPage> {
    const after = ahead !== undefined && ahead.stored === stored ? ahead.cursor : (stored ?? undefined);
    const query = { limit: batch, ...(types ? { types } : {}) };
    try {
      return await readFacts(transaction, after === undefined ? query : { ...query, after });
    } catch (thrown) {
      if (!(thrown instanceof ForeignCursor)) throw thrown;
      log('subscription-begins-again', { subscription: name, message: thrown.message });
      return readFacts(transaction, query);
    }
  }

  /** One page; answers whether there is more. */
  async function page(): Promise<boolean> {
    const transaction = await database.pool.connect();
    try {
      if (!isMade) await transaction.query(makeSubscription, [name]);
      isMade = true;
      await transaction.query('begin');
      const { rows } = await transaction.query<{ cursor: Cursor | null }>(holdSubscription, [name]);
      const place = rows[0];
      if (place === undefined) {
        await transaction.query('rollback');
        return false;
      }
      const { facts, cursor, more } = await read(transaction, place.cursor);
      if (facts.length === 0) {
        await transaction.query('rollback');
        ahead = { stored: place.cursor, cursor };
        return more;
      }
      await handle(facts, transaction);
      await transaction.query(moveSubscription, [name, cursor]);
      await transaction.query('commit');
      return more;
    } catch (thrown) {
      await transaction.query('rollback').catch(() => undefined);
      throw thrown;
    } finally {
      transaction.release();
    }
  }

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<void> {
    for (let failures = 0; !isClosed; ) {
      try {
        isWoken = false;
        rounds += 1;
        while ((await page()) && !isClosed);
        failures = 0;
        const told = watchers;
        watchers = [];
        for (const watcher of told) watcher();
        if (!isWoken && !isClosed) await pause(pollMs);
      } catch (thrown) {
        failures += 1;
        log('subscription-failed', { subscription: name, message: String(thrown) });
        if (!isClosed) await pause(Math.min(longestPauseMs, 100 * 2 ** failures));
      }
    }
  }

  const wake = (): void => {
    isWoken = true;
    wakeUp?.();
  };
  const leave = line.listen(wake);
  const ended = run();
  return {
    close: async () => {
      isClosed = true;
      leave();
      wake();
      await ended;
    },
    caughtUp: async () => {
      // A round that begins from now on sees what is committed now.
      for (const begun = rounds; rounds <= begun; ) {
        const round = new Promise<void>((resolve) => watchers.push(resolve));
        wake();
        await round;
      }
    },
  };
}
