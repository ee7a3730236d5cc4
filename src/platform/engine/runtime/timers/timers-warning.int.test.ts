import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { businessHours, minutes } from '../../duration.ts';
import { eventually, startEngine } from '../testing/engine-under-test.ts';
import { errandFlow, Slow } from '../testing/errand.ts';
import { createFakeTarget } from '../testing/fake-target.ts';

describe('a state that wants to be warned', () => {
  let own: TestDatabase;
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterEach(() => own.drop());

  const given = (within = minutes(20)) => {
    const target = createFakeTarget();
    const clock = fixedClock('2026-03-06T16:00:00.000Z');
    const flow = errandFlow({ version: 20, within, warnAt: 0.75 });
    return {
      target,
      clock,
      setup: { database: own.database, flows: [flow], provider: target.provider('keyed'), needs: { clock } },
    };
  };
  const begin = (key: string) => ({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
  const cases = async () =>
    (
      await own.database.pool.query(
        `select cause, severity, party, closed_at is null as open, closed_because from case_record order by opened_at, cause`,
      )
    ).rows;
  const timer = async (key: string) =>
    (await own.database.pool.query(`select timer.due_at from timer join run on run.id = run_id where key = $1`, [key]))
      .rows[0]?.due_at;
  const warning = 'nearly-overdue-booking';

  test('opens a warning at its share of the time, which the breach replaces', async () => {
    const { target, clock, setup } = given();
    target.next('booking', 'silent');
    const engine = await startEngine(setup);
    await engine.start(begin('slow'));
    expect((await engine.view('errand', 'slow'))?.dueAt).toBe('2026-03-06T16:20:00.000Z');
    expect(await timer('slow')).toBe('2026-03-06T16:15:00.000Z');
    clock.advance(15 * 60_000 - 1);
    await engine.waitFor('errand', 'slow', ({ cases: open }) => open.length > 0, 60);
    expect(await cases()).toEqual([]);
    clock.advance(1);
    await engine.waitFor('errand', 'slow', ({ cases: open }) => open.includes(warning), 3_000);
    expect(await cases()).toMatchObject([{ cause: warning, severity: 'warning', party: 'the customer', open: true }]);
    expect(await timer('slow')).toBe('2026-03-06T16:20:00.000Z');
    clock.advance(5 * 60_000);
    await engine.waitFor('errand', 'slow', ({ cases: open }) => open.includes(Slow), 3_000);
    expect(await cases()).toMatchObject([
      { cause: warning, open: false, closed_because: 'its deadline has passed' },
      { cause: Slow, severity: 'problem', open: true },
    ]);
    engine.kill();
  });

  test('forgets the warning when the state is left', async () => {
    const { target, clock, setup } = given();
    target.next('booking', { retryAfterMs: 600 });
    target.next('shipping', { retryAfterMs: 600_000 });
    const engine = await startEngine(setup);
    await engine.start(begin('late'));
    clock.advance(16 * 60_000);
    await engine.waitFor('errand', 'late', ({ cases: open }) => open.includes(warning), 3_000);
    await engine.waitFor('errand', 'late', ({ state }) => state === 'shipping', 6_000);
    expect(await cases()).toMatchObject([{ cause: warning, open: false }]);
    engine.kill();
  });

  test('warns once, also when the node that warned is gone', async () => {
    const { target, clock, setup } = given();
    target.next('booking', 'silent', 'silent');
    const first = await startEngine(setup);
    await first.start(begin('away'));
    clock.advance(16 * 60_000);
    await first.waitFor('errand', 'away', ({ cases: open }) => open.includes(warning), 3_000);
    first.kill();
    const second = await startEngine(setup);
    await second.waitFor('errand', 'away', () => false, 100);
    expect(await cases()).toHaveLength(1);
    clock.advance(4 * 60_000);
    await second.waitFor('errand', 'away', ({ cases: open }) => open.includes(Slow), 3_000);
    second.kill();
  });

  test('says nothing of a warning whose time passed together with the deadline', async () => {
    const { target, clock, setup } = given();
    target.next('booking', 'silent');
    const engine = await startEngine(setup);
    await engine.start(begin('overslept'));
    clock.advance(86_400_000);
    await engine.waitFor('errand', 'overslept', ({ cases: open }) => open.includes(Slow), 3_000);
    expect((await cases()).map(({ cause }) => cause)).toEqual([Slow]);
    engine.kill();
  });

  test('counts its share on the business calendar', async () => {
    const { target, setup } = given(businessHours(4));
    target.next('booking', 'silent');
    const engine = await startEngine(setup);
    await engine.start(begin('weekend'));
    expect(await timer('weekend')).toBe('2026-03-09T09:00:00.000Z');
    engine.kill();
  });

  test('costs a run that is in time neither a commit nor a row', async () => {
    const { setup } = given();
    const engine = await startEngine(setup);
    await engine.start(begin('swift'));
    await engine.waitFor('errand', 'swift', ({ phase }) => phase === 'ended', 5_000);
    const { rows } = await own.database.pool.query(`select version from run where key = 'swift'`);
    expect(rows).toEqual([{ version: 4 }]);
    await eventually(async () => (await timer('swift')) === undefined, 'no timer');
    expect(await cases()).toEqual([]);
    await engine.stop();
  });

  test('is the only one that may say so: a message from outside may not', async () => {
    const { setup } = given();
    const engine = await startEngine(setup);
    const message = { flow: 'errand', key: 'x', id: '1', source: 'test', type: 'nearly-due', data: { visit: 1 } };
    await expect(engine.deliver([message])).rejects.toThrow();
    await engine.stop();
  });
});
