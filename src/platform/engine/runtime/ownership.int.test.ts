import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '#platform/storage';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Engine } from './engine.ts';
import { ended, eventually, startEngine } from './testing/engine-under-test.ts';
import { errandFlow } from './testing/errand.ts';
import { createFakeTarget } from './testing/fake-target.ts';
import { openHeldWire } from './testing/held-wire.ts';

const begin = (key: string) => ({ flow: 'errand', key, input: { size: 1 }, source: 'test' });

describe('who owns an effect', () => {
  let own: TestDatabase;
  const engines: Engine[] = [];
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterEach(async () => {
    for (const engine of engines.splice(0)) engine.kill();
    await own.drop();
  });

  test('a peer takes over from a node whose beat stands still, and asks before it sends', async () => {
    const target = createFakeTarget();
    target.next('booking', 'silent');
    const setup = { database: own.database, flows: [errandFlow()], provider: target.provider('searchable') };
    const one = await startEngine({ ...setup, options: { node: 'one', leaseMs: 300 } });
    const two = await startEngine({ ...setup, options: { node: 'two', leaseMs: 300 } });
    engines.push(one, two);
    await one.start(begin('orphan'));
    await eventually(() => target.calls.length === 1, 'the first call');
    one.kill();
    await ended(two, 'errand', 'orphan');
    expect(target.asked).toEqual(['booking']);
    expect(target.done.filter(({ what }) => what === 'booking')).toHaveLength(1);
  });

  test('a peer that remembers the run as it was before takes the answer of what it took over', async () => {
    const target = createFakeTarget();
    target.latencyMs = 60;
    target.next('shipping', 'silent');
    const setup = { database: own.database, flows: [errandFlow()], provider: target.provider('searchable') };
    const one = await startEngine({ ...setup, options: { node: 'one', leaseMs: 300 } });
    const two = await startEngine({ ...setup, options: { node: 'two', leaseMs: 300 } });
    engines.push(one, two);
    await one.start(begin('old'));
    const data = { note: 'two knows it while it is being booked' };
    await two.deliver([{ flow: 'errand', key: 'old', id: '1', source: 'test', type: 'errand.noted', data }]);
    await eventually(() => target.calls.includes('shipping'), 'the call that two takes over');
    one.kill();
    await ended(two, 'errand', 'old');
    expect(target.done.map(({ what }) => what)).toEqual(['booking', 'shipping', 'bill']);
  });

  test('a commit whose answer comes after a peer took over what it asked: it is not sent by both', async () => {
    const wire = await openHeldWire(own.database.url);
    const behind = openDatabase({ url: wire.url, poolSize: 10 });
    try {
      const target = createFakeTarget();
      target.latencyMs = 100;
      const setup = { flows: [errandFlow()], provider: target.provider('searchable') };
      const one = await startEngine({ ...setup, database: behind, options: { node: 'one', leaseMs: 300 } });
      engines.push(one);
      await one.start(begin('late'));
      await eventually(() => target.calls.length === 1, 'the first call');
      wire.hold();
      await eventually(() => target.done.length === 1, 'its end, which is written while no answer comes');
      const two = await startEngine({ ...setup, database: own.database, options: { node: 'two', leaseMs: 300 } });
      engines.push(two);
      await ended(two, 'errand', 'late');
      wire.release('commit-');
      await eventually(() => one.health().holdsLease, 'the lease of the one that was cut off');
      wire.release();
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(target.done.map(({ what }) => what)).toEqual(['booking', 'shipping', 'bill']);
    } finally {
      for (const engine of engines.splice(0)) engine.kill();
      wire.close();
      await behind.close();
    }
  });

  test('what the database made ours and we never heard of is found, and asked about before it is sent', async () => {
    const target = createFakeTarget();
    const setup = { database: own.database, flows: [errandFlow()], provider: target.provider('searchable') };
    target.next('booking', 'silent');
    const one = await startEngine({ ...setup, options: { node: 'one' } });
    await one.start(begin('unheard'));
    await eventually(() => target.calls.length === 1, 'the first call');
    one.kill();
    // As if the statement by which its next life takes it had been carried out, and the answer lost.
    await own.database.pool.query(`update effect set epoch = epoch + 1`);
    const again = await startEngine({ ...setup, options: { node: 'one', leaseMs: 20, sweepMs: 20 } });
    engines.push(again);
    await ended(again, 'errand', 'unheard');
    expect(target.asked).toEqual(['booking']);
    expect(target.done.map(({ what }) => what)).toEqual(['booking', 'shipping', 'bill']);
  });

  test('a living node is left alone', async () => {
    const target = createFakeTarget();
    target.latencyMs = 900;
    const setup = { database: own.database, flows: [errandFlow()], provider: target.provider('searchable') };
    const one = await startEngine({ ...setup, options: { node: 'one', leaseMs: 300 } });
    const two = await startEngine({ ...setup, options: { node: 'two', leaseMs: 300 } });
    engines.push(one, two);
    await one.start(begin('mine'));
    await eventually(() => target.done.length === 1, 'the first effect');
    expect(target.asked).toEqual([]);
    expect(two.metrics().lanes).toEqual([]);
  });

  test('two nodes that work on the same runs lose races and nothing else', async () => {
    const target = createFakeTarget();
    target.latencyMs = 2;
    const setup = { database: own.database, flows: [errandFlow()], provider: target.provider('keyed') };
    const one = await startEngine({ ...setup, options: { node: 'one' } });
    const two = await startEngine({ ...setup, options: { node: 'two' } });
    engines.push(one, two);
    const keys = Array.from({ length: 20 }, (_, index) => `shared-${index}`);
    const note = (key: string, id: string) => ({
      flow: 'errand',
      key,
      id,
      source: 'person:ada',
      type: 'errand.noted',
      data: { note: id },
    });
    await Promise.all(keys.map((key) => one.start(begin(key))));
    await Promise.all(
      keys.flatMap((key) =>
        ['a', 'b', 'c', 'd'].flatMap((id) => [one.deliver([note(key, id)]), two.deliver([note(key, id)])]),
      ),
    );
    for (const key of keys) {
      await ended(two, 'errand', key);
      const lines = await one.journal('errand', key);
      expect(lines.filter(({ entry }) => entry.kind === 'received')).toHaveLength(4);
      expect(await one.verify('errand', key)).toEqual({ intact: true });
    }
    expect(target.done).toHaveLength(60);
  });

  test('what a node did not send before it stopped is sent by the next at once, and not in doubt', async () => {
    const target = createFakeTarget();
    const setup = { database: own.database, flows: [errandFlow()], provider: target.provider('searchable') };
    const one = await startEngine({ ...setup, options: { node: 'one' } });
    await one.pauseLane('target', 'person:ada', 'to see what waits');
    await Promise.all(['a', 'b'].map((key) => one.start(begin(key))));
    await eventually(() => one.metrics().lanes[0]?.queued === 2, 'both wait');
    await one.stop();
    const { rows } = await own.database.pool.query('select owner from effect');
    expect(rows).toEqual([{ owner: null }, { owner: null }]);
    const two = await startEngine({ ...setup, options: { node: 'two' } });
    engines.push(two);
    await two.resumeLane('target', 'person:ada', 'seen');
    await Promise.all(['a', 'b'].map((key) => ended(two, 'errand', key)));
    expect(target.asked).toEqual([]);
  });

  test('a stop waits for the call under way and stores its answer', async () => {
    const target = createFakeTarget();
    target.latencyMs = 150;
    const engine = await startEngine({
      database: own.database,
      flows: [errandFlow()],
      provider: target.provider('blind'),
    });
    await engine.start(begin('stopping'));
    await eventually(() => target.calls.length === 1, 'the first call');
    await engine.stop();
    expect(target.done).toHaveLength(1);
    const { rows } = await own.database.pool.query('select state from run');
    expect(rows).toEqual([{ state: 'shipping' }]);
    await expect(engine.start(begin('too-late'))).rejects.toThrow('stopping');
  });

  test('more than a lane holds waits in the database and is sent in order of urgency', async () => {
    const target = createFakeTarget();
    const provider = target.provider('keyed', { lane: { concurrency: 1 } });
    const engine = await startEngine({
      database: own.database,
      flows: [errandFlow()],
      provider,
      options: { laneDepth: 4 },
    });
    engines.push(engine);
    const keys = Array.from({ length: 30 }, (_, index) => `many-${index}`);
    await Promise.all(keys.map((key) => engine.start(begin(key))));
    for (const key of keys) await ended(engine, 'errand', key, 20_000);
    expect(target.maxInFlight).toBe(1);
    expect(target.done).toHaveLength(90);
  });

  test('a flow that changed under the same version refuses to start', async () => {
    const provider = createFakeTarget().provider('keyed');
    engines.push(await startEngine({ database: own.database, flows: [errandFlow()], provider }));
    const changed = errandFlow({ billingCannotBeUndone: true });
    await expect(startEngine({ database: own.database, flows: [changed], provider })).rejects.toThrow(
      'flow errand changed but is still version 1: give it version 2',
    );
  });

  test('a run keeps the version with which it began', async () => {
    const target = createFakeTarget();
    target.next('booking', 'silent');
    const setup = { database: own.database, provider: target.provider('keyed') };
    const before = await startEngine({ ...setup, flows: [errandFlow()] });
    await before.start(begin('old'));
    await eventually(() => target.calls.length === 1, 'the call');
    before.kill();
    const after = await startEngine({ ...setup, flows: [errandFlow({ version: 2 }), errandFlow()] });
    engines.push(after);
    await after.start(begin('new'));
    expect((await ended(after, 'errand', 'old')).version).toBe(1);
    expect((await ended(after, 'errand', 'new')).version).toBe(2);
  });

  test('a message for a run of a version that this node does not know waits for one that does', async () => {
    const target = createFakeTarget();
    target.next('booking', { retryAfterMs: 60_000 });
    const setup = { database: own.database, provider: target.provider('keyed') };
    const old = await startEngine({ ...setup, flows: [errandFlow()] });
    await old.start(begin('unknown'));
    await old.stop();
    const young = await startEngine({
      ...setup,
      flows: [errandFlow({ version: 2 })],
      options: { allowStranded: true },
    });
    await young.deliver([
      { flow: 'errand', key: 'unknown', id: 'n', source: 'person:ada', type: 'errand.noted', data: { note: 'kept' } },
    ]);
    await young.stop();
    const again = await startEngine({ ...setup, flows: [errandFlow()] });
    engines.push(again);
    const run = await again.waitFor(
      'errand',
      'unknown',
      ({ document }) => JSON.stringify(document).includes('kept'),
      4_000,
    );
    expect(run).toBeDefined();
  });
});
