import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Flow } from '../../flow.ts';
import type { Engine } from '../engine.ts';
import { ended, eventually, startEngine } from '../testing/engine-under-test.ts';
import { errandFlow, hastily } from '../testing/errand.ts';
import { type Behaviour, createFakeTarget } from '../testing/fake-target.ts';

describe('what an attempt left half made', () => {
  let own: TestDatabase;
  let number = 0;
  const versions: Flow[] = [];
  beforeAll(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterAll(() => own.drop());

  /** An errand whose booking meets these behaviours, and a target that can be searched and tidied. */
  async function errand(scripts: Readonly<Record<string, readonly Behaviour[]>>, lateCommitMs = 0) {
    const target = createFakeTarget();
    for (const [what, behaviours] of Object.entries(scripts)) target.next(what, ...behaviours);
    const provider = target.provider('searchable', { lateCommitMs });
    // Runs of earlier tests may wait on in their versions, so that every engine knows them all.
    versions.push(
      errandFlow({
        version: versions.length + 1,
        effect: { retry: hastily, discard: (verbs, request, call) => verbs.discard(request, call) },
      }),
    );
    const setup = { database: own.database, flows: versions, provider };
    number += 1;
    const key = `half-${number}`;
    const say = (engine: Engine, type: string, data: object = {}) =>
      engine.deliver([{ flow: 'errand', key, id: type, source: 'person:ada', type, data }]);
    const begin = async (options: Parameters<typeof startEngine>[0]['options'] = {}): Promise<Engine> => {
      const engine = await startEngine({ ...setup, options });
      await engine.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
      return engine;
    };
    return { target, setup, key, say, begin };
  }

  const casesOf = async (key: string) =>
    (await own.database.pool.query('select cause, summary, instance, closed_at from case_record where key = $1', [key]))
      .rows;

  test('stays while the run wants it: the next attempt completes it', async () => {
    const { target, key, begin } = await errand({ booking: ['half'] });
    const engine = await begin();
    expect((await ended(engine, 'errand', key)).ending).toBe('completed');
    expect(target.calls.filter((what) => what === 'booking')).toHaveLength(2);
    expect(target.halves).toEqual(new Set());
    await engine.stop();
  });

  test('is taken away when the run is given up while its outcome is in doubt', async () => {
    const { target, key, begin, say } = await errand({ booking: ['half'] }, 150);
    const engine = await begin();
    await eventually(() => target.halves.size === 1, 'half of it is there');
    await say(engine, 'errand.cancelled');
    expect(await ended(engine, 'errand', key)).toMatchObject({ ending: 'cancelled', cases: [] });
    expect(target.halves).toEqual(new Set());
    expect(target.done).toEqual([]);
    await engine.stop();
  });

  test('is taken away when the run is given up after it was known that it is not done', async () => {
    const { target, key, begin, say } = await errand({ booking: ['half', { retryAfterMs: 200 }] });
    const engine = await begin();
    await eventually(() => target.calls.length === 2, 'it was sent again, to be told to wait');
    expect(target.halves.size).toBe(1);
    await say(engine, 'errand.cancelled');
    expect((await ended(engine, 'errand', key)).ending).toBe('cancelled');
    expect(target.halves).toEqual(new Set());
    expect(target.done).toEqual([]);
    await engine.stop();
  });

  test('is taken away by the next node when the first dies before it could', async () => {
    const { target, setup, key, begin, say } = await errand({ booking: ['half'] }, 100);
    const died = Promise.withResolvers<void>();
    const first: Engine = await begin({
      crashAt: (point) => {
        if (point !== 'before-discard') return;
        first.kill();
        died.resolve();
      },
    });
    await eventually(() => target.halves.size === 1, 'half of it is there');
    await say(first, 'errand.cancelled');
    await died.promise;
    const second = await startEngine(setup);
    expect((await ended(second, 'errand', key)).ending).toBe('cancelled');
    expect(target.halves).toEqual(new Set());
    expect(target.done).toEqual([]);
    await second.stop();
  });

  test('is tried again when it cannot be taken away at once, and found when it was done late', async () => {
    const { target, key, begin, say } = await errand({ booking: ['half'], 'discard booking': ['away', 'late'] }, 100);
    const engine = await begin();
    await eventually(() => target.halves.size === 1, 'half of it is there');
    await say(engine, 'errand.cancelled');
    expect((await ended(engine, 'errand', key)).ending).toBe('cancelled');
    // Either it was taken away before it could be done late, or it was undone.
    expect(target.undone.length).toBe(target.done.length);
    expect(target.asked.length).toBeGreaterThan(1);
    await engine.stop();
  });

  test.each([
    ['for good', ['never']],
    ['too often', ['away', 'away', 'away', 'away']],
  ] as const)('that cannot be taken away, %s, holds nobody up and becomes a case', async (_, behaviours) => {
    const { target, key, begin, say } = await errand({ booking: ['half'], 'discard booking': behaviours }, 100);
    const engine = await begin();
    await eventually(() => target.halves.size === 1, 'half of it is there');
    await say(engine, 'errand.cancelled');
    const run = await ended(engine, 'errand', key);
    expect(run).toMatchObject({ ending: 'cancelled', cases: ['left-behind-book'] });
    const effect = `errand:${key}:book:once`;
    expect(await casesOf(key)).toEqual([
      { cause: 'left-behind-book', summary: expect.stringContaining(effect), instance: 'target', closed_at: null },
    ]);
    await say(engine, 'decide.close', { cause: 'left-behind-book', reason: 'taken away by hand' });
    expect(await casesOf(key)).toMatchObject([{ closed_at: expect.anything() }]);
    await engine.stop();
  });

  test.each([
    ['in the middle', ['half-never']],
    ['after it was sent as often as it may be', ['half', 'half', 'half', 'half']],
  ] as const)(
    'of an effect that failed %s is taken away, so that an edited one stands alone',
    async (_, behaviours) => {
      const { target, key, begin, say } = await errand({ booking: behaviours });
      const engine = await begin();
      const parked = await engine.waitFor('errand', key, ({ cases }) => cases.includes('book-failed'), 8_000);
      expect(parked?.open).toMatchObject([{ name: 'book', parked: true }]);
      expect(parked?.open[0]?.doubtful).toBeUndefined();
      expect(target.halves).toEqual(new Set());
      const edit = { request: { what: 'another' }, difference: [], reason: 'wrong item' };
      await say(engine, 'decide.retry-edited', { effect: parked?.open[0]?.key, ...edit });
      expect((await ended(engine, 'errand', key)).ending).toBe('completed');
      expect(target.done[0]).toMatchObject({ what: 'another', key: `errand:${key}:book:once.e1` });
      expect(target.halves).toEqual(new Set());
      await engine.stop();
    },
  );

  test('of an effect that failed for good and cannot be tidied is named in its case', async () => {
    const { key, begin } = await errand({ booking: ['half-never'], 'discard booking': ['away'] });
    const engine = await begin();
    await engine.waitFor('errand', key, ({ cases }) => cases.includes('book-failed'), 8_000);
    expect(await casesOf(key)).toMatchObject([{ summary: expect.stringContaining('could not be taken away') }]);
    await engine.stop();
  });

  test('is taken away when somebody finds out that what was in doubt was not done, and nobody wants it', async () => {
    const unsure: readonly Behaviour[] = ['silent', 'silent', 'silent', 'silent'];
    const { target, key, begin, say } = await errand({ booking: ['half'], 'find booking': unsure });
    const engine = await begin();
    const parked = await engine.waitFor('errand', key, ({ cases }) => cases.includes('book-failed'), 8_000);
    expect(parked?.open[0]?.doubtful).toBe(true);
    await say(engine, 'errand.cancelled');
    expect((await engine.view('errand', key))?.phase).toBe('unwinding');
    await say(engine, 'decide.not-done', { effect: parked?.open[0]?.key, reason: 'looked it up' });
    expect(await ended(engine, 'errand', key)).toMatchObject({ ending: 'cancelled', cases: [] });
    expect(target.halves).toEqual(new Set());
    expect(target.done).toEqual([]);
    await engine.stop();
  });
});
