import type { Database } from '#platform/storage';
import { monthsWithoutIndex } from './sql/sweep.ts';

/**
 * Gives those months of the journal their index by time that were made before there was one: concurrently, so that nobody who writes
 * waits. What a broken attempt left is made again.
 */
export async function indexOldMonths({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ month: string }>(monthsWithoutIndex);
  for (const { month } of rows) {
    // From the catalogue, and quoted all the same.
    const name = `"${month}_recorded"`;
    await pool.query(`drop index concurrently if exists ${name}`);
    await pool.query(
      `create index concurrently ${name} on "${month}" using brin (recorded_at) with (pages_per_range = 32, autosummarize = on)`,
    );
    await pool.query(`alter index journal_recorded attach partition ${name}`);
  }
}
