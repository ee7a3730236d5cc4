import { type Database, databaseFault } from '#platform/storage';
import { claim, release } from './sql/claims.ts';

/** Names that only one holder has at a time, e.g. a customer's own number for what it bought. */
export interface Claims {
  /** Takes the name for the holder; answers who has it: this one, or an elder one that has not given it back. Idempotent. */
  claim(request: {
    readonly scope: string;
    readonly name: string;
    readonly holder: string;
  }): Promise<{ readonly heldBy: string }>;
  /** Gives back all names of the holder. Idempotent. */
  release(request: { readonly holder: string }): Promise<void>;
}

export const createClaims = ({ database }: { readonly database: Database }): Claims => ({
  claim: async ({ scope, name, holder }) => {
    try {
      const { rows } = await database.pool.query<{ holder: string }>(claim, [scope, name, holder]);
      return { heldBy: rows[0]?.holder ?? holder };
    } catch (thrown) {
      throw databaseFault(thrown);
    }
  },
  release: async ({ holder }) => {
    await database.pool.query(release, [holder]).catch((thrown: unknown) => {
      throw databaseFault(thrown);
    });
  },
});
