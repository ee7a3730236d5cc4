import { databaseFault } from '#platform/storage';
import type { Performed } from './case-act.ts';

/** Counts how often an act that was taken could not be done, on this node. */
export interface ActAttempts {
  /** It has thrown: what is recorded of it once it was tried often enough; until then undefined, and it is tried again. */
  failed(intent: string, thrown: unknown): Performed | undefined;
  /** It is done. */
  done(intent: string): void;
}

const longestReason = 300;

/** The database, or what is behind it, is away: that says nothing about the act. */
export const isOutage = (thrown: unknown): boolean => ['transient', 'ambiguous'].includes(databaseFault(thrown).kind);

/** Why acts that were given up are counted as refused. */
export const givenUpReason = 'It failed whenever it was tried: its history says with what.';

/** Counts up to `most` attempts of each act; an outage is no attempt. */
export function createActAttempts(most: number): ActAttempts {
  const counts = new Map<string, number>();
  return {
    failed: (intent, thrown) => {
      if (isOutage(thrown)) return undefined;
      const count = (counts.get(intent) ?? 0) + 1;
      counts.set(intent, count);
      if (count < most) return undefined;
      counts.delete(intent);
      const said = String(thrown).replaceAll('\0', '\uFFFD').slice(0, longestReason);
      return { verdict: 'ignored', because: `It failed ${count} times, at last with: ${said}` };
    },
    done: (intent) => void counts.delete(intent),
  };
}
