import type { ClientBase } from 'pg';
import { Fault } from '#model/kernel';
import { type Database, databaseFault, inTransaction } from '#platform/storage';
import type { Cursor, FactEvent } from './fact.ts';
import {
  keysThatWait,
  makeDeadLetter,
  type SetAside,
  setAside,
  settle,
  takeDue,
  tryLater,
  waitForDue,
} from './parked-facts.ts';
import { ForeignCursor, type PlacedFact, type PlacedPage, readPlacedFacts } from './read-facts.ts';
import { holdSubscription, makeSubscription, moveSubscription } from './sql/facts.ts';
import type { Patience, SubscriptionRequest } from './subscription-request.ts';
import type { WakeLine } from './wake-line.ts';

export interface Subscription {
  /** Resolves when what is under way has ended. */
  close(): Promise<void>;
  /** Resolves when everything that is committed now was handled, or waits for a person. */
  caughtUp(): Promise<void>;
}

const pollMs = 2_000;
const longestPauseMs = 30_000;
const defaultPatience = {
  attempts: 8,
  firstDelayMs: 500,
  longestDelayMs: 60_000,
  outages: 5,
  outageMs: 3_600_000,
} as const satisfies Patience;

/** The handler has thrown; what else is thrown is ours. */
class HandlerThrew extends Error {
  override readonly name = 'HandlerThrew';
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    super(String(thrown));
    this.thrown = thrown;
  }
}

function isOutage(thrown: unknown): boolean {
  const { kind } = thrown instanceof Fault ? thrown : databaseFault(thrown);
  return kind === 'transient' || kind === 'ambiguous';
}

export function createSubscription(
  needs: {
    readonly database: Database;
    readonly line: WakeLine;
    readonly log: (event: string, details: Readonly<Record<string, string>>) => void;
  },
  request: SubscriptionRequest,
): Subscription {
  const { database, line, log } = needs;
  const { name, types, batch = 100, version = '1' } = request;
  const patience = { ...defaultPatience, ...request.patience };
  let isClosed = false;
  let isMade = false;
  let wakeUp: (() => void) | undefined;
  let isWoken = false;
  /** Where we stand beyond the stored place: nothing was there for us, so it was not worth a write. */
  let ahead: { readonly stored: Cursor | null; readonly cursor: Cursor } | undefined;
  let rounds = 0;
  let failures = 0;
  let watchers: (() => void)[] = [];

  const delayAfter = (attempts: number): number =>
    Math.min(patience.longestDelayMs, patience.firstDelayMs * 2 ** Math.min(attempts - 1, 30));

  async function read(transaction: ClientBase, stored: Cursor | null): Promise<PlacedPage> {
    const after = ahead !== undefined && ahead.stored === stored ? ahead.cursor : (stored ?? undefined);
    const query = { limit: batch, ...(types ? { types } : {}) };
    try {
      return await readPlacedFacts(transaction, after === undefined ? query : { ...query, after });
    } catch (thrown) {
      if (!(thrown instanceof ForeignCursor)) throw thrown;
      log('subscription-begins-again', { subscription: name, message: thrown.message });
      return readPlacedFacts(transaction, query);
    }
  }

  /** Does it in one transaction while no other node works for this name; `nobody` when one does. */
  async function held<Value>(
    nobody: Value,
    work: (transaction: ClientBase, place: { readonly cursor: Cursor | null }) => Promise<Value>,
  ): Promise<Value> {
    if (!isMade) await database.pool.query(makeSubscription, [name]);
    isMade = true;
    return inTransaction(database, async (transaction) => {
      const { rows } = await transaction.query<{ cursor: Cursor | null }>(holdSubscription, [name]);
      return rows[0] === undefined ? nobody : work(transaction, rows[0]);
    });
  }

  async function handle(facts: readonly FactEvent[], transaction: ClientBase): Promise<void> {
    try {
      await request.handle(facts, transaction);
    } catch (thrown) {
      if (isOutage(thrown) && failures < patience.outages) throw thrown;
      throw new HandlerThrew(thrown);
    }
  }

  /** Each by itself: one that cannot be taken is set aside, and those of its key behind it. */
  async function handleOneByOne(facts: readonly PlacedFact[], transaction: ClientBase): Promise<readonly SetAside[]> {
    const aside: SetAside[] = [];
    for (const placed of facts) {
      if (aside.some(({ fact }) => fact.subject === placed.fact.subject)) {
        aside.push(placed);
        continue;
      }
      await transaction.query('savepoint one');
      try {
        await handle([placed.fact], transaction);
      } catch (thrown) {
        if (!(thrown instanceof HandlerThrew)) throw thrown;
        await transaction.query('rollback to savepoint one');
        log('fact-not-taken', { subscription: name, fact: placed.fact.id, message: String(thrown.thrown) });
        aside.push({ ...placed, thrown: thrown.thrown });
      }
    }
    return aside;
  }

  /** One page; answers whether there is more. */
  const page = (isSplit: boolean): Promise<boolean> =>
    held(false, async (transaction, place) => {
      const { facts, cursor, more } = await read(transaction, place.cursor);
      if (facts.length === 0) {
        ahead = { stored: place.cursor, cursor };
        return more;
      }
      const keys = [...new Set(facts.map(({ fact }) => fact.subject))];
      const waiting = await keysThatWait(transaction, name, keys);
      const free = facts.filter(({ fact }) => !waiting.has(fact.subject));
      const aside = facts.filter(({ fact }) => waiting.has(fact.subject));
      const refused = isSplit ? await handleOneByOne(free, transaction) : [];
      if (!isSplit && free.length > 0)
        await handle(
          free.map(({ fact }) => fact),
          transaction,
        );
      await setAside(transaction, { subscription: name, version, delayMs: delayAfter(1) }, [...aside, ...refused]);
      await transaction.query(moveSubscription, [name, cursor]);
      return more;
    });

  async function nextPage(): Promise<boolean> {
    try {
      return await page(false);
    } catch (thrown) {
      if (!(thrown instanceof HandlerThrew)) throw thrown;
      return page(true);
    }
  }

  /** Tries one fact that was set aside; answers whether there was one. */
  async function retryOne(): Promise<boolean> {
    return held(false, async (transaction) => {
      const due = await takeDue(transaction, name, patience.outageMs);
      if (due === undefined) return false;
      await transaction.query('savepoint one');
      try {
        await request.handle([due.fact], transaction);
      } catch (thrown) {
        await transaction.query('rollback to savepoint one');
        const attempts = due.attempts + 1;
        const isLast = due.redrivenBy !== undefined || attempts >= patience.attempts;
        if (isLast && (!isOutage(thrown) || due.isOld)) {
          log('fact-is-dead-letter', { subscription: name, fact: due.fact.id, message: String(thrown) });
          await makeDeadLetter(transaction, name, due, { thrown, version });
        } else {
          await tryLater(transaction, due, { thrown, version, delayMs: delayAfter(attempts) });
        }
        return true;
      }
      await settle(transaction, name, due);
      return true;
    });
  }

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function round(): Promise<void> {
    isWoken = false;
    rounds += 1;
    while ((await nextPage()) && !isClosed);
    failures = 0;
    while (!isClosed && (await retryOne()));
    const wait = await waitForDue(database.pool, name);
    if (wait === undefined) {
      const told = watchers;
      watchers = [];
      for (const watcher of told) watcher();
    }
    if (!isWoken && !isClosed) await pause(Math.min(pollMs, Math.max(5, wait ?? pollMs)));
  }

  async function run(): Promise<void> {
    while (!isClosed) {
      try {
        await round();
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
        const told = new Promise<void>((resolve) => watchers.push(resolve));
        wake();
        await told;
      }
    },
  };
}
