import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Engine } from './engine.ts';
import { ended, eventually, startEngine } from './testing/engine-under-test.ts';
import { errandFlow } from './testing/errand.ts';
import { createFakeTarget } from './testing/fake-target.ts';

describe('starts and messages', () => {
  let own: TestDatabase;
  let engine: Engine;
  const target = createFakeTarget();
  const start = (key: string, claim?: { scope: string; key: string; fingerprint: string }) =>
    engine.start({ flow: 'errand', key, input: { size: 1 }, source: 'test', ...(claim ? { claim } : {}) });
  const noted = (key: string, id: string, note = id) => ({
    flow: 'errand',
    key,
    id,
    source: 'person:ada',
    type: 'errand.noted',
    data: { note },
  });

  beforeAll(async () => {
    own = await testDatabase({ poolSize: 20 });
    const provider = target.provider('keyed');
    engine = await startEngine({ database: own.database, flows: [errandFlow()], provider });
  });
  afterAll(async () => {
    await engine.stop();
    await own.drop();
  });

  test('fifty starts at once with one claim make one run, and all learn its key', async () => {
    const claim = { scope: 'shop', key: 'one-intent', fingerprint: 'same' };
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => start(`claimed-${index}`, claim)));
    expect(answers.filter(({ outcome }) => outcome === 'started')).toHaveLength(1);
    expect(new Set(answers.map(({ key }) => key)).size).toBe(1);
    const { rows } = await own.database.pool.query(`select key from run where key like 'claimed-%'`);
    expect(rows).toHaveLength(1);
  });

  test('a claim that is held for something else conflicts', async () => {
    await start('first', { scope: 'shop', key: 'taken', fingerprint: 'a' });
    expect(await start('second', { scope: 'shop', key: 'taken', fingerprint: 'b' })).toEqual({
      outcome: 'conflicting',
      key: 'first',
    });
    expect(await engine.view('errand', 'second')).toBeUndefined();
  });

  test('fifty starts at once of one key make one run', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => start('one-key')));
    expect(answers.filter(({ outcome }) => outcome === 'started')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'repeated')).toHaveLength(49);
  });

  test('a message that comes before its run waits, and is delivered when the run starts', async () => {
    await engine.deliver([noted('early', 'm1')]);
    expect(await engine.view('errand', 'early')).toBeUndefined();
    await start('early');
    const run = await engine.waitFor(
      'errand',
      'early',
      ({ document }) => JSON.stringify(document).includes('m1'),
      2_000,
    );
    expect(run?.document).toMatchObject({ notes: ['m1'] });
    const { rows } = await own.database.pool.query('select * from inbox');
    expect(rows).toEqual([]);
  });

  test('a message that is delivered five times at once, and once more later, counts once', async () => {
    target.latencyMs = 100;
    await start('repeated');
    await Promise.all(Array.from({ length: 5 }, () => engine.deliver([noted('repeated', 'again')])));
    await engine.deliver([noted('repeated', 'again')]);
    target.latencyMs = 0;
    expect((await ended(engine, 'errand', 'repeated')).document).toMatchObject({ notes: ['again'] });
    const lines = await engine.journal('errand', 'repeated');
    expect(lines.filter(({ entry }) => entry.kind === 'received')).toHaveLength(1);
  });

  test('the same id from another source is another message', async () => {
    await start('sources');
    const run = engine.deliver([noted('sources', 'x'), { ...noted('sources', 'x'), source: 'person:bob' }]);
    await run;
    const lines = await engine.journal('errand', 'sources');
    expect(lines.filter(({ entry }) => entry.kind === 'received')).toHaveLength(2);
  });

  test('a late message that nobody expects is recorded and becomes a case', async () => {
    await start('late');
    await ended(engine, 'errand', 'late');
    const late = { flow: 'errand', key: 'late', id: 'too-late', source: 'person:ada', data: {} };
    await engine.deliver([{ ...late, type: 'errand.cancelled', original: 'CANCEL PLEASE' }]);
    expect((await engine.view('errand', 'late'))?.cases).toEqual(['late-errand.cancelled']);
    const last = (await engine.journal('errand', 'late')).find(({ entry }) => entry.kind === 'received');
    expect(last?.entry).toMatchObject({ verdict: 'unexpected', original: 'CANCEL PLEASE' });
  });

  test('a hand-off that was lost with its node is made up for by the sweeper', async () => {
    await start('swept');
    await own.database.pool.query(
      `insert into inbox (flow, key, hash, kind, message, put_at) values ('errand', 'swept', gen_random_uuid(), 'message', $1, now() - interval '1 minute')`,
      [
        JSON.stringify({
          id: 'lost',
          source: 'person:ada',
          type: 'errand.noted',
          data: { note: 'lost' },
          at: '2026-01-01T00:00:00.000Z',
        }),
      ],
    );
    await eventually(
      async () => (await own.database.pool.query('select 1 from inbox')).rowCount === 0,
      'an empty inbox',
    );
    const lines = await engine.journal('errand', 'swept');
    expect(lines.some(({ entry }) => entry.kind === 'received' && entry.message.id === 'lost')).toBe(true);
  });

  test.each([
    [{ flow: 'nowhere' }, 'flow'],
    [{ key: '' }, 'key'],
    [{ key: 'a\u0000b' }, 'key'],
    [{ key: 'x'.repeat(201) }, 'key'],
    [{ source: '\ud800' }, 'source'],
  ])('a start with %j is refused and names the field', async (wrong, field) => {
    const asked = { flow: 'errand', key: 'k', input: { size: 1 }, source: 'test', ...wrong };
    await expect(engine.start(asked)).rejects.toThrow(new RegExp(`^${field}: `));
  });

  test.each(['book.done', 'ship.undone', 'deadline', 'errand.ended'])(
    'a message from outside may not pass for the engine’s own %s',
    async (type) => {
      await expect(engine.deliver([{ ...noted('first', 'spoof'), type }])).rejects.toThrow(/^type: /);
    },
  );

  test('a question about a run that throws is told to who asked, and the run goes on', async () => {
    target.latencyMs = 50;
    await start('asked-wrongly');
    target.latencyMs = 0;
    const wrong = engine.waitFor(
      'errand',
      'asked-wrongly',
      ({ state }) => {
        if (state === 'shipping') throw new RangeError('what a question');
        return false;
      },
      5_000,
    );
    await expect(wrong).rejects.toThrow(RangeError);
    expect((await ended(engine, 'errand', 'asked-wrongly')).ending).toBe('completed');
  });

  test('what begin throws comes back to the caller, and nothing is stored', async () => {
    const asked = { flow: 'errand', key: 'bad-input', input: { size: 1n }, source: 'test' };
    await expect(engine.start(asked)).rejects.toThrow();
    expect(await engine.view('errand', 'bad-input')).toBeUndefined();
  });
});
