import { afterEach, beforeEach, expect, test } from 'vitest';
import { Fault } from '#model/kernel';
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

test('when more comes in than can be written, what is to begin is turned away, and all that was taken is done', async () => {
  const engine = await startEngine({
    ...{ database: own.database, flows: [errand], provider: createFakeTarget().provider('keyed') },
  });
  // Writing takes for ever, and nothing says that the database is away.
  const holder = await own.database.pool.connect();
  await holder.query('begin; lock table run in exclusive mode');
  const taken: Promise<string | undefined>[] = [];
  let turnedAway: Fault | undefined;
  let count = 0;
  const submit = (): void => {
    count += 1;
    const key = `E${count}`;
    const begun = engine.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
    taken.push(
      begun.then(
        () => key,
        (thrown: unknown) => {
          if (thrown instanceof Fault) turnedAway = thrown;
          return undefined;
        },
      ),
    );
  };
  await expect
    .poll(
      () => {
        submit();
        return turnedAway?.code;
      },
      { interval: 50, timeout: 6_000 },
    )
    .toBe('overloaded');
  expect(turnedAway).toMatchObject({ kind: 'transient', message: expect.stringContaining('with the same key') });

  await holder.query('rollback');
  holder.release();
  const keys = (await Promise.all(taken)).filter((key) => key !== undefined);
  expect(keys.length).toBeGreaterThan(5);
  for (const key of keys) expect(await ended(engine, 'errand', key)).toMatchObject({ ending: 'completed' });
  await engine.stop();
});
