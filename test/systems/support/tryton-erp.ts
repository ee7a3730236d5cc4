import type { DayErp } from '../../../demo/index.ts';
import { realTryton } from '../../../systems/tryton/index.ts';
import { readBooks } from './read-books.ts';
import type { TrytonBooks } from './tryton-books.ts';
import { ledgerOf } from './tryton-ledger.ts';
import { openTryton } from './tryton-reader.ts';

/** A real Tryton as the ERP of a day. */
export interface TrytonErp extends DayErp {
  /** What stands in it. */
  books(): Promise<TrytonBooks>;
}

/** Starts a real Tryton with the state in `home`, which is the caller's alone, seeded anew with the world. */
export async function startTrytonErp(home: string, worldFile: string): Promise<TrytonErp> {
  const { url, database, password, stop } = await realTryton({ home, worldFile, reset: true });
  const books = async (): Promise<TrytonBooks> =>
    readBooks(await openTryton({ url, database, username: 'admin', password }));
  return {
    // One process of Python: more calls at once only compete for it, and meet each other's locks.
    access: { url, database, password, concurrency: 2, lateCommitSeconds: 5 },
    tell: async ([first]) => {
      if (first !== undefined) throw new Error('a real Tryton cannot be told what to do wrong');
    },
    scripts: async () => [],
    ledger: async () => ledgerOf(await books(), new Date().toISOString()),
    books,
    stop,
  };
}
