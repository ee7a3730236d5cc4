import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Engine, VerbClass } from '../engine.ts';
import { ended, eventually, startEngine } from '../testing/engine-under-test.ts';
import { blindly, errandFlow } from '../testing/errand.ts';
import { type Behaviour, createFakeTarget, type FakeTarget } from '../testing/fake-target.ts';

describe('an effect whose answer is lost', () => {
  let own: TestDatabase;
  let engine: Engine | undefined;
  let number = 0;
  beforeAll(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterAll(async () => {
    await own.drop();
  });

  async function errand(
    verbClass: VerbClass,
    behaviours: readonly Behaviour[],
    more: {
      readonly lateCommitMs?: number;
      readonly prepare?: (target: FakeTarget) => void;
      readonly version?: number;
    } = {},
  ) {
    const target = createFakeTarget();
    target.next('booking', ...behaviours);
    more.prepare?.(target);
    const { lateCommitMs = 0 } = more;
    const provider = target.provider(verbClass, { lateCommitMs });
    const flow =
      verbClass === 'blind'
        ? errandFlow({ version: 3, effect: { ...blindly, timeoutMs: 30 } })
        : errandFlow({ version: 2, effect: { timeoutMs: 30 } });
    // Each test has its own version; what the others left in this database is not its business.
    const options = { allowStranded: true };
    engine = await startEngine({ database: own.database, flows: [flow], provider, options });
    number += 1;
    const key = `doubt-${number}`;
    await engine.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
    return { engine, target, key };
  }

  const bookings = (target: FakeTarget): number => target.done.filter(({ what }) => what === 'booking').length;

  test('is sent again with the same key where the target knows keys, and done once', async () => {
    const { engine, target, key } = await errand('keyed', ['lose-answer']);
    await ended(engine, 'errand', key);
    expect(bookings(target)).toBe(1);
    expect(target.calls.filter((what) => what === 'booking')).toHaveLength(2);
    await engine.stop();
  });

  test('is sent again where it only reads', async () => {
    const { engine, target, key } = await errand('read', ['cut-off', 'cut-off']);
    await ended(engine, 'errand', key);
    expect(target.asked).toEqual([]);
    await engine.stop();
  });

  test('is asked about where the target can be searched, and what was done is not done again', async () => {
    const { engine, target, key } = await errand('searchable', ['lose-answer']);
    const run = await ended(engine, 'errand', key);
    expect(bookings(target)).toBe(1);
    expect(target.asked).toEqual(['booking']);
    expect(run.document).toMatchObject({ references: ['ref-1', 'ref-2', 'ref-3'] });
    await engine.stop();
  });

  test('is sent again, as the next attempt, when the search finds nothing', async () => {
    const { engine, target, key } = await errand('searchable', ['cut-off']);
    await ended(engine, 'errand', key);
    expect(target.done[0]).toMatchObject({ what: 'booking', attempt: 2 });
    await engine.stop();
  });

  test('is believed not to be there only after the declared late-commit time', async () => {
    const { engine, target, key } = await errand('searchable', ['late'], { lateCommitMs: 150 });
    await ended(engine, 'errand', key);
    expect(bookings(target)).toBe(1);
    expect(target.asked).toEqual(['booking']);
    await engine.stop();
  });

  test('is asked about again while the target is not sure, and at the end becomes a case in doubt', async () => {
    const { engine, target, key } = await errand('searchable', ['lose-answer'], {
      prepare: (target) => target.next('find booking', 'silent', 'away', 'silent', 'silent', 'silent'),
    });
    await eventually(
      async () => (await engine.view('errand', key))?.cases.includes('book-failed') === true,
      'its case',
    );
    expect(bookings(target)).toBe(1);
    const cases = await engine.parked();
    expect(cases.find((one) => one.key === key)?.summary).toMatch(/^in-doubt/);
    await engine.stop();
  });

  test('is never sent again where nobody can say: it becomes a case', async () => {
    const { engine, target, key } = await errand('blind', ['lose-answer']);
    await eventually(
      async () => (await engine.view('errand', key))?.cases.includes('book-failed') === true,
      'its case',
    );
    expect(target.calls).toEqual(['booking']);
    await engine.stop();
  });

  test('a blind one is sent again when no byte of it left', async () => {
    const { engine, target, key } = await errand('blind', ['away']);
    await ended(engine, 'errand', key);
    expect(bookings(target)).toBe(1);
    await engine.stop();
  });

  test('a call without an end is cut off by its time and treated as lost', async () => {
    const { engine, target, key } = await errand('searchable', ['silent']);
    await ended(engine, 'errand', key);
    expect(bookings(target)).toBe(1);
    expect(target.asked).toEqual(['booking']);
    await engine.stop();
  });

  test('a blind one whose node died before it sent is sent by the next; after, it is a case', async () => {
    for (const point of ['before-send', 'after-send']) {
      const target = createFakeTarget();
      const setup = {
        database: own.database,
        flows: [errandFlow({ version: 3, effect: { ...blindly, timeoutMs: 30 } })],
        provider: target.provider('blind'),
      };
      const died = Promise.withResolvers<void>();
      const first: Engine = await startEngine({
        ...setup,
        options: {
          allowStranded: true,
          crashAt: (at) => {
            if (at !== point) return;
            first.kill();
            died.resolve();
          },
        },
      });
      const key = `blind-${point}`;
      await first.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
      await died.promise;
      const second = await startEngine({ ...setup, options: { allowStranded: true } });
      await eventually(
        async () => (await second.view('errand', key))?.cases.includes('book-failed') === true,
        'its case',
      );
      // The mark was committed in both cases, so that in both a person looks: no second sending is risked.
      expect(target.calls.filter((what) => what === 'booking').length).toBeLessThanOrEqual(1);
      await second.stop();
    }
  });
});
