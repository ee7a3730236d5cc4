import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createApprovalDesk } from './index.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

test('approvals that cannot be done keep none of those after them from being done', async () => {
  const told: string[] = [];
  let isAway = true;
  const desk = createApprovalDesk(
    {
      database: own.database,
      clock: systemClock,
      policy: { persons: 2, acts: [], keys: 'as-before', bulkAbove: { count: 10, worth: [] } },
      performers: {
        broken: () => Promise.reject(new Error('never')),
        sound: async () => {
          if (isAway) throw new Error('away');
          return { done: true, outcome: 'done' };
        },
      },
      log: (event, { approval }) => void told.push(`${event} ${approval}`),
    },
    { leftAfterSeconds: 0 },
  );
  const approve = async (what: string, intent: string): Promise<string> => {
    const asked = { what, target: 'x', summary: '.', by: 'person:olga', reason: '.', request: {}, intent };
    const { id } = await desk.ask(asked);
    await expect(desk.decide(id, 'approve', 'person:susan', '.')).rejects.toThrow();
    return id;
  };
  // More than one look takes at once.
  const broken: string[] = [];
  for (let n = 0; n < 25; n += 1) broken.push(await approve('broken', `broken-${n}`));
  const sound = await approve('sound', 'sound');
  isAway = false;
  expect(await desk.finishLeft()).toBe(1);
  expect(await desk.find(sound)).toMatchObject({ outcome: 'done' });
  expect([...told].sort()).toEqual(broken.map((id) => `approval-not-finished ${id}`).sort());
  expect(await desk.finishLeft()).toBe(0);
});
