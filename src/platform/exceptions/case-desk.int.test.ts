import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { auditOf, verifyAudit } from '#platform/audit';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { type CaseAct, type CaseDesk, createCaseDesk, giveDeadlines, isRefused, summariseOpenCases } from './index.ts';
import type { Letter } from './letters.ts';
import { createFakeLetters, createFakeRuns, type FakeLetters, type FakeRuns, tables } from './testing/fake-runs.ts';

let own: TestDatabase;
let runs: FakeRuns;
let letters: FakeLetters;
let desk: CaseDesk;
const laid = new Map<string, Letter>();
const clock = fixedClock('2026-03-02T10:00:00.000Z');

beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());
beforeEach(async () => {
  await own.database.pool.query('truncate case_record, run, effect, case_note, case_action');
  laid.clear();
  runs = createFakeRuns(own.database);
  letters = createFakeLetters(laid);
  desk = createCaseDesk({ database: own.database, runs, tables, letters, clock });
});

const act = (action: CaseAct['action'], more: Partial<CaseAct> = {}): CaseAct => ({
  action,
  by: 'person:jane',
  intent: `person:jane:${randomUUID()}`,
  version: 1,
  reason: 'it was mended',
  ...more,
});
const allowedOf = async (id: string): Promise<readonly string[]> =>
  Object.entries((await desk.show(id))?.allowances ?? {})
    .filter(([, { allowed }]) => allowed)
    .map(([action]) => action);

describe('what may be done about a case', () => {
  test('of an effect that failed: everything that it declares', async () => {
    const id = await runs.open({ key: 'k1' });
    expect(await allowedOf(id)).toEqual([
      'retry',
      'edit-and-retry',
      'answer',
      'compensate',
      'assign',
      'escalate',
      'note',
    ]);
    const detail = await desk.show(id);
    expect(detail?.effect).toMatchObject({ key: 'errand:k1:send:once', standing: 'safe to send', parked: true });
    expect(detail?.request).toEqual({ to: 'Ann', parcels: 1 });
    expect(detail?.stateMeans).toBe('It is being sent.');
    expect(detail?.allowances.skip).toMatchObject({ allowed: false, because: expect.stringContaining('answers') });
  });

  test('of one that can go without: it may be skipped, and neither edited nor answered', async () => {
    const id = await runs.open({ key: 'k1', effect: 'weigh' });
    expect(await allowedOf(id)).toEqual(['retry', 'skip', 'compensate', 'assign', 'escalate', 'note']);
  });

  test('of one in doubt that nobody can answer: a person may say not-done, and may not edit', async () => {
    const fault = { kind: 'ambiguous', code: 'lost', message: 'The answer was lost.' } as const;
    const id = await runs.open({ key: 'k1', fault });
    expect(await allowedOf(id)).toEqual(['retry', 'answer', 'not-done', 'compensate', 'assign', 'escalate', 'note']);
    expect((await desk.show(id))?.effect?.standing).toBe('in doubt: nobody knows');
  });

  test.each([
    [null, null, 'safe to send'],
    ['node-1', null, 'under way'],
    ['node-1', '2026-01-01T00:00:00Z', 'in doubt: asking'],
  ])(
    'of one that was edited seven times and is on its way (%s, %s): nothing but waiting',
    async (owner, doubt, standing) => {
      const id = await runs.open({ key: 'k1' });
      await own.database.pool.query(
        `update run set control = (control::jsonb || '{"edits": {"send/once": 7}}')::text where key = 'k1'`,
      );
      await own.database.pool.query(
        `insert into effect (key, run_id, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key,
         asked_version, asked_at, owner, doubt_since)
       values ('errand:k1:send:once.e7', gen_random_uuid(), 'send', 'once', false, 1, 'c', 'i', 'v', 2, 'o', 1, now(), $1, $2)`,
        [owner, doubt],
      );
      expect((await desk.show(id))?.effect?.standing).toBe(standing);
      expect(await allowedOf(id)).toEqual(['compensate', 'assign', 'escalate', 'note']);
    },
  );

  test('of a run with a part under way: it is not given up, and the part is named', async () => {
    const id = await runs.open({ key: 'k1' });
    await own.database.pool.query(
      `update run set control = (control::jsonb || '{"children": [{"flow": "errand", "key": "k1-N"}]}')::text where key = 'k1'`,
    );
    expect(await allowedOf(id)).not.toContain('compensate');
    const refused = (await desk.show(id))?.allowances.compensate;
    expect(refused).toMatchObject({ allowed: false, because: expect.stringContaining('k1-N is under way') });
  });

  test('of a run that is being undone: the effect may be skipped, and the run not undone twice', async () => {
    const id = await runs.open({ key: 'k1', phase: 'unwinding' });
    const allowed = await allowedOf(id);
    expect(allowed).toContain('skip');
    expect(allowed).not.toContain('compensate');
  });

  test('of an overdue stage: it may be closed; of a closed one: only noted', async () => {
    const id = await runs.open({ key: 'k1', effect: '' });
    expect(await allowedOf(id)).toEqual(['compensate', 'assign', 'escalate', 'note', 'close']);
    await own.database.pool.query(`update case_record set closed_at = now(), closed_because = 'it went on'`);
    expect(await allowedOf(id)).toEqual(['note']);
    expect((await desk.show(id))?.allowances.retry).toMatchObject({ because: 'The case is closed: it went on.' });
  });

  test('of a version of the flow that this node does not know: what needs no flow', async () => {
    const id = await runs.open({ key: 'k1' });
    await own.database.pool.query('update run set flow_version = 9');
    expect(await allowedOf(id)).toEqual(['assign', 'escalate', 'note']);
  });
});

describe('acting on a case', () => {
  test('a retry is delivered to the run once, however often it is asked', async () => {
    const id = await runs.open({ key: 'k1' });
    const retry = act('retry');
    const answers = await Promise.all(Array.from({ length: 10 }, () => desk.act(id, retry)));
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ verdict: 'applied' })));
    expect(await desk.act(id, retry)).toEqual({ verdict: 'applied' });
    expect(runs.delivered).toMatchObject([
      { key: 'k1', type: 'decide.retry', data: { effect: 'errand:k1:send:once', reason: 'it was mended' } },
    ]);
    expect(await auditOf(own.database.pool, `case:${id}`)).toMatchObject([
      { action: 'retry', by: 'person:jane', details: { reason: 'it was mended', key: 'k1' } },
    ]);
    expect((await desk.show(id))?.record).toMatchObject({ version: 2, closedBecause: 'it was done' });
  });

  test('an edited request is checked, and the difference is kept and told to the run', async () => {
    const id = await runs.open({ key: 'k1' });
    const wrong = await desk.act(id, act('edit-and-retry', { request: { to: 'Bob', parcels: 'two', colour: 'red' } }));
    expect(wrong).toMatchObject({
      refused: 'invalid',
      failures: expect.arrayContaining([
        expect.objectContaining({ path: '/request/parcels' }),
        expect.objectContaining({ path: '/request/colour', code: 'unknown-member' }),
      ]),
    });
    expect((await desk.show(id))?.record.version).toBe(1);
    expect(await desk.act(id, act('edit-and-retry', { request: { to: 'Bob', parcels: 1 } }))).toEqual({
      verdict: 'applied',
    });
    const difference = [{ path: '/to', from: 'Ann', to: 'Bob' }];
    expect(runs.delivered).toMatchObject([
      { type: 'decide.retry-edited', data: { difference, request: { to: 'Bob' } } },
    ]);
    expect((await desk.show(id))?.acts).toMatchObject([
      { action: 'edit-and-retry', details: { difference }, verdict: 'applied' },
    ]);
  });

  test('an answer by hand is checked by the schema of the effect’s answer', async () => {
    const id = await runs.open({ key: 'k1' });
    expect(await desk.act(id, act('answer', { answer: {} }))).toMatchObject({
      refused: 'invalid',
      failures: [{ path: '/answer/reference' }],
    });
    expect(await desk.act(id, act('answer', { answer: { reference: 'R1' } }))).toEqual({ verdict: 'applied' });
    expect(runs.delivered).toMatchObject([{ type: 'decide.answer', data: { answer: { reference: 'R1' } } }]);
  });

  test('upon a version that is not the present one is refused, and of two at once one is', async () => {
    const id = await runs.open({ key: 'k1' });
    expect(await desk.act(id, act('assign', { to: 'jane' }))).toEqual({ verdict: 'applied' });
    expect(await desk.act(id, act('retry'))).toMatchObject({ refused: 'stale' });
    const both = await Promise.all([
      desk.act(id, act('retry', { version: 2 })),
      desk.act(id, act('retry', { version: 2 })),
    ]);
    expect(both.filter((acted) => !isRefused(acted))).toHaveLength(1);
    expect(runs.delivered).toHaveLength(1);
  });

  test('what a node began and did not finish is finished when the same intent comes again', async () => {
    const id = await runs.open({ key: 'k1' });
    const retry = act('retry');
    runs.failing = new Error('the node died');
    await expect(desk.act(id, retry)).rejects.toThrow('the node died');
    expect((await desk.show(id))?.acts).toMatchObject([{ action: 'retry' }]);
    runs.failing = undefined;
    expect(await desk.act(id, retry)).toEqual({ verdict: 'applied' });
    expect(runs.delivered).toHaveLength(1);
    expect((await auditOf(own.database.pool, `case:${id}`)).map(({ action }) => action)).toEqual(['retry']);
  });

  test('a decision that does not fit any more is told as ignored, with the reason', async () => {
    const id = await runs.open({ key: 'k1' });
    await runs.deliver([
      {
        flow: 'errand',
        key: 'k1',
        id: 'm',
        source: 'person:ann',
        type: 'decide.retry',
        data: { effect: 'errand:k1:send:once' },
      },
    ]);
    await own.database.pool.query('update case_record set closed_at = null');
    expect(await desk.act(id, act('retry'))).toEqual({
      verdict: 'ignored',
      because: 'nothing waits for this decision any more',
    });
  });

  test('assigning, escalating and notes change the case and no run', async () => {
    const id = await runs.open({ key: 'k1' });
    await desk.act(id, act('assign', { to: 'jane' }));
    await desk.act(id, act('escalate', { version: 2, reason: 'the ship leaves' }));
    await desk.act(id, act('note', { version: 3, reason: 'called them' }));
    expect((await desk.show(id))?.record).toMatchObject({ owner: 'jane', level: 1, version: 4 });
    expect((await desk.show(id))?.notes).toMatchObject([{ by: 'person:jane', text: 'called them' }]);
    await desk.act(id, act('assign', { version: 4, to: null }));
    expect((await desk.show(id))?.record.owner).toBeUndefined();
    expect(runs.delivered).toEqual([]);
    expect((await auditOf(own.database.pool, `case:${id}`)).map(({ action }) => action)).toEqual([
      'assign',
      'escalate',
      'note',
      'assign',
    ]);
    expect(await verifyAudit(own.database.pool, `case:${id}`)).toEqual({ intact: true, entries: 4 });
  });

  test('a case of nothing is closed with its reason; one of an unknown id is absent', async () => {
    const id = randomUUID();
    await own.database.pool.query(
      `insert into case_record (id, flow, key, cause, summary, opened_at) values ($1, 'errand', 'k', 'not-started', 'x', now())`,
      [id],
    );
    expect(await desk.act(id, act('retry'))).toMatchObject({ refused: 'not-allowed' });
    expect(await desk.act(id, act('close', { reason: 'started by hand' }))).toEqual({ verdict: 'applied' });
    expect((await desk.show(id))?.record.closedBecause).toBe('started by hand');
    expect(await desk.act(randomUUID(), act('close'))).toMatchObject({ refused: 'absent' });
  });

  test('a letter is retried, edited and skipped at the letters’ desk, and not closed', async () => {
    const id = randomUUID();
    await own.database.pool.query(
      `insert into case_record (id, flow, key, cause, summary, opened_at) values ($1, 'quarantine', 'k', 'quarantined', 'x', now())`,
      [id],
    );
    laid.set(id, {
      id,
      kind: 'waiting',
      source: 's',
      key: 'k',
      cause: 'c',
      original: '{}',
      attempts: 1,
      followers: 0,
      openedAt: '',
    });
    expect(await allowedOf(id)).toEqual(['retry', 'edit-and-retry', 'skip', 'assign', 'escalate', 'note']);
    expect(await desk.act(id, act('close'))).toMatchObject({ refused: 'not-allowed' });
    expect(await desk.act(id, act('edit-and-retry', { request: { a: 1 } }))).toEqual({ verdict: 'applied' });
    expect(await desk.act(id, act('skip', { version: 2 }))).toEqual({ verdict: 'applied' });
    expect(letters.asked).toEqual([`edit {"a":1} ${id}`, `skip ${id}`]);
  });
});

describe('lists', () => {
  const day = (n: number): string => `2026-03-${String(n).padStart(2, '0')}T12:00:00.000Z`;
  beforeEach(async () => {
    for (let n = 1; n <= 9; n += 1) {
      await runs.open({
        key: `k${n}`,
        worth: `${n * 100}.10`,
        party: n % 2 ? 'odd' : 'even',
        openedAt: day(10 - n),
        group: n > 6 ? 'g2' : 'g1',
        ...(n === 9 ? {} : { dueBy: day(n) }),
        ...(n === 3 ? { currency: 'EUR' } : {}),
      });
    }
  });
  const keys = async (query: object): Promise<readonly string[]> =>
    (await desk.list({ order: 'shipBy', limit: 50, ...query })).cases.map(({ record }) => record.key);

  test('stand in the order asked for, page by page, with nothing twice and nothing left out', async () => {
    for (const [order, expected] of [
      ['shipBy', ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9']],
      ['worth', ['k9', 'k8', 'k7', 'k6', 'k5', 'k4', 'k3', 'k2', 'k1']],
      ['age', ['k9', 'k8', 'k7', 'k6', 'k5', 'k4', 'k3', 'k2', 'k1']],
    ] as const) {
      const seen: string[] = [];
      for (let after: { place: string; id: string } | undefined, more = true; more; ) {
        const page = await desk.list({ order, limit: 4, after });
        seen.push(...page.cases.map(({ record }) => record.key));
        after = page.next;
        more = after !== undefined;
      }
      expect(seen).toEqual(expected);
    }
  });

  test('are filtered by everything at once', async () => {
    expect(await keys({ party: 'odd', group: 'g1', minimumWorth: '300' })).toEqual(['k3', 'k5']);
    expect(await keys({ currency: 'EUR' })).toEqual(['k3']);
    expect(await keys({ key: ['k4'], flow: 'errand', cause: 'failed-send', severity: 'problem' })).toEqual(['k4']);
    await own.database.pool.query(`update case_record set owner = 'jane', deadline_at = $1 where key = 'k2'`, [day(1)]);
    expect(await keys({ owner: 'jane', overdueAt: day(2) })).toEqual(['k2']);
    expect(await keys({ unowned: true })).toHaveLength(8);
    await own.database.pool.query(`update case_record set closed_at = now() where key = 'k5'`);
    expect(await keys({ order: 'closed' })).toEqual(['k5']);
    expect(await keys({})).toHaveLength(8);
  });

  test('groups say how many, what is at risk in each currency, and what is next', async () => {
    await own.database.pool.query(`update case_record set owner = 'jane', deadline_at = $1 where key in ('k1', 'k2')`, [
      day(2),
    ]);
    const groups = await summariseOpenCases(own.database, day(3));
    expect(groups).toMatchObject([
      {
        group: 'g1',
        count: 6,
        unowned: 4,
        overdue: 2,
        worth: [
          { currency: 'EUR', amount: '300.1' },
          { currency: 'GBP', amount: '1800.5' },
        ],
        oldest: day(4),
        nextDueBy: day(1),
        owners: [{ owner: 'jane', count: 2 }],
        sample: { key: 'k1' },
      },
      { group: 'g2', count: 3, worth: [{ amount: '2400.3' }] },
    ]);
    expect(await summariseOpenCases(own.database, day(3), { after: { count: 6, group: 'g1' } })).toMatchObject([
      { group: 'g2' },
    ]);
    expect(await summariseOpenCases(own.database, day(3), { flow: 'other' })).toEqual([]);
  });

  test('every case gets a deadline of its own in working time, once', async () => {
    const calendar = { add: (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString() };
    expect(await giveDeadlines({ database: own.database, calendar }, { problem: 3 })).toBe(9);
    expect(await giveDeadlines({ database: own.database, calendar }, { problem: 5 })).toBe(0);
    const { cases } = await desk.list({ order: 'age', limit: 1 });
    expect(cases[0]?.record.deadlineAt).toBe('2026-03-01T15:00:00.000Z');
  });
});
