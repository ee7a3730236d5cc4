import type { Clock, Instant } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Log } from '../engine.ts';
import { timersUntil } from '../sql/timers.ts';
import { createHeap } from './heap.ts';

/** Rings runs when their time has come: late when the node was away, never not at all. */
export interface Timers {
  /** A timer was written. */
  arm(runId: string, flow: string, key: string, at: Instant): void;
  readonly armed: number;
  start(): Promise<void>;
  /** Reads what others have written: one of them will not ring its own any more. */
  lookAgain(): Promise<void>;
  stop(): void;
}

interface Armed {
  readonly runId: string;
  readonly due: number;
  readonly flow: string;
  readonly key: string;
}

interface Stored {
  readonly run_id: string;
  readonly due_at: string;
  readonly flow: string;
  readonly key: string;
}

/** How far ahead timers are kept in memory, ms; the rest wait in the database. */
const horizonMs = 120_000;
const slice = 2_000;
/** Rings under way: enough to fill batches while others are read, few enough for memory when all of a day are due at once. */
const width = 1_000;
const before = { at: '-infinity', run: '00000000-0000-0000-0000-000000000000' };

export function createTimers(
  needs: {
    readonly database: Database;
    readonly clock: Clock;
    readonly log: Log;
    /** Resolves when all that the ring does is written. */
    readonly ring: (flow: string, key: string) => Promise<void>;
  },
  options: { readonly tickMs: number },
): Timers {
  const { database, clock, log, ring } = needs;
  const heap = createHeap<Armed>(({ due }) => due);
  /** When each armed run rings, as set last: what is read again is not armed twice. */
  const dueOf = new Map<string, number>();
  let tick: NodeJS.Timeout | undefined;
  let isStopped = false;
  let loadedUntil = 0;
  let isLoading = false;
  let ringing = 0;

  const now = (): number => Date.parse(clock.now());

  function push(armed: Armed): void {
    heap.push(armed);
    dueOf.set(armed.runId, armed.due);
  }

  /** Reads what is due within the horizon, also what was missed: a ring too many changes nothing. */
  async function load(): Promise<void> {
    isLoading = true;
    const until = now() + horizonMs;
    try {
      for (let place = before, size = slice; size === slice; ) {
        const { rows } = await database.pool.query<Stored>(timersUntil, [
          place.at,
          place.run,
          new Date(until).toISOString(),
          slice,
        ]);
        for (const { run_id, flow, key, due_at } of rows) {
          const due = Date.parse(due_at);
          if (dueOf.get(run_id) !== due) push({ runId: run_id, due, flow, key });
        }
        const last = rows.at(-1);
        if (last) place = { at: last.due_at, run: last.run_id };
        size = rows.length;
      }
      loadedUntil = until;
    } catch (thrown) {
      log('timers-not-read', { message: String(thrown) });
    } finally {
      isLoading = false;
    }
  }

  async function ringOne({ runId, due, flow, key }: Armed): Promise<void> {
    ringing += 1;
    await ring(flow, key);
    ringing -= 1;
    if (dueOf.get(runId) === due) dueOf.delete(runId);
    ringDue();
  }

  function ringDue(): void {
    if (isStopped) return;
    const at = now();
    for (let next = heap.peek(); ringing < width && next !== undefined && next.due <= at; next = heap.peek()) {
      heap.pop();
      void ringOne(next);
    }
  }

  function look(): void {
    const at = now();
    ringDue();
    // Half the horizon ahead, so that a slow read is no gap.
    if (!isLoading && at > loadedUntil - horizonMs / 2) void load();
  }

  return {
    arm: (runId, flow, key, at) => {
      const due = Date.parse(at);
      if (due <= now() + horizonMs) push({ runId, due, flow, key });
    },
    get armed() {
      return heap.size;
    },
    start: async () => {
      await load();
      tick = setInterval(look, options.tickMs);
    },
    lookAgain: load,
    stop: () => {
      isStopped = true;
      clearInterval(tick);
    },
  };
}
