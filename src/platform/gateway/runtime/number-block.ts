import type { GatewayDatabase } from './database.ts';
import { takeNumbers } from './sql/numbers.ts';

export interface Numbers {
  /** A number never given before, as text. Rising on one node; across nodes, and after a crash, with gaps. */
  next(): Promise<string>;
}

export interface NumberOptions {
  /** Which series, e.g. `tickets`. */
  readonly series: string;
  /** The very first number; default 100001. */
  readonly first?: number;
  /** Numbers taken from the database at a time; default 200. */
  readonly block?: number;
}

/** Numbers of a series, taken from the database in blocks, the next block before the present one is used up. */
export function createNumbers(database: GatewayDatabase, options: NumberOptions): Numbers {
  const { series, first = 100_001, block = 200 } = options;
  let next = 0;
  let end = 0;
  let coming: Promise<number> | undefined;

  const take = (): Promise<number> => {
    if (coming !== undefined) return coming;
    const asked = database.pool.query<{ first: string }>(takeNumbers, [series, first, block]).then(({ rows }) => {
      const start = Number(rows[0]?.first);
      if (!Number.isSafeInteger(start)) throw new RangeError(`series ${series} has run out of numbers`);
      return start;
    });
    coming = asked;
    // A failure is told to those who wait for it, and the next caller asks anew.
    asked.catch(() => {
      if (coming === asked) coming = undefined;
    });
    return asked;
  };

  return {
    async next() {
      while (next >= end) {
        const awaited = take();
        const start = await awaited;
        // Of the callers that waited for one block, only the first begins it.
        if (coming === awaited) {
          coming = undefined;
          next = start;
          end = start + block;
        }
      }
      const given = next;
      next += 1;
      // Asked ahead, so that nobody waits.
      if (end - next === Math.floor(block / 4)) take();
      return String(given);
    },
  };
}
