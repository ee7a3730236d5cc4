import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Engine, VerbClass } from './engine.ts';
import { ended, startEngine } from './testing/engine-under-test.ts';
import { errandFlow } from './testing/errand.ts';
import { createFakeTarget } from './testing/fake-target.ts';

/** How often each boundary is passed: a start and three answers, three effects. */
const points = { 'before-batch': 4, 'after-batch': 4, 'before-send': 3, 'after-send': 3, 'after-settle': 3 };
const flow = errandFlow();

describe('a node that is killed at a durability boundary', () => {
  let own: TestDatabase;
  beforeAll(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterAll(() => own.drop());

  const crashes = Object.entries(points).flatMap(([point, times]) =>
    Array.from({ length: times }, (_, index) => ({ point, time: index + 1 })),
  );

  test.each(
    (['keyed', 'searchable'] as const).flatMap((verbClass) => crashes.map((crash) => ({ verbClass, ...crash }))),
  )('$verbClass: at $point number $time, the next node finishes with one effect of each', async (given) => {
    // Given an errand whose node dies at that moment,
    const { verbClass, point, time } = given;
    const key = `${verbClass}-${point}-${time}`;
    const target = createFakeTarget();
    const provider = target.provider(verbClass as VerbClass);
    const setup = { database: own.database, flows: [flow], provider };
    let seen = 0;
    let first: Engine | undefined;
    const died = Promise.withResolvers<void>();
    first = await startEngine({
      ...setup,
      options: {
        crashAt: (at) => {
          if (at !== point) return;
          seen += 1;
          if (seen !== time) return;
          first?.kill();
          died.resolve();
        },
      },
    });
    first.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' }).catch(() => undefined);
    await died.promise;

    // when another begins (and the caller, never answered, starts it once more),
    const second = await startEngine(setup);
    await second.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
    const run = await ended(second, 'errand', key);

    // then it is completed, and nothing was done twice.
    expect(run.ending).toBe('completed');
    expect(target.done.map(({ what }) => what)).toEqual(['booking', 'shipping', 'bill']);
    expect(await second.verify('errand', key)).toEqual({ intact: true });
    const { rows } = await own.database.pool.query('select key from effect');
    expect(rows).toEqual([]);
    await second.stop();
  });
});
