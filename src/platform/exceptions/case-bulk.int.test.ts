import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Fault, fixedClock } from '#model/kernel';
import { auditOf, verifyAudit } from '#platform/audit';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import {
  type BulkAction,
  type BulkDesk,
  type BulkOptions,
  type BulkWorker,
  createBulkDesk,
  createBulkWorker,
  createCaseDesk,
  type Letter,
} from './index.ts';
import { createFakeLetters, createFakeRuns, type FakeRuns, tables } from './testing/fake-runs.ts';

let own: TestDatabase;
let runs: FakeRuns;
let desk: BulkDesk;
let workers: BulkWorker[] = [];
const clock = fixedClock('2026-03-02T10:00:00.000Z');
const logged: string[] = [];
let testIntent = '';
const laid = new Map<string, Letter>();

beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());
beforeEach(async () => {
  await own.database.pool.query('truncate case_record, run, effect, case_note, case_action, bulk_action');
  laid.clear();
  testIntent = randomUUID();
  runs = createFakeRuns(own.database);
  desk = createBulkDesk(needs(), () => {
    for (const worker of workers) worker.wake();
  });
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  clock.advance(1_000);
});

const needs = () => ({
  database: own.database,
  runs,
  tables,
  letters: createFakeLetters(laid),
  clock,
  log: (event: string) => void logged.push(event),
});
const work = (node: string, options: Partial<BulkOptions> = {}): BulkWorker => {
  const worker = createBulkWorker(needs(), { node, everyMs: 20, ...options });
  workers.push(worker);
  return worker;
};
const request = (more: object = {}) => ({
  action: 'retry' as const,
  group: 'errand.failed-send',
  by: 'api:ops',
  intent: testIntent,
  reason: 'mended',
  ...more,
});
async function started(more: object = {}): Promise<BulkAction> {
  const answer = await desk.start(request(more));
  if ('refused' in answer) throw new Error(answer.because);
  return answer.bulk;
}
async function until(id: string, fits: (bulk: BulkAction) => boolean): Promise<BulkAction> {
  for (const end = performance.now() + 15_000; ; ) {
    const bulk = await desk.show(id);
    if (bulk !== undefined && fits(bulk)) return bulk;
    if (performance.now() > end) throw new Error(`the bulk stands still: ${JSON.stringify(bulk)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const finished = (id: string): Promise<BulkAction> => until(id, ({ state }) => state === 'finished');
const openMany = async (count: number, more: (n: number) => object = () => ({})): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    await runs.open({ key: `k${String(n).padStart(3, '0')}`, worth: '10.01', ...more(n) });
  }
};

describe('a bulk', () => {
  test('is previewed: how many, what they are worth, and which not and why; nothing changes', async () => {
    await openMany(5);
    await runs.open({ key: 'ended', phase: 'ended' });
    expect(await desk.preview(request())).toEqual({
      count: 6,
      allowed: 5,
      worth: [{ amount: '50.05', currency: 'GBP' }],
      notAllowed: [{ because: 'The run has ended.', count: 1 }],
    });
    expect(runs.delivered).toEqual([]);
    expect(await desk.list()).toEqual([]);
  });

  test('retries each case of its group once, and says how it went', async () => {
    await openMany(35);
    await runs.open({ key: 'other', group: 'another' });
    await runs.open({ key: 'ended', phase: 'ended' });
    work('a', { batch: 10 });
    const bulk = await finished((await started()).id);
    expect(bulk).toMatchObject({ total: 36, looked: 36, applied: 35, ignored: 0, refused: 1, reason: 'mended' });
    expect(bulk.refusals).toEqual([{ because: 'The run has ended.', count: 1 }]);
    expect(new Set(runs.delivered.map(({ key }) => key)).size).toBe(35);
    expect(runs.delivered).toHaveLength(35);
    expect((await auditOf(own.database.pool, `bulk:${bulk.id}`)).map(({ action }) => action)).toEqual([
      'retry-group',
      'finish',
    ]);
    expect(await verifyAudit(own.database.pool, `bulk:${bulk.id}`)).toEqual({ intact: true, entries: 2 });
    const acted = await own.database.pool.query(`select from audit_entry where details::jsonb ->> 'bulk' = $1`, [
      bulk.id,
    ]);
    expect(acted.rows).toHaveLength(35);
    expect(await verifyAudit(own.database.pool)).toMatchObject({ intact: true });
  });

  test('goes by ship-by, then by age, and keeps the order of one business object', async () => {
    await runs.open({ key: 'late', openedAt: '2026-03-01T00:00:00.000Z' });
    await runs.open({
      key: 'twice',
      effect: 'weigh',
      openedAt: '2026-03-01T02:00:00.000Z',
      dueBy: '2026-03-05T00:00:00.000Z',
    });
    await runs.open({
      key: 'twice',
      effect: 'send',
      openedAt: '2026-03-01T01:00:00.000Z',
      dueBy: '2026-03-05T00:00:00.000Z',
    });
    await runs.open({ key: 'soon', openedAt: '2026-03-02T00:00:00.000Z', dueBy: '2026-03-03T00:00:00.000Z' });
    work('a', { width: 1 });
    await finished((await started()).id);
    expect(runs.delivered.map(({ data }) => (data as { effect: string }).effect)).toEqual([
      'errand:soon:send:once',
      'errand:twice:send:once',
      'errand:twice:weigh:once',
      'errand:late:send:once',
    ]);
  });

  test('the same intent again is the same bulk; more than were seen is refused, and so is an empty group', async () => {
    await openMany(3);
    expect(await desk.start(request({ atMost: 2 }))).toMatchObject({ refused: 'too-many' });
    expect(await desk.start(request({ group: 'none' }))).toMatchObject({ refused: 'absent' });
    const bulk = await started({ atMost: 3 });
    expect((await started({ atMost: 3 })).id).toBe(bulk.id);
    expect(await desk.list()).toHaveLength(1);
  });

  test('two at once do each thing once', async () => {
    await openMany(40);
    work('a', { batch: 7 });
    work('b', { batch: 5 });
    const both = await Promise.all([started(), started({ intent: 'i2' })]);
    const ends = await Promise.all(both.map(({ id }) => finished(id)));
    expect(runs.delivered).toHaveLength(40);
    expect(ends.reduce((sum, { applied }) => sum + applied, 0)).toBe(40);
  });

  test('leaves alone what somebody decided since it began, and not what was only assigned', async () => {
    await openMany(3);
    const cases = createCaseDesk(needs());
    const { cases: all } = await cases.list({ order: 'age', limit: 10 });
    const bulk = await started();
    clock.advance(1_000);
    const act = { by: 'person:jane', version: 1, reason: 'x' };
    runs.failing = new Error('not now');
    await cases.act(all[0]?.record.id ?? '', { ...act, action: 'retry', intent: 'p1' }).catch(() => undefined);
    runs.failing = undefined;
    await cases.act(all[1]?.record.id ?? '', { ...act, action: 'assign', to: 'jane', intent: 'p2' });
    work('a');
    expect(await finished(bulk.id)).toMatchObject({ applied: 2, refused: 1 });
  });

  test('assigns, notes and skips in bulk', async () => {
    await openMany(4, () => ({ effect: 'weigh' }));
    work('a');
    await finished((await started({ action: 'assign', to: 'jane', intent: 'b1' })).id);
    await finished((await started({ action: 'note', intent: 'b2', reason: 'the scale is broken' })).id);
    const cases = createCaseDesk(needs());
    const { cases: all } = await cases.list({ order: 'age', limit: 10 });
    expect(all.map(({ record }) => record.owner)).toEqual(['jane', 'jane', 'jane', 'jane']);
    expect((await cases.show(all[0]?.record.id ?? ''))?.notes).toMatchObject([{ text: 'the scale is broken' }]);
    expect(await finished((await started({ action: 'skip', intent: 'b3' })).id)).toMatchObject({ applied: 4 });
    expect(new Set(runs.delivered.map(({ type }) => type))).toEqual(new Set(['decide.skip']));
  });

  test('goes on elsewhere when its node dies, from where it was, with nothing twice', async () => {
    await openMany(30);
    const dying = work('a', { batch: 10, leaseMs: 300, attempts: 1_000 });
    const bulk = await started();
    await until(bulk.id, ({ applied }) => applied > 0);
    runs.failing = new Error('the node is gone');
    await dying.stop();
    // What it had in hand stands there without a verdict, under its lease.
    await own.database.pool.query(
      `update bulk_action set state = 'running', worker = 'a', lease_until = now() + interval '300 ms'`,
    );
    runs.failing = undefined;
    work('b', { batch: 10, leaseMs: 300 });
    const end = await finished(bulk.id);
    expect(end.applied).toBe(30);
    expect(runs.delivered).toHaveLength(30);
  });

  test('a batch that was taken and not delivered is delivered by whoever goes on', async () => {
    await openMany(12);
    runs.failing = new Error('the node dies in the middle');
    const dying = work('a', { batch: 5, leaseMs: 200, attempts: 1_000 });
    const bulk = await started();
    await until(bulk.id, ({ looked }) => looked > 0);
    await dying.stop();
    runs.failing = undefined;
    work('b', { leaseMs: 200 });
    expect(await finished(bulk.id)).toMatchObject({ applied: 12, looked: 12 });
    expect(runs.delivered).toHaveLength(12);
    expect(logged).toContain('bulk-interrupted');
  });

  test('goes on and ends when one case always fails, which is recorded with its reason', async () => {
    await openMany(25);
    runs.poisoned.add('k003');
    work('a', { batch: 10, attempts: 3, width: 1 });
    const bulk = await finished((await started()).id);
    expect(bulk).toMatchObject({ looked: 25, applied: 24, ignored: 0, refused: 1 });
    expect(bulk.refusals).toEqual([{ because: expect.stringContaining('failed whenever'), count: 1 }]);
    const { rows } = await own.database.pool.query(
      `select a.verdict, a.because from case_action a join case_record c on c.id = a.case_id where c.key = 'k003'`,
    );
    expect(rows).toEqual([
      { verdict: 'ignored', because: 'It failed 3 times, at last with: TypeError: no way with k003' },
    ]);
    const open = await own.database.pool.query(`select key from case_record where closed_at is null`);
    expect(open.rows).toEqual([{ key: 'k003' }]);
  });

  test('waits out an outage, however long, and gives nothing up for it', async () => {
    await openMany(4);
    runs.failing = new Fault('transient', { code: 'away', message: 'away' });
    logged.length = 0;
    work('a', { attempts: 2 });
    const bulk = await started();
    await expect.poll(() => logged.length, { timeout: 5_000 }).toBeGreaterThan(5);
    runs.failing = undefined;
    expect(await finished(bulk.id)).toMatchObject({ applied: 4, refused: 0 });
  });

  test('waits while the lane of the outside system is full, and can be stopped', async () => {
    await openMany(20, () => ({ instance: 'erp' }));
    await own.database.pool.query(
      `insert into effect (key, run_id, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key, asked_version, asked_at)
       select 'e' || n, gen_random_uuid(), 'n', 'once', false, 1, 'c', 'erp', 'v', 2, 'o', 1, now() from generate_series(1, 5) n`,
    );
    work('a', { batch: 4, laneRoom: 5 });
    const bulk = await started();
    await until(bulk.id, ({ applied }) => applied === 4);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await desk.show(bulk.id)).toMatchObject({ applied: 4, state: 'running' });
    await own.database.pool.query(`delete from effect where key = 'e1'`);
    await finished(bulk.id);
    expect(runs.delivered).toHaveLength(20);
  });

  test('closes what nothing else would close, and leaves alone what stands for a letter that waits', async () => {
    await own.database.pool.query(
      `insert into case_record (id, flow, key, cause, summary, opened_at, group_key)
       select gen_random_uuid(), 'quarantine', 'k' || n, 'quarantined', 's', '2026-03-01', 'q' from generate_series(1, 2) n`,
    );
    const { rows } = await own.database.pool.query<{ id: string }>(`select id from case_record where key = 'k1'`);
    const id = rows[0]?.id ?? '';
    laid.set(id, {
      id,
      kind: 'waiting',
      source: 's',
      key: 'k1',
      cause: 'c',
      original: '{}',
      attempts: 1,
      followers: 0,
      openedAt: '',
    });
    expect(await desk.preview({ action: 'close', group: 'q' })).toMatchObject({ count: 2, allowed: 1 });
    work('a');
    expect(await finished((await started({ action: 'close', group: 'q' })).id)).toMatchObject({
      applied: 1,
      refused: 1,
    });
    const open = await own.database.pool.query(`select key from case_record where closed_at is null`);
    expect(open.rows).toEqual([{ key: 'k1' }]);
  });

  test('that is stopped takes no more', async () => {
    await openMany(3);
    const bulk = await started();
    expect(await desk.stop(bulk.id, 'person:jane', 'wrong group')).toBe(true);
    expect(await desk.stop(bulk.id, 'person:jane', 'wrong group')).toBe(false);
    const worker = work('a');
    await worker.stop();
    expect(await desk.show(bulk.id)).toMatchObject({ state: 'stopped', applied: 0 });
    expect(runs.delivered).toEqual([]);
  });
});
