import type { ClientBase, Pool } from 'pg';
import type { Database } from '#platform/storage';
import type { Log } from '../engine.ts';
import { seeIdentity } from '../sql/lost-window.ts';
import type { Evidence } from './evidence.ts';
import { lossBetween, type Position, positionOf } from './timeline.ts';

/** Looks whether the database under a running node is still the one with which it began. */
export interface DatabaseWatch {
  readonly isReplaced: boolean;
  /** Before a new connection writes. Throws when the database has lost time. */
  check(on: ClientBase): Promise<void>;
  start(): void;
  /** Ends as a crash would. */
  kill(): void;
  /** Writes what was seen last. */
  stop(): Promise<void>;
}

/**
 * A node keeps runs in memory; on a database that went back they are of a future that is not. Nothing may be written or sent by
 * them: `onReplaced` is called once, and the node has to be started anew.
 */
export function createDatabaseWatch(
  needs: {
    readonly database: Database;
    readonly log: Log;
    readonly evidence?: Evidence;
    readonly onReplaced: (because: string) => void;
  },
  options: { readonly position: Position; readonly window: number; readonly everyMs: number },
): DatabaseWatch {
  const { database, log, evidence, onReplaced } = needs;
  let last = options.position;
  let isReplaced = false;
  let timer: NodeJS.Timeout | undefined;

  /** Against what was seen before it was asked: an answer that was overtaken is no loss. */
  async function compare(on: Pool | ClientBase): Promise<void> {
    const before = last;
    const now = await positionOf(on);
    const because = lossBetween(before, now);
    if (because === undefined) last = now.flushed > last.flushed ? now : last;
    else if (!isReplaced) {
      isReplaced = true;
      log('database-replaced', { because });
      onReplaced(because);
    }
    if (isReplaced) throw new Error('the database was replaced under this node: start it anew');
  }

  async function look(): Promise<void> {
    await compare(database.pool);
    await database.pool.query(seeIdentity, [last.system, last.timeline]);
    await evidence?.saw({ ...last, window: options.window });
    await evidence?.flush();
  }

  const noted = (thrown: unknown): void => {
    if (!isReplaced) log('database-not-watched', { message: String(thrown) });
  };

  return {
    get isReplaced() {
      return isReplaced;
    },
    check: compare,
    start: () => {
      const round = (): void => {
        look()
          .catch(noted)
          .finally(() => {
            if (timer !== undefined && !isReplaced) timer = setTimeout(round, options.everyMs);
          });
      };
      timer = setTimeout(round, 0);
    },
    kill: () => {
      clearTimeout(timer);
      timer = undefined;
    },
    stop: async () => {
      clearTimeout(timer);
      timer = undefined;
      if (!isReplaced) await look().catch(noted);
    },
  };
}
