import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Engine } from './engine.ts';
import type { EngineOptions } from './engine-options.ts';
import { ended, eventually, startEngine } from './testing/engine-under-test.ts';
import { errandFlow } from './testing/errand.ts';
import { createFakeTarget, type FakeTarget } from './testing/fake-target.ts';

describe('what a fault means', () => {
  let own: TestDatabase;
  let number = 0;
  beforeAll(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterAll(() => own.drop());

  async function errand(target: FakeTarget, options: EngineOptions = {}) {
    const provider = target.provider('keyed');
    const engine: Engine = await startEngine({ database: own.database, flows: [errandFlow()], provider, options });
    number += 1;
    const key = `fault-${number}`;
    await engine.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
    return { engine, key };
  }

  test('transient: it is sent again until it succeeds', async () => {
    const target = createFakeTarget();
    target.next('booking', 'away', 'away');
    const { engine, key } = await errand(target);
    await ended(engine, 'errand', key);
    expect(target.done[0]).toMatchObject({ what: 'booking', attempt: 3 });
    await engine.stop();
  });

  test('transient for ever: after the policy’s attempts it has failed', async () => {
    const target = createFakeTarget();
    target.next('booking', 'away', 'away', 'away', 'away', 'away');
    const { engine, key } = await errand(target);
    await eventually(
      async () => (await engine.view('errand', key))?.cases.includes('book-failed') === true,
      'its case',
    );
    expect(target.calls).toHaveLength(4);
    expect((await engine.view('errand', key))?.open).toMatchObject([{ name: 'book', parked: true }]);
    await engine.stop();
  });

  test.each(['never', 'defect'] as const)('%s: it has failed at once', async (behaviour) => {
    const target = createFakeTarget();
    target.next('booking', behaviour);
    const { engine, key } = await errand(target);
    await eventually(
      async () => (await engine.view('errand', key))?.cases.includes('book-failed') === true,
      'its case',
    );
    expect(target.calls).toHaveLength(1);
    await engine.stop();
  });

  test('business: the flow hears that it was refused', async () => {
    const target = createFakeTarget();
    target.next('shipping', 'refuse');
    const { engine, key } = await errand(target);
    expect((await ended(engine, 'errand', key)).ending).toBe('cancelled');
    expect(target.undone.map(({ what }) => what)).toEqual(['ref-1']);
    await engine.stop();
  });

  test('a pause that the target asks for is kept by the whole lane, with one probe at its end', async () => {
    const target = createFakeTarget();
    target.next('booking', { retryAfterMs: 200 });
    const { engine, key } = await errand(target);
    await eventually(() => target.calls.length === 1, 'the first call');
    const begin = performance.now();
    await engine.start({ flow: 'errand', key: `${key}-other`, input: { size: 1 }, source: 'test' });
    await Promise.all([ended(engine, 'errand', key), ended(engine, 'errand', `${key}-other`)]);
    expect(performance.now() - begin).toBeGreaterThan(150);
    // The pause spent none of its attempts.
    expect(target.done.every(({ attempt }) => attempt === 1)).toBe(true);
    await engine.stop();
  });

  test('an open breaker spends no attempts, keeps the work and lets one probe through', async () => {
    const target = createFakeTarget();
    target.isAway = true;
    const { engine, key } = await errand(target, { breakerThreshold: 2, breakerCoolMs: 30 });
    await eventually(() => engine.metrics().lanes[0]?.breaker === 'open', 'an open breaker');
    await eventually(() => target.calls.length >= 7, 'more probes than the policy has attempts');
    expect((await engine.view('errand', key))?.cases).toEqual([]);
    target.isAway = false;
    expect((await ended(engine, 'errand', key)).ending).toBe('completed');
    await engine.stop();
  });

  test('an effect that nobody offers has failed and says why', async () => {
    const target = createFakeTarget();
    const provider = target.provider('keyed');
    const engine = await startEngine({
      database: own.database,
      flows: [errandFlow()],
      provider,
      needs: {
        providers: {
          choose: () => {
            throw new Error('no instance offers target here');
          },
          named: () => provider,
        },
      },
    });
    await engine.start({ flow: 'errand', key: 'nobody', input: { size: 1 }, source: 'test' });
    await eventually(
      async () => (await engine.view('errand', 'nobody'))?.cases.includes('book-failed') === true,
      'its case',
    );
    const [one] = (await engine.parked()).filter(({ key }) => key === 'nobody');
    expect(one?.summary).toMatch('no instance offers target here');
    await engine.stop();
  });
});
