import type { Clock, Instant } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Log } from './engine.ts';
import { createHeap } from './heap.ts';
import { timersUntil } from './sql/timers.ts';

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
const before = { at: '-infinity', run: '00000000-0000-0000-0000-000000000000' };

export function createTimers(
  needs: {
    readonly database: Database;
    readonly clock: Clock;
    readonly log: Log;
    readonly ring: (flow: string, key: string) => void;
  },
  options: { readonly tickMs: number },
): Timers {
  const { database, clock, log, ring } = needs;
  const heap = createHeap<Armed>(({ due }) => due);
  let tick: NodeJS.Timeout | undefined;
  let loadedUntil = 0;
  let isLoading = false;

  const now = (): number => Date.parse(clock.now());

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
        for (const { flow, key, due_at } of rows) heap.push({ due: Date.parse(due_at), flow, key });
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

  function look(): void {
    const at = now();
    for (let next = heap.peek(); next !== undefined && next.due <= at; next = heap.peek()) {
      heap.pop();
      ring(next.flow, next.key);
    }
    // Half the horizon ahead, so that a slow read is no gap. What was armed here meanwhile is read once more, and rings in vain.
    if (!isLoading && at > loadedUntil - horizonMs / 2) void load();
  }

  return {
    arm: (_, flow, key, at) => {
      const due = Date.parse(at);
      if (due <= now() + horizonMs) heap.push({ due, flow, key });
    },
    get armed() {
      return heap.size;
    },
    start: async () => {
      await load();
      tick = setInterval(look, options.tickMs);
    },
    lookAgain: load,
    stop: () => clearInterval(tick),
  };
}
