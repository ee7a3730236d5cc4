import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditOf } from '#platform/audit';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { auditOrders } from './order-audit.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

test('an act on an order stands in the audit once, however often it is asked for', async () => {
  const audit = auditOrders(own.database);
  const act = {
    order: '100001',
    action: 'cancel',
    by: 'person:susan',
    message: 'person:susan:key-1',
    details: { reason: 'twice' },
  } as const;
  await audit({ ...act, isRepeated: false });
  await audit({ ...act, isRepeated: true });
  // One that was named before but never came so far.
  await audit({ ...act, message: 'person:susan:key-2', isRepeated: true });
  expect(await auditOf(own.database.pool, 'order:100001')).toMatchObject([
    { action: 'cancel', by: 'person:susan', details: { reason: 'twice', message: 'person:susan:key-1' } },
    { details: { message: 'person:susan:key-2' } },
  ]);
});
