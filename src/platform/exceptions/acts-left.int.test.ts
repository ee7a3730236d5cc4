import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Fault, fixedClock } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createActAttempts } from './act-attempts.ts';
import { finishActsLeft } from './acts-left.ts';
import { type BulkWorker, type CaseAct, type CaseDesk, createBulkWorker, createCaseDesk } from './index.ts';
import { createFakeLetters, createFakeRuns, type FakeRuns, tables } from './testing/fake-runs.ts';

let own: TestDatabase;
let runs: FakeRuns;
let desk: CaseDesk;
let worker: BulkWorker | undefined;
const clock = fixedClock('2026-03-02T10:00:00.000Z');
const needs = () => ({
  database: own.database,
  runs,
  tables,
  letters: createFakeLetters(new Map()),
  clock,
  log: () => undefined,
});

beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());
beforeEach(async () => {
  await own.database.pool.query('truncate case_record, run, effect, case_note, case_action, bulk_action');
  runs = createFakeRuns(own.database);
  desk = createCaseDesk(needs());
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

/** Acts on a node that dies after it took the case, before the run heard of it. */
async function leave(more: Partial<CaseAct> = {}): Promise<string> {
  const id = await runs.open({ key: 'k1' });
  runs.failing = new Error('the node dies');
  const act = { action: 'retry' as const, by: 'person:jane', intent: 'i1', version: 1, reason: 'mended', ...more };
  await expect(desk.act(id, act)).rejects.toThrow('the node dies');
  expect((await desk.show(id))?.acts).toMatchObject([{ action: act.action }]);
  runs.failing = undefined;
  return id;
}
const attempts = (most = 3) => createActAttempts(most);

describe('an act whose node died over it', () => {
  test('is finished by another node after a while, once', async () => {
    const id = await leave();
    clock.advance(59_000);
    expect(await finishActsLeft(needs(), attempts())).toBe(0);
    clock.advance(2_000);
    const both = await Promise.all([finishActsLeft(needs(), attempts()), finishActsLeft(needs(), attempts())]);
    expect(both).toContain(1);
    expect(await finishActsLeft(needs(), attempts())).toBe(0);
    expect(runs.delivered).toMatchObject([{ key: 'k1', id: 'i1', type: 'decide.retry' }]);
    expect((await desk.show(id))?.acts).toMatchObject([{ verdict: 'applied' }]);
  });

  test('is finished by the worker of a node that lives', async () => {
    const id = await leave();
    clock.advance(10);
    worker = createBulkWorker(needs(), { node: 'b', everyMs: 20, actPatienceMs: 0 });
    await expect.poll(async () => (await desk.show(id))?.acts[0]?.verdict, { timeout: 5_000 }).toBe('applied');
    expect(runs.delivered).toHaveLength(1);
  });

  test('is finished with what was edited, of which only the difference is told', async () => {
    const id = await leave({ action: 'edit-and-retry', request: { to: 'Bob', parcels: 1 } });
    clock.advance(61_000);
    expect(await finishActsLeft(needs(), attempts())).toBe(1);
    const difference = [{ path: '/to', from: 'Ann', to: 'Bob' }];
    expect(runs.delivered).toMatchObject([{ data: { request: { to: 'Bob', parcels: 1 }, difference } }]);
    expect((await desk.show(id))?.acts[0]?.details).toEqual({ reason: 'mended', difference });
  });

  test('is closed with a reason when what was edited was not kept', async () => {
    const id = await leave({ action: 'edit-and-retry', request: { to: 'Bob', parcels: 1 } });
    await own.database.pool.query(`update case_action set details = details - 'request'`);
    clock.advance(61_000);
    await finishActsLeft(needs(), attempts());
    expect((await desk.show(id))?.acts).toMatchObject([
      { verdict: 'ignored', because: expect.stringContaining('anew') },
    ]);
    expect(runs.delivered).toEqual([]);
  });

  test('is given up with its reason when it fails again and again, and not because of an outage', async () => {
    const id = await leave();
    clock.advance(61_000);
    const counted = attempts(3);
    const finish = () => finishActsLeft(needs(), counted);
    runs.failing = new Fault('transient', { code: 'away', message: 'the database is away' });
    for (let n = 0; n < 5; n += 1) expect(await finish()).toBe(0);
    runs.failing = new Error('it is broken');
    await finish();
    await finish();
    expect((await desk.show(id))?.acts[0]?.verdict).toBeUndefined();
    await finish();
    expect((await desk.show(id))?.acts).toMatchObject([
      { verdict: 'ignored', because: 'It failed 3 times, at last with: Error: it is broken' },
    ]);
  });
});
