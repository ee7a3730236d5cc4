import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Advanced } from '../advanced.ts';
import type { Engine } from './engine.ts';
import { runHistories } from './runs/run-histories.ts';
import { ended, startEngine } from './testing/engine-under-test.ts';
import { errandFlow } from './testing/errand.ts';
import { createFakeTarget } from './testing/fake-target.ts';

describe('whoever follows the runs', () => {
  let own: TestDatabase;
  let engine: Engine;
  let told: Advanced[];
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 20 });
    told = [];
    engine = await startEngine({
      database: own.database,
      flows: [errandFlow()],
      provider: createFakeTarget().provider('keyed'),
      needs: { onAdvanced: (advanced) => void told.push(advanced) },
    });
  });
  afterEach(async () => {
    engine.kill();
    await own.drop();
  });

  const begin = (key: string) => engine.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });

  /** What was told of a run, and what its journal says. */
  async function compare(key: string): Promise<void> {
    const of = told.filter(({ run }) => run.key === key);
    const [history] = await runHistories(own.database, [of[0]?.runId ?? '']);
    expect(of.map(({ version }) => version)).toEqual(of.map((_, index) => index + 1));
    const journal = of.filter(({ entries }) => entries.length > 0).map(({ at, entries }) => ({ at, entries }));
    expect(JSON.parse(JSON.stringify(journal))).toEqual(history?.advances);
    const last = of.at(-1);
    expect({ version: last?.version, state: last?.run.state, document: last?.run.document }).toEqual({
      version: history?.version,
      state: history?.run.state,
      document: history?.run.document,
    });
  }

  test('is told of each advance once and in order, with what its journal says', async () => {
    await begin('plain');
    await ended(engine, 'errand', 'plain');
    expect(told.length).toBeGreaterThan(3);
    await compare('plain');
  });

  test('also of those whose answer was lost', async () => {
    const keys = Array.from({ length: 40 }, (_, n) => `cut-${n}`);
    const done = Promise.all(keys.map(begin)).then(() =>
      Promise.all(keys.map((key) => ended(engine, 'errand', key, 20_000))),
    );
    for (let cuts = 0; cuts < 15; cuts += 1) {
      await own.database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'crossdock-commit%' and datname = current_database()`,
      );
    }
    await done;
    for (const key of keys) await compare(key);
  });
});
