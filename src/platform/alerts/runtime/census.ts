import { setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '#model/kernel';
import { plusMilliseconds } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Finding, LongStay } from '../condition.ts';
import { longStays } from './sql/findings.ts';

/** Counts the runs that stay too long. All runs are looked at, a slice at a time, so that nothing is read for long. */
export interface Census {
  /** Looks at every run once. */
  take(signal: AbortSignal): Promise<void>;
  /** What the last count found; undefined before the first. */
  find(condition: LongStay): readonly Finding[] | undefined;
}

interface Tally {
  readonly count: number;
  readonly since: string;
  readonly examples: readonly string[];
}

interface Slice {
  readonly last: string | null;
  readonly size: number;
  readonly found: readonly (Tally & { readonly n: number })[];
}

const minute = 60_000;
const before = '00000000-0000-0000-0000-000000000000';
const mostExamples = 5;

const earlier = (one: Instant, other: Instant): Instant => [one, other].toSorted()[0] ?? one;

const sum = (one: Tally | undefined, other: Tally): Tally =>
  one === undefined
    ? other
    : {
        count: one.count + other.count,
        since: earlier(one.since, other.since),
        examples: [...one.examples, ...other.examples].slice(0, mostExamples),
      };

export function createCensus(
  needs: { readonly database: Database; readonly now: () => Instant },
  conditions: readonly LongStay[],
  options: { readonly slice: number; readonly pauseMs: number },
): Census {
  let tallies: readonly (Tally | undefined)[] | undefined;
  return {
    take: async (signal) => {
      if (conditions.length === 0) return;
      const at = needs.now();
      const counted: (Tally | undefined)[] = conditions.map(() => undefined);
      const asked = [
        conditions.map(({ flow }) => flow),
        conditions.map(({ state }) => state),
        conditions.map(({ longerThanMinutes }) => plusMilliseconds(at, -longerThanMinutes * minute)),
      ];
      for (let place = before, size = options.slice; size === options.slice; ) {
        const { rows } = await needs.database.pool.query<Slice>(longStays, [place, options.slice, ...asked]);
        const slice = rows[0] ?? { last: null, size: 0, found: [] };
        for (const { n, ...tally } of slice.found) counted[n - 1] = sum(counted[n - 1], tally);
        place = slice.last ?? place;
        size = slice.size;
        await wait(options.pauseMs, undefined, { signal });
      }
      tallies = counted;
    },
    find: (condition) => {
      if (tallies === undefined) return undefined;
      const tally = tallies[conditions.indexOf(condition)];
      const { flow, state, longerThanMinutes, atLeast = 1 } = condition;
      if (tally === undefined || tally.count < atLeast) return [];
      const headline = `${tally.count} of ${flow} in ${state} for more than ${longerThanMinutes} minutes`;
      return [{ subject: `${flow}/${state}`, headline, ...tally }];
    },
  };
}
