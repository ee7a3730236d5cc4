import type { Duration } from './duration.ts';
import type { AnyEffect } from './effect.ts';
import type { Moment } from './event.ts';

/** Where a run stands: a state, and a document that is good there. */
export type Standing<Docs> = {
  [S in keyof Docs & string]: { readonly state: S; readonly document: Docs[S] };
}[keyof Docs & string];

/**
 * How runs of an older version go on in this one. The old version's documents are named where the function is written:
 *
 * ```ts
 * migrates: [{ from: 1, state: ({ state, document }: Standing<ErrandDocsV1>) => ({ state, document: { ...document, notes: [] } }) }],
 * ```
 */
export interface Migration<Docs> {
  readonly from: number;
  /**
   * Where the old run stands in this version. Pure: it may be worked out again. The visit, the open effects and their keys, the deadline
   * and the children stay as they are, and of the effects that the state runs on entry those are asked that were not. With `enter`
   * the state is entered like after any move. The document's member `given` stays what it is.
   */
  readonly state: (old: never, at: Moment) => Standing<Docs> & { readonly enter?: true };
  /** Effects that only the old version asks: they may still come back, or have to be undone. */
  readonly effects?: readonly AnyEffect<never>[];
}

/** A migration with its types erased. */
export interface TableMigration {
  readonly from: number;
  readonly state: (
    old: { readonly state: string; readonly document: unknown },
    at: Moment,
  ) => { readonly state: string; readonly document: unknown; readonly enter?: true };
  readonly effects?: readonly AnyEffect<unknown>[];
}

/** What is wrong with a table's migrations that the types cannot see. */
export function migrationDefects(table: {
  readonly version: number;
  readonly migrates?: readonly TableMigration[];
}): readonly string[] {
  const { version, migrates = [] } = table;
  const froms = migrates.map(({ from }) => from);
  return [
    ...froms.filter((from) => from >= version).map((from) => `it migrates from ${from}, which is not older than it`),
    ...froms.filter((from, index) => froms.indexOf(from) !== index).map((from) => `it migrates from ${from} twice`),
  ];
}

export const sameDuration = (one: Duration | undefined, other: Duration | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
