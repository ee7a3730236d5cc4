import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { feedCursor } from './feed-cursors.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

test('of two nodes that read from one place the first moves the cursor on, and the second is refused', async () => {
  const [one, two] = [1, 2].map(() => feedCursor(own.database, 'wms', 'files'));
  if (one === undefined || two === undefined) throw new Error('two are needed');
  expect(await one.write({ page: 1 }, await one.read())).toBe(true);
  expect(await two.write({ page: 1 }, undefined)).toBe(false);
  const place = await one.read();
  expect(await two.write({ page: 3, after: 'x' }, place)).toBe(true);
  expect(await one.write({ page: 2 }, place)).toBe(false);
  expect(await one.read()).toEqual({ page: 3, after: 'x' });
});
