import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordActions } from '#platform/audit';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { openAuditBook } from './audit-book.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
  const act = { action: 'pause', by: 'person:olga', at: '2026-03-01T09:30:00.000Z', details: {} };
  await recordActions(own.database.pool, [
    { ...act, target: 'lane:erp' },
    { ...act, target: 'lane:wms' },
  ]);
});
afterAll(() => own.drop());

describe('the audit as the API shows it', () => {
  test('is verified once for all who ask the same at the same time, and not for others meanwhile', async () => {
    const { auditBook } = openAuditBook(own.database);
    const [one, same, other] = await Promise.all([
      auditBook.verify({ of: 'acts' }),
      auditBook.verify({ of: 'acts' }),
      auditBook.verify({ of: 'journals' }),
    ]);
    expect([one, same, other]).toEqual([{ entries: 2 }, { entries: 2 }, 'busy']);
    expect(one).toBe(same);
    expect(await auditBook.verify({ of: 'journals' })).toEqual({ entries: 0 });
  });

  test('a verification that fails leaves the way free', async () => {
    let isAway = true;
    const pool = {
      query: (...asked: [string]) => (isAway ? Promise.reject(new Error('away')) : own.database.pool.query(...asked)),
    };
    const { auditBook } = openAuditBook({ ...own.database, pool: pool as never });
    await expect(auditBook.verify({ of: 'acts' })).rejects.toThrow('away');
    isAway = false;
    expect(await auditBook.verify({ of: 'acts' })).toEqual({ entries: 2 });
  });
});
