import pg from 'pg';
import {
  casesOfOrders,
  madeOrders,
  oldTables,
  parties,
  parts,
  runs,
  standings,
  stays,
  termKinds,
} from './sql/orders.ts';

/** Tables that are filled at once, and whose indexes are made afterwards. */
const filled = ['standing', 'standing_term', 'stay'];

interface IndexRow {
  readonly name: string;
  readonly definition: string;
  readonly constraint: string | null;
  readonly of: string;
}

const indexesOf = `
select x.indexrelid::regclass::text as name, pg_get_indexdef(x.indexrelid) as definition, c.conname as constraint,
  x.indrelid::regclass::text as of
from pg_index x left join pg_constraint c on c.conindid = x.indexrelid and c.contype = 'p'
where x.indrelid = any($1::regclass[])`;

/**
 * Fills an empty, migrated database with a year of orders, of which the last are open: the rows that the platform would have written, by
 * set-based SQL. Journals and documents are left out: no list reads them.
 */
export async function loadOrders(databaseUrl: string, orders: number, say: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=crossdock -c jit=off' });
  await client.connect();
  const begun = performance.now();
  const step = async (what: string, text: string, values: readonly unknown[] = []): Promise<void> => {
    const { rowCount } = await client.query(text, [...values]);
    say(`  ${((performance.now() - begun) / 1_000).toFixed(0).padStart(4)} s  ${what}: ${rowCount ?? 0}`);
  };
  try {
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '256MB'`);
    const { rows: indexes } = await client.query<IndexRow>(indexesOf, [filled]);
    for (const { name, constraint, of } of indexes) {
      await client.query(
        constraint === null ? `drop index ${name}` : `alter table ${of} drop constraint ${constraint}`,
      );
    }
    await client.query('select setseed(0.42)');
    await client.query(madeOrders(orders));
    await client.query('analyze made');
    await step('runs', runs);
    await step('orders', standings);
    await step('fulfilments', parts);
    await step('parties', parties);
    for (const [kind, text] of Object.entries(termKinds)) await step(`terms: ${kind}`, text);
    for (const [flow, text] of Object.entries(stays)) await step(`stays: ${flow}`, text);
    await step('open cases', casesOfOrders);
    for (const { definition, constraint, of, name } of indexes) {
      await step(`index ${name}`, definition);
      if (constraint !== null)
        await client.query(`alter table ${of} add constraint ${constraint} primary key using index ${constraint}`);
    }
    await client.query(oldTables);
    await client.query('vacuum analyze');
    await client.query('checkpoint');
    say(`  ${((performance.now() - begun) / 1_000).toFixed(0).padStart(4)} s  ready`);
  } finally {
    await client.end();
  }
}
