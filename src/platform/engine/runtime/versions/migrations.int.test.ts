import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Flow } from '../../flow.ts';
import type { Engine } from '../engine.ts';
import { ended, eventually, startEngine } from '../testing/engine-under-test.ts';
import { type ErrandDoc, errandFlow } from '../testing/errand.ts';
import { createFakeTarget } from '../testing/fake-target.ts';

const begin = (key: string) => ({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
const note = (key: string, id: string) => ({
  flow: 'errand',
  key,
  id,
  source: 'person:ada',
  type: 'errand.noted',
  data: { note: id },
});

type Errands = ReturnType<typeof errandFlow>;
type Carry = (old: { readonly state: string; readonly document: ErrandDoc }) => {
  readonly state: string;
  readonly document: unknown;
  readonly enter?: true;
};

/** Version 2, which takes over runs of version 1. */
const second = (carry: Carry, version = 2, from = 1): Errands => {
  const flow = errandFlow({ version });
  const state = (old: { readonly state: string; readonly document: unknown }) => carry(old as Parameters<Carry>[0]);
  return { ...flow, table: { ...flow.table, migrates: [{ from, state }] } };
};
const asItIs: Carry = ({ state, document }) => ({
  state,
  document: { ...document, notes: [...document.notes, 'taken over'] },
});

describe('a run of an older version', () => {
  let own: TestDatabase;
  let target: ReturnType<typeof createFakeTarget>;
  const engines: Engine[] = [];
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 30 });
    target = createFakeTarget();
  });
  afterEach(async () => {
    for (const engine of engines.splice(0)) engine.kill();
    await own.drop();
  });

  const open = async (flows: readonly Flow[], options: object = {}): Promise<Engine> => {
    const engine = await startEngine({
      database: own.database,
      flows,
      provider: target.provider('searchable'),
      options: { node: 'one', leaseMs: 1_000, migrateMs: 50, ...options },
    });
    engines.push(engine);
    return engine;
  };
  const documentOf = async (engine: Engine, key: string): Promise<ErrandDoc> =>
    (await engine.view('errand', key))?.document as ErrandDoc;

  /** Errands that wait for their first effect, left behind by a program with version 1. */
  async function waitingErrand(...keys: readonly string[]): Promise<void> {
    const old = await startEngine({
      database: own.database,
      flows: [errandFlow()],
      provider: target.provider('searchable', { lane: { concurrency: 1 } }),
      options: { node: 'one' },
    });
    // The first is not answered, and the others wait behind it.
    target.next('booking', 'silent');
    for (const key of keys) await old.start(begin(key));
    await eventually(() => target.calls.length === 1, 'the call');
    old.kill();
  }

  test('is taken over in the background, with its open effect under its key, and ends by the new one', async () => {
    await waitingErrand('a');
    const young = await open([second(asItIs)]);
    const run = await ended(young, 'errand', 'a');
    expect(run).toMatchObject({ version: 2, ending: 'completed' });
    expect((await documentOf(young, 'a')).notes).toEqual(['taken over']);
    expect(target.done.map(({ key }) => key)).toEqual([
      'errand:a:book:once',
      'errand:a:ship:once',
      'errand:a:bill:once',
    ]);
    const entries = (await young.journal('errand', 'a')).map(({ entry }) => entry);
    expect(entries).toContainEqual({ kind: 'migrated', from: 1, to: 2, state: 'booking' });
    expect(await young.verify('errand', 'a')).toEqual({ intact: true });
  });

  test('is taken over while its call is under way, and the answer comes back to the new version', async () => {
    target.latencyMs = 400;
    const engine = await open([errandFlow()], { node: 'old' });
    await engine.start(begin('b'));
    await eventually(() => target.calls.length === 1, 'the call');
    const young = await open([errandFlow(), second(asItIs)], { node: 'young' });
    const run = await ended(young, 'errand', 'b', 15_000);
    await engine.stop();
    expect(run.ending).toBe('completed');
    expect(target.done.map(({ what }) => what)).toEqual(['booking', 'shipping', 'bill']);
  }, 30_000);

  test('waits while a living node does not know the new version', async () => {
    await waitingErrand('c');
    target.latencyMs = 2_000;
    const old = await open([errandFlow()], { node: 'old' });
    const young = await open([errandFlow(), second(asItIs)], { node: 'young', leaseMs: 400 });
    expect((await ended(old, 'errand', 'c', 15_000)).version).toBe(1);
    expect((await young.view('errand', 'c'))?.version).toBe(1);
  }, 20_000);

  test('is taken over at the latest when a message comes for it', async () => {
    await waitingErrand('d');
    const young = await open([second(asItIs)], { migrateMs: 3_600_000 });
    await young.deliver([note('d', 'late')]);
    await eventually(async () => (await documentOf(young, 'd')).notes.includes('late'), 'the note');
    expect((await documentOf(young, 'd')).notes).toEqual(['taken over', 'late']);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no such thing');
      },
      'no such thing',
    ],
    ['names a state that is not there', ({ document }) => ({ state: 'nowhere', document }), 'no state nowhere'],
    [
      'changes what never changes',
      ({ state, document }) => ({ state, document: { ...document, given: { size: 9 } } }),
      'given',
    ],
  ] satisfies readonly (readonly [string, Carry, string])[])(
    'stays, with a case, when its migration %s',
    async (_, carry, because) => {
      await waitingErrand('e');
      target.next('find booking', 'silent', 'silent', 'silent');
      target.latencyMs = 1_000;
      const young = await open([errandFlow(), second(carry)]);
      await eventually(async () => (await young.view('errand', 'e'))?.cases.length === 1, 'the case');
      expect((await young.view('errand', 'e'))?.version).toBe(1);
      const [parked] = await young.parked();
      expect(parked).toMatchObject({ cause: 'cannot-migrate-to-2' });
      expect(parked?.summary).toContain(because);
      await young.stop();

      const mended = await open([errandFlow(), second(asItIs)]);
      expect(await ended(mended, 'errand', 'e')).toMatchObject({ version: 2, cases: [] });
    },
  );

  test('goes through several versions, each by its own step', async () => {
    await waitingErrand('f');
    const twice = await open([second(asItIs), second(asItIs, 3, 2)]);
    expect(await ended(twice, 'errand', 'f')).toMatchObject({ version: 3 });
    expect((await documentOf(twice, 'f')).notes).toEqual(['taken over', 'taken over']);
  });

  test('keeps a deadline that did not change', async () => {
    await waitingErrand('g');
    const due = (await own.database.pool.query('select due_at from run')).rows[0].due_at;
    target.latencyMs = 3_000;
    const young = await open([errandFlow(), second(asItIs)]);
    await eventually(async () => (await young.view('errand', 'g'))?.version === 2, 'the migration');
    expect((await young.view('errand', 'g'))?.dueAt).toBe(due);
  });

  test('of which nobody knows how to go on refuses the start, and says which and how many', async () => {
    await waitingErrand('h1', 'h2');
    await expect(open([errandFlow({ version: 2 })])).rejects.toThrow(
      /does not know errand version 1 and would strand 2 unfinished runs of errand version 1 \(h1, h2\)[\s\S]*migrates/,
    );
    const anyway = await open([errandFlow({ version: 2 })], { allowStranded: true });
    expect((await anyway.view('errand', 'h1'))?.state).toBe('booking');
  });

  test('that changed under its version refuses the start, and names the runs', async () => {
    await waitingErrand('i');
    await expect(open([errandFlow({ billingCannotBeUndone: true })])).rejects.toThrow(
      /errand changed but is still version 1[\s\S]*would strand 1 unfinished run of errand version 1 \(i\)/,
    );
    const developing = await open([errandFlow({ billingCannotBeUndone: true })], { allowStranded: true });
    expect((await ended(developing, 'errand', 'i')).ending).toBe('completed');
  });

  test('is left to a living node that has its version', async () => {
    await waitingErrand('j');
    target.latencyMs = 500;
    const old = await open([errandFlow()], { node: 'old' });
    const told: string[] = [];
    const young = await startEngine({
      database: own.database,
      flows: [errandFlow({ version: 2 })],
      provider: target.provider('searchable'),
      needs: { log: (event) => told.push(event) },
      options: { node: 'young', leaseMs: 2_000 },
    });
    engines.push(young);
    expect(told).toContain('runs-left-to-others');
    await young.deliver([note('j', 'for the other')]);
    expect((await ended(old, 'errand', 'j', 15_000)).version).toBe(1);
    expect((await documentOf(old, 'j')).notes).toEqual(['for the other']);
  }, 30_000);

  test('whose node came back as another program, before anybody thought it dead, goes on at a peer', async () => {
    const peer = await open([errandFlow()], { node: 'peer', leaseMs: 60_000 });
    await waitingErrand('m');
    await startEngine({
      database: own.database,
      flows: [errandFlow({ version: 2 })],
      provider: target.provider('searchable'),
      options: { node: 'one' },
    }).then((engine) => engines.push(engine));
    expect((await ended(peer, 'errand', 'm')).version).toBe(1);
    expect(target.done.filter(({ what }) => what === 'booking')).toHaveLength(1);
  });

  test('among hundreds: all end, and a rolled back program finds the runs that it would strand', async () => {
    const keys = Array.from({ length: 300 }, (_, index) => `k${index}`);
    await waitingErrand(...keys);
    const young = await open([second(asItIs)]);
    for (const key of keys) expect((await ended(young, 'errand', key, 20_000)).version).toBe(2);
    expect(target.done).toHaveLength(900);
    target.next('booking', 'silent');
    await young.start(begin('new'));
    await eventually(() => target.calls.length > 900, 'the call');
    young.kill();
    await expect(open([errandFlow()])).rejects.toThrow(/strand 1 unfinished run of errand version 2 \(new\)/);
  }, 60_000);
});
