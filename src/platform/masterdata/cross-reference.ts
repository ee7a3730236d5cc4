import { Fault, type Instant } from '#model/kernel';
import { type Database, databaseFault } from '#platform/storage';
import { end, lookup, put, resolve } from './sql/cross-reference.ts';

/** One meaning of one id of one system. */
export interface Reference {
  /** E.g. `customer`, `item`. */
  readonly objectType: string;
  /** The system's name, e.g. an instance, or a customer for its own item numbers. */
  readonly instance: string;
  readonly theirId: string;
  readonly ourNumber: string;
  /** From then on. What the id meant before it keeps for messages of that time. */
  readonly validFrom: Instant;
  /** Before then; absent: until another meaning is put. */
  readonly validTo?: Instant;
}

/** Every object's ids in every system. Many of theirs may mean one of ours; one of theirs never means two at a time. */
export interface CrossReference {
  put(reference: Reference): Promise<void>;
  /** What their id meant at the time of a message; undefined when nothing. */
  resolve(question: {
    readonly objectType: string;
    readonly instance: string;
    readonly theirId: string;
    readonly at: Instant;
  }): Promise<string | undefined>;
  /** Their ids for a number of ours at a time, the longest known first. */
  lookup(question: {
    readonly objectType: string;
    readonly instance: string;
    readonly ourNumber: string;
    readonly at: Instant;
  }): Promise<readonly string[]>;
}

const refuse = (message: string): never => {
  throw new Fault('permanent', { code: 'invalid-reference', message });
};

export function createCrossReference({ database }: { readonly database: Database }): CrossReference {
  const ask = async <Row>(text: string, values: readonly (string | null)[]): Promise<readonly Row[]> => {
    try {
      return (await database.pool.query(text, [...values])).rows as readonly Row[];
    } catch (thrown) {
      throw databaseFault(thrown);
    }
  };
  return {
    put: async ({ objectType, instance, theirId, ourNumber, validFrom, validTo }) => {
      for (const [name, value] of Object.entries({ objectType, instance, theirId, ourNumber })) {
        if (value === '') refuse(`${name} is empty`);
      }
      if (validTo !== undefined && validTo <= validFrom)
        refuse(`validTo ${validTo} is not after validFrom ${validFrom}`);
      // The end first: between the two nothing means more than it should.
      if (validTo !== undefined) await ask(end, [objectType, instance, theirId, validTo]);
      await ask(put, [objectType, instance, theirId, validFrom, ourNumber]);
    },
    resolve: async ({ objectType, instance, theirId, at }) => {
      const rows = await ask<{ our_number: string | null }>(resolve, [objectType, instance, theirId, at]);
      return rows[0]?.our_number ?? undefined;
    },
    lookup: async ({ objectType, instance, ourNumber, at }) => {
      const rows = await ask<{ their_id: string }>(lookup, [objectType, ourNumber, instance, at]);
      return rows.map(({ their_id }) => their_id);
    },
  };
}
