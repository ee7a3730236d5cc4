import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { auditBetween, auditOf, recordAction, recordActions, verifyAudit } from './index.ts';
import { chainOfTarget, chainsAfter, entriesBefore, entriesOfTarget } from './sql/audit.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());
/** As somebody would who owns the database: the guard that refuses changes is put aside. */
const tampering = (statement: string) =>
  own.database.pool.query(
    `set session_replication_role = replica; ${statement}; set session_replication_role = origin`,
  );
beforeEach(() => tampering('truncate audit_entry, audit_chain'));

const at = '2026-03-01T09:30:00.123Z';
const action = (target: string, more: object = {}) => ({
  target,
  action: 'retry',
  by: 'api:console',
  at,
  details: { reason: 'mended — ünïcode "quoted"', count: 3 },
  ...more,
});

describe('the audit', () => {
  test('keeps what was done, by target and by time', async () => {
    await recordAction(own.database.pool, action('case:1'));
    await recordActions(own.database.pool, [action('case:1', { action: 'close' }), action('lane:erp')]);
    expect(await auditOf(own.database.pool, 'case:1')).toEqual([
      { ...action('case:1'), seq: 1 },
      { ...action('case:1', { action: 'close' }), seq: 2 },
    ]);
    expect(await auditBetween(own.database.pool, at, '2026-03-01T09:31:00.000Z')).toHaveLength(3);
    expect(await auditBetween(own.database.pool, '2026-03-01T09:31:00.000Z', '2026-04-01T00:00:00.000Z')).toEqual([]);
    expect(await verifyAudit(own.database.pool)).toEqual({ intact: true, entries: 3 });
  });

  test('a NUL and half a character in a reason are kept, and verify', async () => {
    await recordAction(own.database.pool, action('case:1', { details: { reason: 'a\0b\uD800c' } }));
    expect((await auditOf(own.database.pool, 'case:1'))[0]?.details).toEqual({ reason: 'a\0b\uD800c' });
    expect(await verifyAudit(own.database.pool)).toMatchObject({ intact: true });
  });

  test('forty writers at once, in any order of targets, make whole chains', async () => {
    const targets = ['case:1', 'case:2', 'case:3', 'case:4'];
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        recordActions(
          own.database.pool,
          targets.toSorted(() => (n % 2 ? 1 : -1)).map((target) => action(target, { details: { n } })),
        ),
      ),
    );
    expect(await verifyAudit(own.database.pool)).toEqual({ intact: true, entries: 160 });
  });

  test('is there with the transaction that it tells of, or not at all', async () => {
    const client = await own.database.pool.connect();
    await client.query('begin');
    await recordAction(client, action('case:1'));
    await client.query('rollback');
    client.release();
    expect(await auditOf(own.database.pool, 'case:1')).toEqual([]);
  });

  test.each([
    [
      'a changed reason',
      `update audit_entry set details = '{"reason":"other"}' where target = 'case:2' and seq = 3`,
      { target: 'case:2', seq: 3, because: 'changed' },
    ],
    [
      'another person',
      `update audit_entry set by = 'person:nobody' where target = 'case:1' and seq = 1`,
      { target: 'case:1', seq: 1, because: 'changed' },
    ],
    [
      'another moment',
      `update audit_entry set at = at + interval '1 ms' where target = 'case:2' and seq = 2`,
      { target: 'case:2', seq: 2, because: 'changed' },
    ],
    [
      'an entry taken out',
      `delete from audit_entry where target = 'case:2' and seq = 2`,
      { target: 'case:2', seq: 2, because: 'missing' },
    ],
    [
      'the newest entry taken out',
      `delete from audit_entry where target = 'case:1' and seq = 4`,
      { target: 'case:1', seq: 4, because: 'missing' },
    ],
    [
      'a chain forgotten',
      `delete from audit_chain where target = 'case:1'`,
      { target: 'case:1', seq: 1, because: 'chain-missing' },
    ],
  ])('names the first bad entry: %s', async (_, tamper, bad) => {
    for (let n = 0; n < 4; n += 1) await recordActions(own.database.pool, [action('case:1'), action('case:2')]);
    expect(await verifyAudit(own.database.pool)).toEqual({ intact: true, entries: 8 });
    await tampering(tamper);
    expect(await verifyAudit(own.database.pool)).toEqual({ intact: false, ...bad });
  });

  test.each(['update audit_entry set seq = 1', 'delete from audit_entry', 'truncate audit_entry'])(
    'is only ever added to: %s is refused',
    async (statement) => {
      await recordAction(own.database.pool, action('case:1'));
      await expect(own.database.pool.query(statement)).rejects.toThrow('only ever added');
    },
  );

  test('one chain is verified by itself', async () => {
    await recordActions(own.database.pool, [action('case:1'), action('case:2')]);
    await tampering(`update audit_entry set by = 'x' where target = 'case:2'`);
    expect(await verifyAudit(own.database.pool, 'case:1')).toEqual({ intact: true, entries: 1 });
    expect(await verifyAudit(own.database.pool, 'case:2')).toMatchObject({ intact: false, target: 'case:2' });
  });

  test('reads by its indexes when it is large', async () => {
    await own.database.pool.query(`
      insert into audit_chain select 'case:' || n, 1, '' from generate_series(1, 50000) n;
      insert into audit_entry select 'case:' || n, 1, now() - n * interval '1 s', 'api:a', 'retry', '{}', '' from generate_series(1, 50000) n;
      analyze audit_chain, audit_entry`);
    for (const text of [entriesOfTarget, chainsAfter, chainOfTarget, entriesBefore]) {
      expect(await tablesReadWhole(own.database.pool, text)).toEqual([]);
    }
  });
});
