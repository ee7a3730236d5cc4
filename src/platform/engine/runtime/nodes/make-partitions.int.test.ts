import { expect, test } from 'vitest';
import { testDatabase } from '#platform/storage/testing';
import { makePartitions } from './make-partitions.ts';

test('the months are made although an index is being made at the same time, each waiting for the other', async () => {
  const own = await testDatabase();
  try {
    const { pool } = own.database;
    // What is made of a month while nobody knows of the other: a lock on the month first, then one that the makers of months have.
    const other = await pool.connect();
    await other.query('begin');
    await other.query('lock table journal_default in share update exclusive mode');
    const making = makePartitions(own.database);
    let isMade = false;
    void making.then(() => {
      isMade = true;
    });
    for (let waiting = 0; waiting === 0; ) {
      const { rowCount } = await pool.query(
        `select from pg_locks where relation = 'journal_default'::regclass and not granted`,
      );
      waiting = rowCount ?? 0;
    }
    expect(isMade).toBe(false);
    // The ring is closed: one of the two is broken off, which may be either.
    const closed = await other.query('lock table journal in access exclusive mode').then(
      () => 'went on',
      () => 'was broken off',
    );
    await other.query(closed === 'went on' ? 'commit' : 'rollback');
    other.release();
    await making;
    const { rows } = await pool.query<{ months: number }>(
      `select count(*)::int as months from pg_inherits where inhparent = 'journal'::regclass`,
    );
    expect(rows[0]?.months).toBe(4);
  } finally {
    await own.drop();
  }
});
