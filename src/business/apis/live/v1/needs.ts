import type { Changed } from './live-schema.ts';

export type Topic = Changed['topic'];

/** What the handlers of the live API are given. */
export interface LiveNeeds {
  readonly live: {
    /**
     * What changes from now on, until the signal aborts: a few times a second for each topic at most, what came meanwhile gathered. Of
     * what is of certain warehouses only that of `sites`, where they are given.
     */
    changes(
      signal: AbortSignal,
      only: { readonly topics: ReadonlySet<Topic>; readonly sites?: readonly string[] },
    ): AsyncIterable<Changed>;
  };
}
