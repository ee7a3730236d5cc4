import { type Database, databaseFault } from '#platform/storage';
import type { CatalogueCustomer, CatalogueItem } from './catalogue.ts';
import { changedCustomers, changedItems, horizon, loadCustomers, loadItems } from './sql/catalogue.ts';

/** What was written since a look, and the mark for the next. */
export interface Changes {
  readonly customers: readonly CatalogueCustomer[];
  readonly items: readonly CatalogueItem[];
  readonly mark: string;
}

/** Before the first transaction: everything is new. */
export const fromTheStart = '0';

/** Rows in one statement; keeps its parameters below a few megabytes. */
const batchSize = 5_000;

const batches = <Row>(rows: readonly Row[]): readonly (readonly Row[])[] =>
  Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, index) =>
    rows.slice(index * batchSize, (index + 1) * batchSize),
  );

/** Of rows with the same key the last: one statement must not write a row twice. */
const lastOfEach = <Row>(rows: readonly Row[], key: (row: Row) => string): readonly Row[] => [
  ...new Map(rows.map((row) => [key(row), row])).values(),
];

export async function saveCustomers({ pool }: Database, customers: readonly CatalogueCustomer[]): Promise<void> {
  for (const batch of batches(lastOfEach(customers, ({ customer }) => customer))) {
    await pool.query(loadCustomers, [
      batch.map(({ customer }) => customer),
      batch.map(({ name }) => name),
      batch.map(({ currency }) => currency),
      batch.map(({ active }) => active),
    ]);
  }
}

export async function saveItems({ pool }: Database, items: readonly CatalogueItem[]): Promise<void> {
  for (const batch of batches(lastOfEach(items, ({ item }) => item))) {
    await pool.query(loadItems, [
      batch.map(({ item }) => item),
      batch.map(({ description }) => description),
      batch.map(({ unit }) => unit),
      batch.map(({ conversions }) => JSON.stringify(conversions)),
    ]);
  }
}

/** Reads what changed since `mark`. The mark is taken first, so that what commits in between is read again rather than missed. */
export async function readChanges({ pool }: Database, mark: string): Promise<Changes> {
  try {
    const { rows } = await pool.query<{ horizon: string }>(horizon);
    const customers = await pool.query<CatalogueCustomer>(changedCustomers, [mark]);
    const items = await pool.query<CatalogueItem>(changedItems, [mark]);
    return { customers: customers.rows, items: items.rows, mark: rows[0]?.horizon ?? mark };
  } catch (thrown) {
    throw databaseFault(thrown);
  }
}
