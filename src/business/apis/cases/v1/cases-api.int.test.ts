import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#model/kernel';
import { auditOf } from '#platform/audit';
import { type BulkWorker, createBulkDesk, createBulkWorker, createCaseDesk } from '#platform/exceptions';
import { createFakeLetters, createFakeRuns, type FakeRuns, tables } from '#platform/exceptions/testing';
import { createGateway, createKey, type Gateway } from '#platform/gateway/runtime';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { casesV1 } from './api.ts';
import type { CasesNeeds } from './needs.ts';

let own: TestDatabase;
let gateway: Gateway;
let worker: BulkWorker;
let runs: FakeRuns;
let url: string;
const keys: Record<'reader' | 'worker' | 'decider', string> = { reader: '', worker: '', decider: '' };
const base = '/api/cases/v1';
/** An installation where nobody is asked about anything. */
const oneIsEnough: CasesNeeds['approvals'] = {
  isNeeded: () => false,
  asked: async () => undefined,
  ask: () => Promise.reject(new Error('nobody is asked here')),
};

beforeAll(async () => {
  own = await testDatabase();
  runs = createFakeRuns(own.database);
  const desk = { database: own.database, runs, tables, letters: createFakeLetters(new Map()), clock: systemClock };
  worker = createBulkWorker({ ...desk, log: () => undefined }, { node: 'a', everyMs: 20 });
  const needs = {
    cases: createCaseDesk(desk),
    bulks: createBulkDesk(desk, worker.wake),
    audit: (target: string) => auditOf(own.database.pool, target),
    approvals: oneIsEnough,
  };
  gateway = createGateway(
    {
      apis: [casesV1],
      needs,
      database: own.database,
      log: createLog({ destination: { write: () => undefined } }),
      metrics: { registry: new Registry() },
    },
    { checkAnswers: true, plan: { name: 'test', requests: 1_000_000, seconds: 1 } },
  );
  ({ url } = await gateway.listen());
  const make = async (consumer: string, scopes: readonly string[]) =>
    (await createKey(own.database, { consumer, scopes })).key;
  keys.reader = await make('reader', ['cases:read']);
  keys.worker = await make('helpdesk', ['cases:read', 'cases:work']);
  keys.decider = await make('ops', ['cases:read', 'cases:work', 'cases:decide']);
});
afterAll(async () => {
  await worker.stop();
  await gateway.close();
  await own.drop();
});
beforeEach(async () => {
  runs.delivered.length = 0;
  // Rows, and not tables: the worker reads them meanwhile, and a truncation and a reader may wait for each other.
  await own.database.pool.query(
    'delete from bulk_action; delete from case_action; delete from case_note; delete from effect; delete from case_record; delete from run',
  );
});

async function ask(path: string, key = keys.decider) {
  const answer = await fetch(url + base + path, { headers: { authorization: `Bearer ${key}` } });
  return { status: answer.status, json: JSON.parse(await answer.text()) };
}
async function post(path: string, body: object, { key = keys.decider, intent = randomUUID() } = {}) {
  const answer = await fetch(url + base + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': intent },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, json: JSON.parse(await answer.text()) };
}
const act = (id: string, action: string, more: object = {}, options: object = {}) =>
  post(`/cases/${id}/${action}`, { version: 1, reason: 'mended', ...more }, options);
const paths = ({ json }: { json: { errors?: { path: string }[] } }) => json.errors?.map(({ path }) => path).toSorted();

describe('reading', () => {
  test('a case tells what is at risk, what happened and what may be done, and why not the rest', async () => {
    const id = await runs.open({
      key: 'k1',
      worth: '12.50',
      party: '17850',
      dueBy: '2026-03-05T00:00:00.000Z',
      instance: 'erp',
    });
    const { status, json } = await ask(`/cases/${id}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id,
      version: 1,
      state: 'open',
      key: 'k1',
      customer: '17850',
      worth: { amount: '12.5', currency: 'GBP' },
      shipBy: '2026-03-05T00:00:00.000Z',
      overdue: false,
      fault: { kind: 'permanent', code: 'refused' },
      effect: { name: 'send', standing: 'safe to send', undoes: false },
      run: { state: 'sending', phase: 'forward', means: 'It is being sent.' },
      request: { to: 'Ann', parcels: 1 },
      requestSchema: { type: 'object' },
      notes: [],
      acts: [],
    });
    expect(json.actions).toContainEqual({ action: 'retry', allowed: true });
    expect(json.actions).toContainEqual({
      action: 'not-done',
      allowed: false,
      because: 'Its outcome is not in doubt.',
    });
  });

  test('a list is paged to its end, filtered and sorted as asked', async () => {
    for (let n = 1; n <= 7; n += 1) await runs.open({ key: `k${n}`, worth: `${n}`, party: n > 3 ? 'a' : 'b' });
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { json } = await ask(`/cases?sort=worth&limit=3${after}`);
      seen.push(...json.cases.map((one: { key: string }) => one.key));
      if (json.next === undefined) break;
      after = `&after=${json.next}`;
    }
    expect(seen).toEqual(['k7', 'k6', 'k5', 'k4', 'k3', 'k2', 'k1']);
    const filtered = await ask('/cases?customer=a&minimumWorth=5.5&unowned=true&flow=errand&severity=problem');
    expect(filtered.json.cases.map((one: { key: string }) => one.key).toSorted()).toEqual(['k6', 'k7']);
    const keysOf = async (query: string) =>
      (await ask(`/cases?${query}`)).json.cases.map((one: { key: string }) => one.key).toSorted();
    expect(await keysOf('key=k2')).toEqual(['k2']);
    expect(await keysOf('key=k2&key=k5&key=there-is-none')).toEqual(['k2', 'k5']);
    const overdue = await ask('/cases?overdue=true');
    expect(overdue.json.cases).toEqual([]);
  });

  test('a question that cannot be answered is refused with the field named', async () => {
    const wrong = await ask('/cases?sort=colour&limit=0&minimumWorth=1e3&colour=red&overdue=no');
    expect(wrong.status).toBe(422);
    expect(paths(wrong)).toEqual(['/colour', '/limit', '/minimumWorth', '/overdue', '/sort']);
    for (const after of ['x', btoa('["shipBy","x","y"]'), btoa('["worth","1","0"]')]) {
      expect(paths(await ask(`/cases?after=${encodeURIComponent(after)}`))).toEqual(['/after']);
    }
    expect(paths(await ask('/cases?state=closed&sort=age'))).toEqual(['/sort']);
    expect(paths(await ask('/cases/not-an-id'))).toEqual(['/case']);
    expect((await ask(`/cases/${randomUUID()}`)).status).toBe(404);
  });

  test('a cursor of one order does not fit another', async () => {
    for (let n = 1; n <= 3; n += 1) await runs.open({ key: `k${n}`, worth: `${n}` });
    const { json } = await ask('/cases?sort=worth&limit=1');
    expect(paths(await ask(`/cases?sort=age&limit=1&after=${json.next}`))).toEqual(['/after']);
  });

  test('groups are paged, the largest first', async () => {
    for (const [group, count] of [
      ['g1', 3],
      ['g2', 2],
      ['g3', 2],
    ] as const) {
      for (let n = 0; n < count; n += 1) await runs.open({ key: `${group}-${n}`, group, worth: '1.05' });
    }
    const first = await ask('/groups?limit=2');
    expect(first.json.groups).toMatchObject([
      { group: 'g1', count: 3, worth: [{ amount: '3.15', currency: 'GBP' }] },
      { group: 'g2', count: 2 },
    ]);
    const second = await ask(`/groups?limit=2&after=${first.json.next}`);
    expect(second.json).toMatchObject({ groups: [{ group: 'g3' }] });
    expect(second.json.next).toBeUndefined();
  });
});

describe('acting', () => {
  test('a retry answers what became of it, once for each key', async () => {
    const id = await runs.open({ key: 'k1' });
    const intent = randomUUID();
    const first = await act(id, 'retry', {}, { intent });
    expect(first).toMatchObject({
      status: 200,
      json: { verdict: 'applied', case: { id, version: 2, state: 'closed' } },
    });
    const again = await act(id, 'retry', {}, { intent });
    expect(again).toMatchObject({ status: 200, json: { verdict: 'applied' } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(runs.delivered.filter(({ key }) => key === 'k1')).toHaveLength(1);
    expect((await act(id, 'retry', { reason: 'other' }, { intent })).json.code).toBe('idempotency-key-reused');
    const audit = await ask(`/cases/${id}/audit`);
    expect(audit.json.entries).toMatchObject([
      { seq: 1, by: 'api:ops', action: 'retry', details: { reason: 'mended' } },
    ]);
  });

  test('everything wrong with a body is named', async () => {
    const id = await runs.open({ key: 'k1' });
    const wrong = await act(id, 'assign', { version: 0, reason: ' ', colour: 'red' });
    expect(wrong.status).toBe(422);
    expect(paths(wrong)).toEqual(['/colour', '/reason', '/to', '/version']);
    expect(paths(await act(id, 'edit-and-retry', { request: { to: 1, parcels: 1, x: 1 } }))).toEqual([
      '/request/to',
      '/request/x',
    ]);
    expect(paths(await act(id, 'answer', { answer: { reference: 5 } }))).toEqual(['/answer/reference']);
    expect(runs.delivered.filter(({ key }) => key === 'k1')).toEqual([]);
    expect((await ask(`/cases/${id}`)).json).toMatchObject({ version: 1, acts: [] });
  });

  test('what the case does not allow, and what was decided on an older one, is a conflict with its reason', async () => {
    const id = await runs.open({ key: 'k1' });
    expect(await act(id, 'skip')).toMatchObject({ status: 409, json: { code: 'action-not-allowed' } });
    await act(id, 'notes', { reason: 'called them' });
    expect(await act(id, 'retry')).toMatchObject({ status: 409, json: { code: 'case-changed' } });
    expect((await ask(`/cases/${id}`)).json.notes).toMatchObject([{ by: 'api:ops', text: 'called them' }]);
  });

  test('an edited request is kept with its difference', async () => {
    const id = await runs.open({ key: 'k1' });
    const answer = await act(id, 'edit-and-retry', { request: { to: 'Bob', parcels: 1 } });
    expect(answer.json).toMatchObject({
      verdict: 'applied',
      case: { acts: [{ action: 'edit-and-retry', difference: [{ path: '/to', from: 'Ann', to: 'Bob' }] }] },
    });
  });

  test('each scope does what it says and no more', async () => {
    const id = await runs.open({ key: 'k1', effect: 'weigh' });
    for (const [action, key, status] of [
      ['retry', keys.reader, 403],
      ['notes', keys.reader, 403],
      ['skip', keys.worker, 403],
      ['compensate', keys.worker, 403],
      ['close', keys.worker, 403],
      ['escalate', keys.worker, 200],
    ] as const) {
      expect({ action, status: (await act(id, action, {}, { key })).status }).toEqual({ action, status });
    }
    const group = encodeURIComponent('errand.failed-send');
    expect((await post(`/groups/${group}/retry`, { reason: 'x' }, { key: keys.worker })).status).toBe(403);
    expect((await ask('/groups', keys.reader)).status).toBe(200);
  });
});

describe('a bulk', () => {
  const group = `/groups/${encodeURIComponent('errand.failed-send')}`;
  const ended = async (id: string) => {
    for (let n = 0; n < 500; n += 1) {
      const { json } = await ask(`/bulk-actions/${id}`);
      if (json.state !== 'running') return json;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('the bulk does not end');
  };

  test('is previewed, begun once for each key, followed and audited', async () => {
    for (let n = 0; n < 5; n += 1) await runs.open({ key: `b${n}`, worth: '0.10' });
    const preview = await post(`${group}/retry`, { reason: 'mended', dryRun: true });
    expect(preview.json).toEqual({
      count: 5,
      allowed: 5,
      worth: [{ amount: '0.5', currency: 'GBP' }],
      notAllowed: [],
      needsApproval: false,
    });
    expect(await post(`${group}/retry`, { reason: 'mended', atMost: 4 })).toMatchObject({
      status: 409,
      json: { code: 'group-grew' },
    });
    const intent = randomUUID();
    const began = await post(`${group}/retry`, { reason: 'mended', atMost: 5 }, { intent });
    expect(began.status).toBe(202);
    expect(began.headers.get('location')).toBe(`${base}/bulk-actions/${began.json.id}`);
    const bulk = await ended(began.json.id);
    expect(bulk).toMatchObject({ state: 'finished', applied: 5, ignored: 0, refused: 0, total: 5 });
    expect((await post(`${group}/retry`, { reason: 'mended', atMost: 5 }, { intent })).json.id).toBe(bulk.id);
    expect((await ask('/bulk-actions')).json.bulks).toHaveLength(1);
    expect((await ask(`/bulk-actions/${bulk.id}/audit`)).json.entries).toHaveLength(2);
    expect(await post(`/bulk-actions/${bulk.id}/stop`, { reason: 'x' })).toMatchObject({
      status: 409,
      json: { code: 'bulk-not-running' },
    });
  });

  test('of an unknown group, and one whose body is wrong, is refused', async () => {
    expect((await post('/groups/none/retry', { reason: 'x' })).status).toBe(404);
    expect(paths(await post(`${group}/assign`, { atMost: 0, dryRun: 'yes' }))).toEqual([
      '/atMost',
      '/dryRun',
      '/reason',
      '/to',
    ]);
    expect((await ask(`/bulk-actions/${randomUUID()}`)).status).toBe(404);
  });
});

test('the contract is published', async () => {
  const { json } = await ask('/openapi.json');
  expect(Object.keys(json.paths)).toContain('/cases/{case}/edit-and-retry');
});
