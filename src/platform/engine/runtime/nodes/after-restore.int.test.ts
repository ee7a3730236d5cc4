import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, type EmbeddedPostgres, migrate, openDatabase, startEmbeddedPostgres } from '#platform/storage';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Engine, Provider, VerbClass } from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';
import { ended, eventually, startEngine } from '../testing/engine-under-test.ts';
import { errandFlow } from '../testing/errand.ts';
import { createFakeTarget } from '../testing/fake-target.ts';

const claim = { scope: 'shop', key: 'their-own-key', fingerprint: 'f' };
const begin = (key: string) => ({ flow: 'errand', key, input: { size: 1 }, source: 'test' });

describe('a database that an older copy of itself was put in place of', () => {
  let folder: string;
  let server: EmbeddedPostgres;
  let database: Database;
  let engine: Engine | undefined;
  const log: string[] = [];
  const losses: string[] = [];

  const up = async (): Promise<void> => {
    server = await startEmbeddedPostgres({
      directory: join(folder, 'postgres'),
      settings: { full_page_writes: 'off' },
    });
    await migrate(server.url);
    database = openDatabase({ url: server.url, poolSize: 20 });
  };
  const down = async (): Promise<void> => {
    await engine?.stop();
    engine = undefined;
    await database.close();
    await server.stop();
  };
  const data = (name: string): string => join(folder, 'postgres', name);
  const open = async (
    target: ReturnType<typeof createFakeTarget>,
    verbs: VerbClass,
    options: EngineOptions = {},
    more: Partial<Provider> = {},
  ) => {
    engine = await startEngine({
      database,
      flows: [errandFlow()],
      provider: target.provider(verbs, more),
      needs: {
        log: (event) => log.push(event),
        onLoss: async ({ because }) => {
          losses.push(because);
        },
      },
      options: { history: { evidence: join(folder, 'evidence') }, ...options },
    });
    return engine;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossdock-restore-'));
    await chmod(folder, 0o711);
    log.length = 0;
    losses.length = 0;
    await up();
  });
  afterEach(async () => {
    engine?.kill();
    engine = undefined;
    await database.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A copy with one errand that waits; then the time that will be lost: that errand ends, and another is taken in and ends. */
  async function loseTime(target: ReturnType<typeof createFakeTarget>, verbs: VerbClass): Promise<void> {
    const before = await open(target, verbs, {}, { lane: { concurrency: 1 } });
    // The first is not answered, and the other waits behind it.
    target.next('booking', 'silent');
    await before.start(begin('first'));
    await eventually(() => target.calls.length === 1, 'the call');
    await before.start(begin('waiting'));
    before.kill();
    engine = undefined;
    await down();
    execFileSync('cp', ['-a', data('data'), data('old')]);
    await up();
    const lost = await open(target, verbs);
    if (verbs !== 'blind') await ended(lost, 'errand', 'first');
    await ended(lost, 'errand', 'waiting');
    await lost.start({ ...begin('taken-in-then'), claim });
    await ended(lost, 'errand', 'taken-in-then');
    await down();
    await rename(data('data'), data('lost'));
    await rename(data('old'), data('data'));
    await up();
  }

  test.each(['searchable', 'keyed'] as const)(
    'has nothing done a second time by a %s target',
    async (verbs) => {
      const target = createFakeTarget();
      await loseTime(target, verbs);
      const done = [...target.done];
      expect(done).toHaveLength(9);
      const after = await open(target, verbs);
      expect(losses).toEqual([expect.stringContaining('older copy of itself')]);
      await ended(after, 'errand', 'first');
      await ended(after, 'errand', 'waiting');
      expect(await after.view('errand', 'taken-in-then')).toBeUndefined();
      // The client asks again with its key: its errand gets the name that it had.
      expect(await after.recalled({ scope: claim.scope, key: 'another' })).toBeUndefined();
      const key = await after.recalled(claim);
      expect(key).toBe('taken-in-then');
      await after.start({ ...begin(key ?? ''), claim });
      await ended(after, 'errand', 'taken-in-then');
      expect(target.done).toEqual(done);
      await after.stop();
      await open(target, verbs);
      expect(losses).toHaveLength(1);
    },
    60_000,
  );

  test('gives to a person what a blind target may have done', async () => {
    const target = createFakeTarget();
    await loseTime(target, 'blind');
    const after = await open(target, 'blind');
    await eventually(async () => (await after.parked()).length === 2, 'the cases');
    expect((await after.parked()).find(({ key }) => key === 'waiting')?.summary).toContain('restored');
    expect(target.done).toHaveLength(6);
  }, 60_000);
});

describe('a database that says itself that it is another one', () => {
  let own: TestDatabase;
  const engines: Engine[] = [];
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterEach(async () => {
    for (const engine of engines.splice(0)) engine.kill();
    await own.drop();
  });

  async function open(history: EngineOptions['history'] = {}) {
    const losses: { from: string; because: string }[] = [];
    const target = createFakeTarget();
    const engine = await startEngine({
      database: own.database,
      flows: [errandFlow()],
      provider: target.provider('searchable'),
      needs: {
        onLoss: async (loss) => {
          losses.push(loss);
        },
      },
      options: { history },
    });
    engines.push(engine);
    return { engine, losses, target };
  }
  const windows = async () => (await own.database.pool.query('select from_at, because from lost_window')).rows;

  test('asks nothing while nothing was lost', async () => {
    const { engine, losses, target } = await open();
    await engine.start(begin('calm'));
    await ended(engine, 'errand', 'calm');
    expect([losses, target.asked, await windows()]).toEqual([[], [], []]);
  });

  test.each([
    ['timeline = timeline + 1', 'timeline went from'],
    [`system_identifier = '42'`, 'another cluster'],
  ])('is noticed: %s', async (change, because) => {
    await (await open()).engine.stop();
    await own.database.pool.query(`update database_identity set ${change}`);
    const { engine, losses, target } = await open();
    expect(losses).toEqual([expect.objectContaining({ because: expect.stringContaining(because) })]);
    await engine.start(begin('soon-after'));
    await ended(engine, 'errand', 'soon-after');
    expect(target.asked).toEqual(['booking', 'shipping', 'bill']);
    await engine.stop();
    expect((await open()).losses).toEqual([]);
    expect(await windows()).toHaveLength(1);
  });

  test('is believed when a person says that nothing was lost', async () => {
    await (await open()).engine.stop();
    await own.database.pool.query('update database_identity set timeline = timeline + 1');
    expect((await open({ declared: 'nothing-lost' })).losses).toEqual([]);
    expect(await windows()).toEqual([]);
  });

  test('is told by a person that it was restored', async () => {
    const from = '2026-01-01T00:00:00.000Z';
    const { losses } = await open({ declared: { from } });
    expect(losses).toEqual([expect.objectContaining({ from })]);
    expect(await windows()).toEqual([{ from_at: from, because: 'a person said so' }]);
  });
});
