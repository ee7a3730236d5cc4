import { afterAll, beforeAll, expect, test } from 'vitest';
import { decimal } from '#model/kernel';
import { createInventory } from '#platform/inventory';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { expireClaims } from './expire-claims.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

test('held stock falls back at its time, once, though two nodes look after it', async () => {
  const inventory = createInventory(own);
  await inventory.setLevels([{ item: 'A', site: 'NORTH', unit: 'EA', onHand: decimal('5') }]);
  const lines = [{ lineNumber: 1, item: 'A', quantity: decimal('2'), unit: 'EA' }];
  const until = new Date(Date.now() + 400).toISOString();
  await inventory.hold({ demand: 'd', wholeOrNothing: false, lines, until }, { key: 'k' });
  const expired: unknown[] = [];
  const ending = new AbortController();
  const log = (event: string, details: object): void => void expired.push({ event, ...details });
  const both = [1, 2].map(() => expireClaims({ inventory, log }, ending.signal));
  await expect.poll(() => expired, { timeout: 5_000 }).toEqual([{ event: 'claims-expired', demands: 1 }]);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until));
  expect((await inventory.availability(['A']))[0]?.available).toBe('5');
  expect(await inventory.nextExpiry()).toBeUndefined();
  ending.abort();
  await Promise.all(both);
});
