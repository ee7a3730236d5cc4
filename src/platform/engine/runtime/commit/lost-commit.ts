import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#platform/storage';
import type { Log } from '../engine.ts';
import { backendIsThere, endBackend, writtenAdvances } from '../sql/recover.ts';
import { intArray, uuidArray } from './binary-array.ts';
import type { CommitUnit } from './commit-unit.ts';

/**
 * After a lost COMMIT: waits until the server process that had it is gone, then reads which advances are there, by their ids.
 * Tries until the database answers.
 */
export async function recoverLostCommit(
  needs: { readonly database: Database; readonly log: Log; readonly isDead: () => boolean },
  units: readonly CommitUnit[],
  processId: number,
): Promise<ReadonlySet<string>> {
  const { pool } = needs.database;
  for (let delay = 20; !needs.isDead(); delay = Math.min(delay * 2, 1_000)) {
    try {
      await pool.query(endBackend, [processId]);
      const { rowCount } = await pool.query(backendIsThere, [processId]);
      if (rowCount === 0) {
        const { rows } = await pool.query<{ n: number }>(writtenAdvances, [
          uuidArray(units.map((unit) => unit.runId)),
          intArray(units.map((unit) => unit.expected)),
          uuidArray(units.map((unit) => unit.advanceId)),
        ]);
        return new Set(rows.map(({ n }) => units[n - 1]?.advanceId ?? ''));
      }
    } catch (thrown) {
      needs.log('commit-recovery-failed', { message: String(thrown) });
    }
    await wait(delay, undefined, { ref: false });
  }
  return new Set();
}
