import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { ended, startEngine } from './testing/engine-under-test.ts';
import { errandFlow } from './testing/errand.ts';
import { createFakeTarget } from './testing/fake-target.ts';

const errand = errandFlow();
let own: TestDatabase;
beforeEach(async () => {
  own = await testDatabase({ poolSize: 20 });
});
afterEach(() => own.drop());

test('a node that cannot write stops in its time all the same, and its successor has everything', async () => {
  const setup = { database: own.database, flows: [errand], provider: createFakeTarget().provider('keyed') };
  const log: string[] = [];
  const first = await startEngine({
    ...setup,
    needs: { log: (event) => void log.push(event) },
    options: { graceMs: 200, leaseMs: 600_000 },
  });
  // Whoever writes waits for this one, as for a database that does not answer.
  const holder = await own.database.pool.connect();
  await holder.query('begin; lock table run in exclusive mode');
  void first.start({ flow: 'errand', key: 'E1', input: { size: 1 }, source: 'test' }).catch(() => undefined);
  const from = performance.now();
  await first.stop();
  expect(performance.now() - from).toBeLessThan(5_000);
  expect(log).toContain('stopped-with-work-left');
  await holder.query('rollback');
  holder.release();

  const second = await startEngine(setup);
  await second.start({ flow: 'errand', key: 'E1', input: { size: 1 }, source: 'test' });
  expect(await ended(second, 'errand', 'E1')).toMatchObject({ ending: 'completed' });
  await second.stop();
});
