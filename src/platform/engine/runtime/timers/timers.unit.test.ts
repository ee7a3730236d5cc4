import { expect, test, vi } from 'vitest';
import { fixedClock } from '#model/kernel';
import type { Database } from '#platform/storage';
import { createTimers } from './timers.ts';

const due = '2026-03-06T16:00:00.000Z';

/** A table of so many timers that are due at once, read in slices as the statement does. */
function tableOf(count: number): Database {
  const rows = Array.from({ length: count }, (_, n) => ({
    run_id: String(n).padStart(8, '0'),
    due_at: due,
    flow: 'f',
    key: String(n),
  }));
  const query = async (_: string, [at, run, , size]: readonly [string, string, string, number]) => {
    const from = at === '-infinity' ? 0 : rows.findIndex(({ run_id }) => run_id === run) + 1;
    return { rows: rows.slice(from, from + size) };
  };
  return { pool: { query } } as unknown as Database;
}

test('of many that are due at once a bounded number rings at a time, each once though it is read twice', async () => {
  const rung: string[] = [];
  const endings: (() => void)[] = [];
  const clock = fixedClock('2026-03-06T15:59:59.000Z');
  const timers = createTimers(
    {
      database: tableOf(5_000),
      clock,
      log: () => undefined,
      ring: (_, key) => {
        rung.push(key);
        return new Promise((ended) => endings.push(ended));
      },
    },
    { tickMs: 5 },
  );
  // Given five thousand that were read, and read again while the first of them ring,
  await timers.start();
  expect(timers.armed).toBe(5_000);
  clock.advance(1_000);
  await vi.waitFor(() => expect(rung.length).toBe(1_000));
  await timers.lookAgain();
  expect(timers.armed).toBe(4_000);
  // when those that ring come to their ends, the others follow,
  await vi.waitFor(() => {
    for (const ended of endings.splice(0)) ended();
    expect(rung.length).toBe(5_000);
  });
  // then each has rung once.
  expect(new Set(rung).size).toBe(5_000);
  timers.stop();
});

test('nothing rings any more after a stop', async () => {
  const rung: string[] = [];
  const endings: (() => void)[] = [];
  const timers = createTimers(
    {
      database: tableOf(1_500),
      clock: fixedClock(due),
      log: () => undefined,
      ring: (_, key) => {
        rung.push(key);
        return new Promise((ended) => endings.push(ended));
      },
    },
    { tickMs: 5 },
  );
  await timers.start();
  await vi.waitFor(() => expect(rung.length).toBe(1_000));
  timers.stop();
  for (const ended of endings.splice(0)) ended();
  await new Promise((resolve) => setImmediate(resolve));
  expect(rung.length).toBe(1_000);
});
