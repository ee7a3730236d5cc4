import type { Database } from '#platform/storage';
import { isLostRace } from '../commit/sql-state.ts';
import { patience } from '../runs/run-actor.ts';
import { makeMonths } from '../sql/make-months.ts';

/**
 * Makes the months of journal and facts that are to come. While another node makes an index of a month the two may wait for each
 * other in a ring: the database then breaks off one of them, and this one comes again.
 */
export async function makePartitions({ pool }: Pick<Database, 'pool'>): Promise<void> {
  for (let round = 0; ; round += 1) {
    try {
      await pool.query(makeMonths);
      return;
    } catch (thrown) {
      if (!isLostRace(thrown)) throw thrown;
      await patience(round);
    }
  }
}
