import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNumbers } from '#platform/gateway/runtime';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { databaseClock, jumpNumbers, recallingNumbers } from './after-restore.ts';

describe('numbers after a restore', () => {
  let own: TestDatabase;
  beforeAll(async () => {
    own = await testDatabase();
  });
  afterAll(() => own.drop());

  const fresh = () => createNumbers(own.database, { series: 'order' });

  test('jump over those that the lost time may have handed out', async () => {
    const before = Number(await fresh().next());
    await jumpNumbers(own.database, { from: '2026-03-01T09:00:00.000Z', until: '2026-03-01T09:05:00.000Z' });
    expect(Number(await fresh().next()) - before).toBeGreaterThan(300_000);
  });

  test('are given again to whoever had them by the same claim', async () => {
    const recalled = async ({ key }: { readonly key: string }) => (key === 'known' ? '100007' : undefined);
    const numbers = recallingNumbers(fresh(), { recalled });
    expect(await numbers.next({ scope: 'orders:shop', key: 'known' })).toBe('100007');
    expect(await numbers.next({ scope: 'orders:shop', key: 'new' })).not.toBe('100007');
    expect(await numbers.next()).toMatch(/^\d+$/);
  });

  test('the clock of the database is read', async () => {
    expect(await databaseClock(own.database)()).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });
});
