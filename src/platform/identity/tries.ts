import type { Database } from '#platform/storage';
import { knowsAddress } from './sql/sessions.ts';
import { clearTries, takeTry } from './sql/tries.ts';

/** Slows down whoever guesses passwords, over all nodes and restarts. */
export interface Tries {
  /** Takes one try: 0 when it may be made, else the seconds to wait. */
  take(userName: string, address: string): Promise<number>;
  /** It was the right password. */
  succeeded(userName: string, address: string): Promise<void>;
}

interface Bucket {
  readonly most: number;
  readonly perSecond: number;
}

/** Of one name from one address: ten at once, then one in half a minute. */
const ofBoth: Bucket = { most: 10, perSecond: 1 / 30 };
/** Of one name, from wherever: sixty at once, then one in ten seconds. */
const ofName: Bucket = { most: 60, perSecond: 1 / 10 };

/**
 * Tries are counted for each name and address. What all addresses try together holds up strangers only: an address from which this
 * person has signed in lately has tries of its own, so nobody is locked out of their own desk by others.
 */
export function createTries({ pool }: Database): Tries {
  async function take(who: string, { most, perSecond }: Bucket): Promise<number> {
    const row = (await pool.query<{ allowed: boolean; used: number }>(takeTry, [who, most, perSecond])).rows[0];
    if (row === undefined || row.allowed) return 0;
    return Math.max(1, Math.ceil((row.used + 1 - most) / perSecond));
  }

  const both = (userName: string, address: string): string => `${userName} ${address}`;

  return {
    take: async (userName, address) => {
      const seconds = await take(both(userName, address), ofBoth);
      if (seconds > 0) return seconds;
      const known = (await pool.query<{ is_known: boolean }>(knowsAddress, [userName, address])).rows[0];
      return known?.is_known === true ? 0 : take(userName, ofName);
    },
    succeeded: async (userName, address) => {
      await pool.query(clearTries, [both(userName, address)]);
    },
  };
}
