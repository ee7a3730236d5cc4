import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database.ts';
import { createLockLine, type LockLineOptions } from './lock-line.ts';

/** Work that is for one node at a time. */
export interface Led {
  readonly name: string;
  /** Whether it is this node that does it now. */
  isLeading(): boolean;
  /** Ends it here; resolves when the work has ended and another node may begin. */
  stop(): Promise<void>;
}

/** Divides work among the nodes that share a database, so that each kind is done by exactly one of them. */
export interface Leadership {
  /**
   * Does the work while this node is the one; waits for its turn else. The work runs until `signal` is aborted and is begun again
   * when it ends or throws before. When the leader dies another begins within seconds; when it was only thought dead, both work for a
   * moment: the work must bear that.
   */
  lead(name: string, work: (signal: AbortSignal) => Promise<void>): Led;
  /**
   * Keeps a name for this process alone. False when another process has it. Kept until `close`; regained by itself after the
   * database was away.
   */
  keepName(name: string): Promise<boolean>;
  /** Ends all the work, then gives everything back. */
  close(): Promise<void>;
}

type Log = (event: string, details: Readonly<Record<string, string>>) => void;

const longestPauseMs = 30_000;

/**
 * Opens leadership on a database. No clock is compared: PostgreSQL gives a session's lock to one process.
 *
 * ```ts
 * const leadership = createLeadership(database, log);
 * const sweeping = leadership.lead('sweep', async (signal) => { while (!signal.aborted) await sweep(signal); });
 * ```
 */
export function createLeadership(
  database: Database,
  log: Log = () => undefined,
  options: LockLineOptions = {},
): Leadership {
  const line = createLockLine(database, log, options);
  const led = new Set<Led>();

  /** Begins the work again and again while this node leads. */
  async function workOn(
    name: string,
    work: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await work(signal);
      } catch (thrown) {
        if (signal.aborted) return;
        log('led-work-failed', { work: name, message: String(thrown) });
      }
      await wait(Math.min(longestPauseMs, 500 * 2 ** failures), undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    }
  }

  function lead(name: string, work: (signal: AbortSignal) => Promise<void>): Led {
    let term: AbortController | undefined;
    // A term begins when the one before has really ended, here too.
    let ended: Promise<void> = Promise.resolve();
    const endTerm = (): void => {
      term?.abort();
      term = undefined;
    };
    const lock = line.want(`lead ${name}`, {
      won: () => {
        const begun = new AbortController();
        term = begun;
        log('leading', { work: name });
        ended = ended.then(() => workOn(name, work, begun.signal));
      },
      lost: endTerm,
    });
    const one: Led = {
      name,
      isLeading: () => term !== undefined,
      stop: async () => {
        led.delete(one);
        endTerm();
        await ended;
        await lock.giveBack();
      },
    };
    led.add(one);
    void lock.tryNow().catch(() => undefined);
    return one;
  }

  return {
    lead,
    keepName: async (name) => {
      const lock = line.want(`name ${name}`, { won: () => undefined, lost: () => undefined });
      const isOurs = await lock.tryNow().catch(async (thrown: unknown) => {
        await lock.giveBack();
        throw thrown;
      });
      if (!isOurs) await lock.giveBack();
      return isOurs;
    },
    close: async () => {
      await Promise.all([...led].map((each) => each.stop()));
      await line.close();
    },
  };
}
