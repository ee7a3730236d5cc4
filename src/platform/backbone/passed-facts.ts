import type { ClientBase } from 'pg';
import { decodeCursor } from './cursor.ts';
import type { Cursor } from './fact.ts';
import { placeOf, selectPassed, selectPassedOfKeys, whichCluster } from './sql/facts.ts';

/** Which facts. All members narrow. */
export interface PassedQuery {
  readonly subscription: string;
  /** Told from then on. */
  readonly from?: string;
  /** Told before then. */
  readonly before?: string;
  readonly types?: readonly string[];
  readonly keys?: readonly string[];
  /** Facts at most. */
  readonly limit: number;
}

/** A stored fact, its data as JSON text. */
export interface StoredFact {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: string;
}

/**
 * The facts that a subscription has passed, in order: not those that it has yet to be given, nor those that are set aside for it. None
 * where its place is of another database.
 */
export async function passedFacts(on: ClientBase, query: PassedQuery): Promise<readonly StoredFact[]> {
  const { subscription, from, before, types, keys, limit } = query;
  const { rows: places } = await on.query<{ cursor: Cursor | null }>(placeOf, [subscription]);
  const cursor = places[0]?.cursor;
  if (cursor === undefined || cursor === null) return [];
  const { cluster, seen, within } = decodeCursor(cursor);
  const { rows: clusters } = await on.query<{ cluster: string }>(whichCluster);
  if (clusters[0]?.cluster !== cluster) return [];
  const common = [
    subscription,
    seen,
    within?.upTo ?? null,
    within?.xid ?? '0',
    within?.seq ?? '0',
    from ?? '-infinity',
    before ?? 'infinity',
    types ?? null,
    limit,
  ];
  const { rows } =
    keys === undefined
      ? await on.query<StoredFact>(selectPassed, common)
      : await on.query<StoredFact>(selectPassedOfKeys, [...common, keys]);
  return rows;
}
