import type { Row, Stored } from './row.ts';

/** Told of every row that changes: by a call, by its rollback, or by the replay at the start. */
export type Watcher<Kind extends Row> = (before: Kind | undefined, after: Kind | undefined) => void;

export interface Table<Kind extends Row = Row> {
  /** The model's name, e.g. `sale.sale`. */
  readonly name: string;
  get(id: number): Kind | undefined;
  /** Throws when it is not there: for ids that the books themselves hold. */
  must(id: number): Kind;
  /** Every row, in the order of creation. */
  all(): Iterable<Kind>;
  /** Rows with this value in an indexed column, in the order of creation. */
  by(field: string, value: Stored): readonly Kind[];
  indexed(field: string): boolean;
  /** How many rows `by` would give. */
  count(field: string, value: Stored): number;
  /** Ids are not given twice, not even when the call that took one failed. */
  takeId(): number;
  /** Puts or, with undefined, removes a row. Only transactions and the replay call it. */
  set(id: number, row: Kind | undefined): void;
  watch(watcher: Watcher<Kind>): void;
}

type Index = Map<Stored, Set<number>>;

function unlist(index: Index, value: Stored, id: number): void {
  const ids = index.get(value);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(value);
}

function enlist(index: Index, value: Stored, id: number): void {
  const ids = index.get(value);
  if (ids === undefined) index.set(value, new Set([id]));
  else ids.add(id);
}

/** A table in memory with equality indexes on the named columns. */
export function createTable<Kind extends Row>(name: string, indexedFields: readonly string[] = []): Table<Kind> {
  const rows = new Map<number, Kind>();
  const indexes = new Map<string, Index>(indexedFields.map((field) => [field, new Map()]));
  const watchers: Watcher<Kind>[] = [];
  let lastId = 0;
  const must = (id: number): Kind => {
    const row = rows.get(id);
    if (row === undefined) throw new Error(`${name},${id} is not there`);
    return row;
  };
  return {
    name,
    get: (id) => rows.get(id),
    must,
    all: () => rows.values(),
    by: (field, value) => [...(indexes.get(field)?.get(value) ?? [])].sort((a, b) => a - b).map(must),
    indexed: (field) => indexes.has(field),
    count: (field, value) => indexes.get(field)?.get(value)?.size ?? 0,
    takeId: () => {
      lastId += 1;
      return lastId;
    },
    set: (id, row) => {
      const before = rows.get(id);
      for (const [field, index] of indexes) {
        const [old, next] = [before?.[field], row?.[field]];
        if (old === next) continue;
        if (old !== undefined) unlist(index, old, id);
        if (next !== undefined) enlist(index, next, id);
      }
      if (row === undefined) rows.delete(id);
      else rows.set(id, row);
      lastId = Math.max(lastId, id);
      for (const watcher of watchers) watcher(before, row);
    },
    watch: (watcher) => {
      watchers.push(watcher);
    },
  };
}
