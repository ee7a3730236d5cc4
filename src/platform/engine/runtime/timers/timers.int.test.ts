import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { businessHours, minutes } from '../../duration.ts';
import { ended, eventually, startEngine } from '../testing/engine-under-test.ts';
import { errandFlow, Slow } from '../testing/errand.ts';
import { createFakeTarget } from '../testing/fake-target.ts';

describe('deadlines', () => {
  let own: TestDatabase;
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterEach(() => own.drop());

  const setup = (version: number, within = minutes(5)) => {
    const target = createFakeTarget();
    const clock = fixedClock('2026-03-06T16:00:00.000Z');
    const flow = errandFlow({ version, within });
    const needs = { clock };
    return {
      target,
      clock,
      setup: { database: own.database, flows: [flow], provider: target.provider('keyed'), needs },
    };
  };
  const begin = (key: string) => ({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
  const rings = async (engine: Awaited<ReturnType<typeof startEngine>>, key: string): Promise<number> =>
    (await engine.journal('errand', key)).filter(
      ({ entry }) => entry.kind === 'received' && entry.message.type === 'deadline',
    ).length;

  test('ring when their time has come, once', async () => {
    const { target, clock, setup: given } = setup(10);
    target.next('booking', 'silent');
    const engine = await startEngine(given);
    await engine.start(begin('slow'));
    expect((await engine.view('errand', 'slow'))?.dueAt).toBe('2026-03-06T16:05:00.000Z');
    clock.advance(299_999);
    await engine.waitFor('errand', 'slow', ({ cases }) => cases.length > 0, 60);
    expect(await rings(engine, 'slow')).toBe(0);
    clock.advance(1);
    const run = await engine.waitFor('errand', 'slow', ({ cases }) => cases.includes(Slow), 3_000);
    expect(run?.dueAt).toBeUndefined();
    clock.advance(3_600_000);
    await engine.waitFor('errand', 'slow', () => false, 60);
    expect(await rings(engine, 'slow')).toBe(1);
    engine.kill();
  });

  test('of a state that was left say nothing any more, and the next state’s are kept', async () => {
    const { target, clock, setup: given } = setup(10);
    target.next('shipping', { retryAfterMs: 600_000 });
    const engine = await startEngine(given);
    await engine.start(begin('moves'));
    await eventually(() => target.calls.includes('shipping'), 'the second state');
    await own.database.pool.query(`update run set updated_at = updated_at where key = 'moves'`);
    const due = (await engine.view('errand', 'moves'))?.dueAt;
    expect(due).toBe('2026-03-06T16:05:00.000Z');
    clock.advance(300_000);
    await engine.waitFor('errand', 'moves', ({ cases }) => cases.includes(Slow), 3_000);
    const ring = (await engine.journal('errand', 'moves')).find(
      ({ entry }) => entry.kind === 'received' && entry.message.type === 'deadline',
    );
    expect(ring?.entry).toMatchObject({ message: { data: { state: 'shipping', visit: 2 } } });
    engine.kill();
  });

  test('that a later state moved away ring at the later time: the row wakes the run early and is moved', async () => {
    const { target, clock, setup: given } = setup(10);
    target.next('booking', { retryAfterMs: 100 });
    target.next('shipping', { retryAfterMs: 600_000 });
    const engine = await startEngine(given);
    await engine.start(begin('later'));
    clock.advance(200_000);
    await eventually(() => target.calls.includes('shipping'), 'the second state');
    await eventually(
      async () => (await engine.view('errand', 'later'))?.dueAt === '2026-03-06T16:08:20.000Z',
      'its time',
    );
    clock.advance(150_000);
    const timer = async () =>
      (await own.database.pool.query(`select timer.due_at from timer join run on run.id = run_id where key = 'later'`))
        .rows[0]?.due_at;
    await eventually(async () => (await timer()) === '2026-03-06T16:08:20.000Z', 'a moved row');
    expect(await rings(engine, 'later')).toBe(0);
    clock.advance(150_000);
    await engine.waitFor('errand', 'later', ({ cases }) => cases.includes(Slow), 3_000);
    expect(await rings(engine, 'later')).toBe(1);
    engine.kill();
  });

  test('that passed while no node ran ring when one starts', async () => {
    const { target, clock, setup: given } = setup(10);
    target.next('booking', 'silent', 'silent');
    const first = await startEngine(given);
    await first.start(begin('away'));
    first.kill();
    clock.advance(86_400_000);
    const second = await startEngine(given);
    const run = await second.waitFor('errand', 'away', ({ cases }) => cases.includes(Slow), 3_000);
    expect(run?.cases).toContain(Slow);
    second.kill();
  });

  test('in business hours wait out the weekend', async () => {
    const { target, setup: given } = setup(11, businessHours(4));
    target.next('booking', 'silent');
    const engine = await startEngine(given);
    await engine.start(begin('weekend'));
    // Friday 16:00 and four hours of a day that ends at 18:00.
    expect((await engine.view('errand', 'weekend'))?.dueAt).toBe('2026-03-09T10:00:00.000Z');
    engine.kill();
  });

  test('leave no timer behind when the run has ended', async () => {
    const { setup: given } = setup(10);
    const engine = await startEngine(given);
    await engine.start(begin('ends'));
    await ended(engine, 'errand', 'ends');
    const { rows } = await own.database.pool.query(
      `select 1 from timer join run on run.id = run_id where key = 'ends'`,
    );
    expect(rows).toEqual([]);
    await engine.stop();
  });
});
