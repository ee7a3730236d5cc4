import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#model/kernel';
import { auditOf } from '#platform/audit';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { registerLane } from '../sql/lanes.ts';
import { createLaneDesk } from './lane-desk.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
  await own.database.pool.query(registerLane, ['erp-main', 4, null, 4]);
});
afterAll(() => own.drop());

test('who pauses and resumes a lane stands in the audit, with the act or not at all', async () => {
  const desk = createLaneDesk({
    database: own.database,
    clock: systemClock,
    budgetOf: () => undefined,
    changed: () => undefined,
    onLane: () => undefined,
  });
  const acts = async () =>
    (await auditOf(own.database.pool, 'lane:erp-main')).map(({ action, by, details }) => [action, by, details.reason]);

  expect(await desk.resumeLane('erp-main', 'person:olga', 'it was not paused')).toBe(true);
  expect(await desk.pauseLane('erp-other', 'person:olga', 'there is none')).toBe(false);
  expect(await acts()).toEqual([]);
  await desk.pauseLane('erp-main', 'person:olga', 'stock taking');
  await desk.pauseLane('erp-main', 'person:susan', 'until noon');
  await desk.resumeLane('erp-main', 'api:operations', 'counted');
  const told = [
    ['pause', 'person:olga', 'stock taking'],
    ['pause', 'person:susan', 'until noon'],
    ['resume', 'api:operations', 'counted'],
  ];
  expect(await acts()).toEqual(told);

  // Without its entry the act does not come about.
  await own.database.pool.query('alter table audit_entry rename to audit_entry_away');
  await expect(desk.pauseLane('erp-main', 'person:olga', 'again')).rejects.toThrow();
  await own.database.pool.query('alter table audit_entry_away rename to audit_entry');
  expect((await desk.lanes())[0]?.paused).toBeUndefined();
  expect(await acts()).toEqual(told);
});
