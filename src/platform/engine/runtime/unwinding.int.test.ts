import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Engine } from './engine.ts';
import { ended, eventually, startEngine } from './testing/engine-under-test.ts';
import { errandFlow } from './testing/errand.ts';
import { createFakeTarget, type FakeTarget } from './testing/fake-target.ts';

describe('unwinding', () => {
  let own: TestDatabase;
  let number = 0;
  beforeAll(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterAll(() => own.drop());

  async function errand(target: FakeTarget) {
    const provider = target.provider('keyed');
    const flow = errandFlow({ version: 4, billingCannotBeUndone: true });
    const engine: Engine = await startEngine({ database: own.database, flows: [flow], provider });
    number += 1;
    const key = `unwind-${number}`;
    await engine.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
    const cancel = () =>
      engine.deliver([{ flow: 'errand', key, id: 'c', source: 'person:ada', type: 'errand.cancelled', data: {} }]);
    return { engine, key, cancel };
  }

  /** The target's lane, paused before any work comes. */
  async function held(target: FakeTarget): Promise<void> {
    const engine = await startEngine({ database: own.database, flows: [], provider: target.provider('keyed') });
    await engine.pauseLane('target', 'person:ada', 'to see what waits');
    await engine.stop();
  }

  test('undoes what was done in reverse, one by one, with the answers that it had', async () => {
    const target = createFakeTarget();
    target.next('bill', 'refuse');
    const { engine, key } = await errand(target);
    expect((await ended(engine, 'errand', key)).ending).toBe('cancelled');
    expect(target.undone).toEqual([
      { what: 'ref-2', key: `errand:${key}:ship:once:undo`, attempt: 1 },
      { what: 'ref-1', key: `errand:${key}:book:once:undo`, attempt: 1 },
    ]);
    await engine.stop();
  });

  test('awaits what was sent before it undoes', async () => {
    const target = createFakeTarget();
    target.latencyMs = 80;
    const { engine, key, cancel } = await errand(target);
    await eventually(() => target.calls.length === 1, 'the first call');
    await cancel();
    expect((await engine.view('errand', key))?.phase).toBe('unwinding');
    await ended(engine, 'errand', key);
    expect(target.undone.map(({ what }) => what)).toEqual(['ref-1']);
    await engine.stop();
  });

  test('withdraws what was not sent', async () => {
    const target = createFakeTarget();
    await held(target);
    const { engine, key, cancel } = await errand(target);
    await eventually(() => engine.metrics().lanes[0]?.queued === 1, 'it waits in its lane');
    await cancel();
    expect((await ended(engine, 'errand', key)).ending).toBe('cancelled');
    expect(target.done).toEqual([]);
    expect((await engine.journal('errand', key)).some(({ entry }) => entry.kind === 'withdrawn')).toBe(true);
    await engine.resumeLane('target', 'person:ada', 'seen to');
    await engine.stop();
  });

  async function withFailedUndo() {
    const target = createFakeTarget();
    target.next('bill', 'refuse');
    target.next('revert ref-2', 'never');
    const { engine, key } = await errand(target);
    const run = await engine.waitFor('errand', key, ({ cases }) => cases.includes('undo-failed-ship'), 8_000);
    expect(run).toMatchObject({ phase: 'unwinding', open: [{ name: 'ship', undoes: true, parked: true }] });
    expect(target.undone).toEqual([]);
    const decide = (type: string) => {
      const data = { effect: run?.open[0]?.key, reason: 'seen to', answer: null };
      return engine.deliver([{ flow: 'errand', key, id: type, source: 'person:jane', type, data }]);
    };
    return { target, engine, key, decide };
  }

  test('an undo that does not succeed becomes a case, waits for a decision, and is tried again', async () => {
    const { target, engine, key, decide } = await withFailedUndo();
    await decide('decide.retry');
    const run = await ended(engine, 'errand', key);
    expect(run.cases).toEqual([]);
    expect(target.undone.map(({ what }) => what)).toEqual(['ref-2', 'ref-1']);
    await engine.stop();
  });

  test('an undo that was made by hand is not made again, and the others go on', async () => {
    const { target, engine, key, decide } = await withFailedUndo();
    await decide('decide.answer');
    expect((await ended(engine, 'errand', key)).cases).toEqual([]);
    expect(target.undone.map(({ what }) => what)).toEqual(['ref-1']);
    await engine.stop();
  });

  test('goes on with the next node when the first dies in the middle', async () => {
    const target = createFakeTarget();
    target.next('bill', 'refuse');
    const provider = target.provider('keyed');
    const setup = {
      database: own.database,
      flows: [errandFlow({ version: 4, billingCannotBeUndone: true })],
      provider,
    };
    const died = Promise.withResolvers<void>();
    const first: Engine = await startEngine({
      ...setup,
      options: {
        crashAt: (point, { key }) => {
          if (point !== 'after-send' || !String(key).endsWith(':ship:once:undo')) return;
          first.kill();
          died.resolve();
        },
      },
    });
    await first.start({ flow: 'errand', key: 'dies', input: { size: 1 }, source: 'test' });
    await died.promise;
    const second = await startEngine(setup);
    expect((await ended(second, 'errand', 'dies')).ending).toBe('cancelled');
    expect(target.undone.map(({ what }) => what).toSorted()).toEqual(['ref-1', 'ref-2', 'ref-2']);
    await second.stop();
  });
});
