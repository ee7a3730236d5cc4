import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { EngineNeeds } from './create-engine.ts';
import type { Engine } from './engine.ts';
import { ended, eventually, startEngine } from './testing/engine-under-test.ts';
import { errandFlow } from './testing/errand.ts';
import { createFakeTarget, type FakeTarget } from './testing/fake-target.ts';

const begin = (key: string) => ({ flow: 'errand', key, input: { size: 1 }, source: 'test' });

describe('several nodes on one database', () => {
  let own: TestDatabase;
  let target: FakeTarget;
  const engines: Engine[] = [];
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 30 });
    target = createFakeTarget();
  });
  afterEach(async () => {
    for (const engine of engines.splice(0)) engine.kill();
    await own.drop();
  });

  async function node(name: string, leaseMs = 2_000, needs: Partial<EngineNeeds> = {}): Promise<Engine> {
    const provider = target.provider('searchable');
    const engine = await startEngine({
      database: own.database,
      flows: [errandFlow()],
      provider,
      options: { node: name, leaseMs },
      needs,
    });
    engines.push(engine);
    return engine;
  }

  test('of two with one name the later lives: the elder writes nothing more, and says so', async () => {
    const elder = await node('twin');
    await elder.start(begin('before'));
    await ended(elder, 'errand', 'before');
    const later = await node('twin');
    // Taken to be written by the elder, who cannot write any more: whoever sent it gets no false answer.
    const late = elder.start(begin('late')).then(
      () => 'taken',
      () => 'refused',
    );
    await eventually(() => elder.health().isReplaced, 'the elder to know that it was replaced');
    expect(elder.health().holdsLease).toBe(false);
    await expect(elder.start(begin('after'))).rejects.toThrow(/stopping/);
    expect(await later.start(begin('late'))).toMatchObject({ key: 'late' });
    await ended(later, 'errand', 'late');
    expect(await Promise.race([late, Promise.resolve('never')])).not.toBe('taken');
    const { rows } = await own.database.pool.query('select count(*)::int as owned from effect where epoch = 1');
    expect(rows).toEqual([{ owned: 0 }]);
  });

  test('one that is stopped in order is known to have left at once, not after a lease', async () => {
    const told: string[] = [];
    await node('stays', 60_000, { log: (event) => void told.push(event) });
    const leaves = await node('leaves', 60_000);
    await leaves.stop();
    await eventually(() => told.includes('node-left'), 'the other to know');
    expect(told).not.toContain('node-dead');
  });

  test('a caller who waits at one node for a run that another moves is told promptly', async () => {
    const [one, two] = [await node('one'), await node('two')];
    target.latencyMs = 60;
    await one.start(begin('elsewhere'));
    const from = performance.now();
    const [here, there] = await Promise.all(
      [one, two].map(async (engine) => {
        await engine.waitFor('errand', 'elsewhere', ({ phase }) => phase === 'ended', 10_000);
        return performance.now() - from;
      }),
    );
    expect((there ?? 0) - (here ?? 0)).toBeLessThan(Math.max(250, (here ?? 0) * 0.6));
  });

  test('counts runs without waiting for it, those that other nodes wrote too', async () => {
    const one = await node('one');
    for (let n = 0; n < 5; n += 1) await one.start(begin(`counted-${n}`));
    for (let n = 0; n < 5; n += 1) await ended(one, 'errand', `counted-${n}`);
    const two = await node('two');
    const done = [{ flow: 'errand', state: 'done', count: 5 }];
    await eventually(() => JSON.stringify(two.metrics().runs) === JSON.stringify(done), 'the count');
    expect(one.metrics().runs).toEqual(done);
  });
});
