import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Priority } from '../../effect.ts';
import type { Engine } from '../engine.ts';
import { ended, eventually, startEngine } from '../testing/engine-under-test.ts';
import { createFakeTarget } from '../testing/fake-target.ts';
import { job, news } from '../testing/job.ts';

const flows = [news, job('backfill'), job('normal'), job('urgent')];

describe('a lane', () => {
  let own: TestDatabase;
  let engine: Engine | undefined;
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterEach(async () => {
    await engine?.stop();
    await own.drop();
  });

  const start = (running: Engine, priority: Priority, key: string) =>
    running.start({ flow: `job-${priority}`, key, input: { what: key }, source: 'test' });

  test('sends the most urgent of what waits first', async () => {
    const target = createFakeTarget();
    target.latencyMs = 100;
    const provider = target.provider('keyed', { lane: { concurrency: 1 } });
    engine = await startEngine({ database: own.database, flows, provider });
    await start(engine, 'normal', 'first');
    await eventually(() => target.calls.length === 1, 'a busy lane');
    target.latencyMs = 0;
    for (const [priority, key] of [
      ['backfill', 'b'],
      ['normal', 'n1'],
      ['normal', 'n2'],
      ['urgent', 'u'],
    ] as const) {
      await start(engine, priority, key);
    }
    await eventually(() => target.done.length === 5, 'all');
    expect(target.done.map(({ what }) => what)).toEqual(['first', 'u', 'n1', 'n2', 'b']);
  });

  test('never has more calls under way than it may', async () => {
    const target = createFakeTarget();
    target.latencyMs = 5;
    const provider = target.provider('keyed', { lane: { concurrency: 3 } });
    engine = await startEngine({ database: own.database, flows, provider });
    const running = engine;
    await Promise.all(Array.from({ length: 30 }, (_, index) => start(running, 'normal', `k${index}`)));
    await eventually(() => target.done.length === 30, 'all');
    expect(target.maxInFlight).toBe(3);
  });

  test('keeps its rate', async () => {
    const target = createFakeTarget();
    const provider = target.provider('keyed', { lane: { concurrency: 50, perSecond: 40 } });
    engine = await startEngine({ database: own.database, flows, provider });
    const running = engine;
    const begin = performance.now();
    await Promise.all(Array.from({ length: 30 }, (_, index) => start(running, 'normal', `k${index}`)));
    await eventually(() => target.done.length === 30, 'all');
    // Ten at once, the other twenty at forty a second.
    expect(performance.now() - begin).toBeGreaterThan(450);
  });

  test('sends of one run’s news only the newest that was not sent, and in order', async () => {
    const target = createFakeTarget();
    target.latencyMs = 150;
    const provider = target.provider('keyed', { lane: { concurrency: 4 } });
    engine = await startEngine({ database: own.database, flows, provider });
    await engine.start({ flow: 'news', key: 'n', input: { what: '' }, source: 'test' });
    await eventually(() => target.calls.length === 1, 'the first news under way');
    for (let change = 1; change <= 5; change += 1) {
      await engine.deliver([
        { flow: 'news', key: 'n', id: `${change}`, source: 'test', type: 'news.changed', data: {} },
      ]);
    }
    await eventually(async () => (await engine?.view('news', 'n'))?.open.length === 0, 'all news told');
    expect(target.calls).toEqual(['news 0', 'news 5']);
    expect((await engine.view('news', 'n'))?.cases).toEqual([]);
  });

  test('that is shut by its breaker delays no other lane', async () => {
    const target = createFakeTarget();
    const other = createFakeTarget();
    target.isAway = true;
    const away = target.provider('keyed', { instance: 'away' });
    const here = other.provider('keyed', { instance: 'here' });
    let toggle = 0;
    engine = await startEngine({
      database: own.database,
      flows,
      provider: away,
      needs: {
        providers: {
          choose: () => {
            toggle += 1;
            return toggle % 2 === 0 ? here : away;
          },
          named: (instance) => (instance === 'here' ? here : away),
        },
      },
      options: { breakerThreshold: 1, breakerCoolMs: 10_000 },
    });
    const running = engine;
    for (let index = 0; index < 20; index += 1) await start(running, 'normal', `k${index}`);
    await eventually(() => other.done.length === 10, 'the other lane');
    expect(running.metrics().lanes.find(({ lane }) => lane === 'away')).toMatchObject({ breaker: 'open' });
    await ended(running, 'job-normal', 'k1');
  });
});
