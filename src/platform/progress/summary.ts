import type { Database } from '#platform/storage';
import { summariseOpen } from './sql/count-runs.ts';

/** Open runs of one flow, state and currency. */
export interface OpenRuns {
  readonly flow: string;
  readonly state: string;
  /** Absent: of runs whose worth is not known. */
  readonly currency?: string;
  readonly count: number;
  readonly worth?: string;
  /** When the one came to the state that is there for longest. */
  readonly oldestEnteredAt: string;
}

interface Row {
  readonly flow: string;
  readonly state: string;
  readonly currency: string | null;
  readonly count: number;
  readonly worth: string | null;
  readonly oldest: string;
}

const keptMs = 5_000;

/** How many open runs stand where, for how long and for how much; asked of the database every few seconds at most. */
export function createSummary({ pool }: Database, flows: readonly string[]): () => Promise<readonly OpenRuns[]> {
  let read: Promise<readonly OpenRuns[]> | undefined;
  let readAt = 0;
  const ask = async (): Promise<readonly OpenRuns[]> => {
    const { rows } = await pool.query<Row>(summariseOpen, [flows]);
    return rows.map(({ flow, state, currency, count, worth, oldest }) => ({
      flow,
      state,
      count,
      oldestEnteredAt: oldest,
      ...(currency === null ? {} : { currency }),
      ...(worth === null ? {} : { worth }),
    }));
  };
  return () => {
    if (read === undefined || performance.now() - readAt > keptMs) {
      readAt = performance.now();
      const asked = ask();
      read = asked;
      asked.catch(() => {
        if (read === asked) read = undefined;
      });
    }
    return read;
  };
}
