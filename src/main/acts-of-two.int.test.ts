import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scopesOf } from '#business/apis';
import { approvalsV1 } from '#business/apis/approvals/v1';
import { casePerformers, casesV1 } from '#business/apis/cases/v1';
import { decimal, systemClock } from '#model/kernel';
import { type ApprovalDesk, createApprovalDesk, type Performer } from '#platform/approvals';
import { auditOf } from '#platform/audit';
import { type BulkWorker, createBulkDesk, createBulkWorker, createCaseDesk } from '#platform/exceptions';
import { createFakeLetters, createFakeRuns, type FakeRuns, tables } from '#platform/exceptions/testing';
import type { Caller, PeopleDoor } from '#platform/gateway';
import { createGateway, createKey, type Gateway } from '#platform/gateway/runtime';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';

let own: TestDatabase;
let gateway: Gateway;
let worker: BulkWorker;
let runs: FakeRuns;
let approvals: ApprovalDesk;
let interrupted: Performer | undefined;
let url: string;
let key: string;

/** People whose cookie is their name. */
const people: Readonly<Record<string, Caller>> = Object.fromEntries(
  (
    [
      ['susan', 'supervisor', undefined],
      ['sam', 'supervisor', undefined],
      ['olga', 'operator', undefined],
      ['stefan', 'steward', undefined],
      ['nora', 'supervisor', ['NORTH']],
      ['nils', 'supervisor', ['NORTH', 'WEST']],
      ['sue', 'supervisor', ['SOUTH']],
    ] as const
  ).map(([userName, role, sites]) => [
    userName,
    {
      keyId: userName,
      consumer: userName,
      by: `person:${userName}`,
      scopes: scopesOf(role, sites !== undefined),
      ...(sites === undefined ? {} : { sites }),
    },
  ]),
);
const door: PeopleDoor = { prove: async (cookie) => people[cookie], routes: [], problems: {} };

beforeAll(async () => {
  own = await testDatabase();
  const { database } = own;
  runs = createFakeRuns(database);
  const desk = { database, runs, tables, letters: createFakeLetters(new Map()), clock: systemClock };
  worker = createBulkWorker({ ...desk, log: () => undefined }, { node: 'a', everyMs: 20 });
  const [cases, bulks] = [createCaseDesk(desk), createBulkDesk(desk, worker.wake)];
  const performers = Object.fromEntries(
    Object.entries(casePerformers(cases, bulks)).map(([what, performer]): [string, Performer] => [
      what,
      (approval) => (interrupted ?? performer)(approval),
    ]),
  );
  approvals = createApprovalDesk(
    {
      database,
      clock: systemClock,
      policy: {
        persons: 2,
        acts: ['case.compensate', 'case.answer', 'case.not-done', 'bulk.retry'],
        keys: 'as-before',
        bulkAbove: { count: 3, worth: [{ amount: decimal('100'), currency: 'EUR' }] },
      },
      performers,
    },
    { leftAfterSeconds: 0 },
  );
  const noReplays = {
    list: async () => [],
    find: async () => undefined,
    approve: () => Promise.reject(new Error('none')),
  };
  gateway = createGateway(
    {
      apis: [casesV1, approvalsV1],
      needs: {
        cases,
        bulks,
        approvals,
        replays: noReplays,
        audit: (target: string) => auditOf(database.pool, target),
      },
      database,
      people: door,
      log: createLog({ destination: { write: () => undefined } }),
      metrics: { registry: new Registry() },
    },
    { checkAnswers: true, plan: { name: 'test', requests: 1_000_000, seconds: 1 } },
  );
  ({ url } = await gateway.listen());
  const scopes = ['cases:read', 'cases:work', 'cases:decide', 'approvals:read', 'approvals:decide'];
  key = (await createKey(database, { consumer: 'ops', scopes })).key;
});
afterAll(async () => {
  await worker.stop();
  await gateway.close();
  await own.drop();
});
beforeEach(async () => {
  interrupted = undefined;
  runs.delivered.length = 0;
  // Row by row: the bulk worker looks at these tables all the time.
  for (const table of [
    'case_note',
    'case_action',
    'bulk_action',
    'case_record',
    'effect',
    'run',
    'standing',
    'approval',
  ]) {
    await own.database.pool.query(`delete from ${table}`);
  }
});

interface Asking {
  readonly as: string;
  readonly body?: object;
  readonly intent?: string;
}
async function ask(path: string, { as, body, intent = randomUUID() }: Asking) {
  const answer = await fetch(`${url}/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      origin: url,
      ...(as === 'key' ? { authorization: `Bearer ${key}` } : { cookie: `crossdock_session=${as}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': intent }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: JSON.parse(await answer.text()) };
}
const compensate = (id: string, as: string, intent?: string) =>
  ask(`/cases/v1/cases/${id}/compensate`, {
    as,
    body: { version: 1, reason: 'the customer wants nothing any more' },
    ...(intent === undefined ? {} : { intent }),
  });
const decide = (id: string, verdict: string, as: string, intent?: string) =>
  ask(`/approvals/v1/approvals/${id}/${verdict}`, {
    as,
    body: { reason: 'looked at it' },
    ...(intent === undefined ? {} : { intent }),
  });
/** The case's run is listed as one of these warehouses. */
const standsIn = (caseId: string, ...sites: string[]) =>
  own.database.pool.query(
    `insert into standing (run_id, flow, key, version, state, visit, phase, started_at, entered_at, updated_at, sites, shows)
     select run_id, flow, key, 1, 's', 1, 'forward', now(), now(), now(), $2, '{}' from case_record where id = $1`,
    [caseId, sites],
  );

describe('an act that moves money or goods again', () => {
  test('is asked for by one person and done once another allows it, with both names in every record', async () => {
    const id = await runs.open({ key: 'A1', worth: '120.50', currency: 'EUR' });
    const asked = await compensate(id, 'susan');
    expect(asked).toMatchObject({
      status: 202,
      json: {
        what: 'case.compensate',
        target: `case:${id}`,
        askedBy: 'person:susan',
        state: 'pending',
        worth: { amount: '120.5', currency: 'EUR' },
        mayDecide: false,
      },
    });
    expect(asked.json.summary).toContain('A1');
    expect(asked.json.summary).toContain('120.5 EUR');
    expect(runs.delivered).toEqual([]);

    const seen = await ask('/approvals/v1/approvals?state=pending', { as: 'sam' });
    expect(seen.json.approvals).toMatchObject([{ id: asked.json.id, mayDecide: true }]);
    const allowed = await decide(asked.json.id, 'approve', 'sam');
    expect(allowed).toMatchObject({
      status: 200,
      json: { state: 'approved', decidedBy: 'person:sam', outcome: 'It was done.' },
    });
    expect(runs.delivered).toHaveLength(1);
    expect(runs.delivered[0]).toMatchObject({
      type: 'decide.compensate',
      data: { reason: 'the customer wants nothing any more (allowed by person:sam)' },
    });
    const { json } = await ask(`/cases/v1/cases/${id}`, { as: 'susan' });
    expect(json.acts).toMatchObject([{ by: 'person:susan', approvedBy: 'person:sam', verdict: 'applied' }]);
    const ofCase = await auditOf(own.database.pool, `case:${id}`);
    expect(ofCase).toMatchObject([{ by: 'person:susan', action: 'compensate', details: { approvedBy: 'person:sam' } }]);
    const ofApproval = await auditOf(own.database.pool, `approval:${asked.json.id}`);
    expect(ofApproval.map(({ action, by }) => `${action} ${by}`)).toEqual([
      'ask person:susan',
      'approve person:sam',
      'done person:sam',
    ]);
  });

  test('is never allowed by who asked, by a key, or by somebody whose role decides nothing', async () => {
    const asked = await compensate(await runs.open({ key: 'A2' }), 'susan');
    expect(await decide(asked.json.id, 'approve', 'susan')).toMatchObject({
      status: 403,
      json: { code: 'same-person' },
    });
    expect(await decide(asked.json.id, 'approve', 'key')).toMatchObject({
      status: 403,
      json: { code: 'persons-only' },
    });
    expect(await decide(asked.json.id, 'approve', 'olga')).toMatchObject({
      status: 403,
      json: { code: 'scope-missing' },
    });
    expect(await decide(asked.json.id, 'withdraw', 'sam')).toMatchObject({ status: 403, json: { code: 'not-yours' } });
    expect(await decide(randomUUID(), 'approve', 'sam')).toMatchObject({ status: 404 });
    expect(runs.delivered).toEqual([]);
  });

  test('that was refused, withdrawn or waited too long does nothing, and stays so', async () => {
    for (const [verdict, as, state] of [
      ['refuse', 'sam', 'refused'],
      ['withdraw', 'susan', 'withdrawn'],
      ['expire', '', 'expired'],
    ] as const) {
      const asked = await compensate(await runs.open({ key: state }), 'susan');
      if (verdict === 'expire') {
        await own.database.pool.query(`update approval set ends_at = now() - interval '1 second' where id = $1`, [
          asked.json.id,
        ]);
      } else expect((await decide(asked.json.id, verdict, as)).json).toMatchObject({ state });
      expect(await decide(asked.json.id, 'approve', 'sam')).toMatchObject({
        status: 409,
        json: { code: 'already-decided' },
      });
      expect((await ask(`/approvals/v1/approvals/${asked.json.id}`, { as: 'sam' })).json).toMatchObject({
        state,
        mayDecide: false,
      });
      await approvals.finishLeft();
      const { json } = await ask(`/approvals/v1/approvals?state=${state}`, { as: 'sam' });
      expect(json.approvals.map(({ id }: { id: string }) => id)).toEqual([asked.json.id]);
    }
    expect(runs.delivered).toEqual([]);
  });

  test('is refused with the reason when the case has changed since', async () => {
    const id = await runs.open({ key: 'A3' });
    const asked = await compensate(id, 'susan');
    await ask(`/cases/v1/cases/${id}/notes`, { as: 'olga', body: { version: 1, reason: 'they called again' } });
    const allowed = await decide(asked.json.id, 'approve', 'sam');
    expect(allowed).toMatchObject({ status: 409, json: { code: 'act-refused' } });
    expect(allowed.json.detail).toContain('version 2');
    expect(runs.delivered).toEqual([]);
    const { json } = await ask(`/approvals/v1/approvals/${asked.json.id}`, { as: 'susan' });
    expect(json.outcome).toContain('Nothing was done');
  });

  test('is listed page by page as what waits or as what is decided, and one whose time is over waits for nobody', async () => {
    const ids: string[] = [];
    for (const key of ['L1', 'L2', 'L3', 'L4']) {
      ids.push((await compensate(await runs.open({ key }), 'susan')).json.id);
    }
    await decide(ids[0] ?? '', 'refuse', 'sam');
    await decide(ids[1] ?? '', 'approve', 'sam');
    await own.database.pool.query('update approval set ends_at = now() where id = $1', [ids[2]]);
    const list = async (query: string) => {
      const { json } = await ask(`/approvals/v1/approvals?${query}`, { as: 'susan' });
      return { ...json, states: json.approvals.map(({ state }: { state: string }) => state) };
    };
    expect((await list('state=pending')).states).toEqual(['pending']);
    const first = await list('state=decided&limit=2');
    expect(first.states).toEqual(['expired', 'approved']);
    const rest = await list(`state=decided&limit=2&after=${encodeURIComponent(first.next)}`);
    expect(rest).toMatchObject({ states: ['refused'] });
    expect(rest.next).toBeUndefined();
  });

  test('that could not be done now is not even asked for', async () => {
    const id = await runs.open({ key: 'A4' });
    const path = `/cases/v1/cases/${id}`;
    const stale = await ask(`${path}/compensate`, { as: 'susan', body: { version: 7, reason: 'x' } });
    expect(stale).toMatchObject({ status: 409, json: { code: 'case-changed' } });
    const wrong = await ask(`${path}/answer`, { as: 'susan', body: { version: 1, reason: 'x', answer: { ref: 1 } } });
    expect(wrong).toMatchObject({ status: 422 });
    const notInDoubt = await ask(`${path}/not-done`, { as: 'susan', body: { version: 1, reason: 'x' } });
    expect(notInDoubt).toMatchObject({ status: 409, json: { code: 'action-not-allowed' } });
    expect((await approvals.list({ limit: 10 })).approvals).toEqual([]);
  });

  test('asked for or allowed many times at once is one approval, done once', async () => {
    const id = await runs.open({ key: 'A5' });
    const intent = randomUUID();
    const asked = await Promise.all(Array.from({ length: 5 }, () => compensate(id, 'susan', intent)));
    expect(new Set(asked.map(({ json }) => json.id)).size).toBe(1);
    const [first] = asked;
    const all = await Promise.all([
      ...Array.from({ length: 4 }, () => decide(first?.json.id, 'approve', 'sam')),
      ...Array.from({ length: 4 }, () => decide(first?.json.id, 'approve', 'nora')),
    ]);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(runs.delivered).toHaveLength(1);
    // The asker's request again tells what came of it.
    expect((await compensate(id, 'susan', intent)).json).toMatchObject({ state: 'approved', outcome: 'It was done.' });
    expect(runs.delivered).toHaveLength(1);
  });

  test('whose node dies between the allowing and the doing is done by another, once', async () => {
    const id = await runs.open({ key: 'A6' });
    const asked = await compensate(id, 'susan');
    interrupted = async () => {
      throw new Error('the node died');
    };
    expect((await decide(asked.json.id, 'approve', 'sam')).status).toBe(500);
    interrupted = undefined;
    expect(await approvals.finishLeft()).toBe(1);
    expect(await approvals.finishLeft()).toBe(0);
    expect(runs.delivered).toHaveLength(1);
    expect((await ask(`/approvals/v1/approvals/${asked.json.id}`, { as: 'sam' })).json.outcome).toBe('It was done.');
  });

  test('by a key is done at once, as before', async () => {
    const id = await runs.open({ key: 'A7' });
    expect((await compensate(id, 'key')).status).toBe(200);
    expect(runs.delivered).toHaveLength(1);
    expect(approvals.isNeeded('case.retry', 'person:susan')).toBe(false);
  });
});

describe('a bulk', () => {
  const bulkStates = async (): Promise<readonly string[]> =>
    (await ask('/cases/v1/bulk-actions', { as: 'susan' })).json.bulks.map(({ state }: { state: string }) => state);
  const retry = (as: string, more: object = {}) =>
    ask('/cases/v1/groups/errand.failed-send/retry', { as, body: { reason: 'mended', ...more } });

  test('of few is begun at once, of many or of much worth only when another allows it', async () => {
    for (const name of ['b1', 'b2', 'b3']) await runs.open({ key: name });
    expect((await retry('susan', { dryRun: true })).json).toMatchObject({ count: 3, needsApproval: false });
    await runs.open({ key: 'b4' });
    expect((await retry('susan', { dryRun: true })).json).toMatchObject({ count: 4, needsApproval: true });
    const asked = await retry('susan');
    expect(asked).toMatchObject({ status: 202, json: { what: 'bulk.retry', state: 'pending' } });
    expect(runs.delivered).toEqual([]);
    expect((await decide(asked.json.id, 'approve', 'sam')).json.outcome).toContain('of 4 cases');
    await expect.poll(() => runs.delivered.length, { timeout: 5_000 }).toBe(4);
    // What a test opens carries a time of the past: a bulk that still runs would take it too.
    await expect.poll(bulkStates, { timeout: 5_000 }).toEqual(['finished']);
    const { json } = await ask('/cases/v1/bulk-actions', { as: 'sam' });
    expect(json.bulks).toMatchObject([{ by: 'person:susan', approvedBy: 'person:sam', total: 4 }]);

    await runs.open({ key: 'dear', worth: '100.01', currency: 'EUR' });
    expect((await retry('susan', { dryRun: true })).json).toMatchObject({ count: 1, needsApproval: true });
  });

  test('that has grown since it was asked for is not begun', async () => {
    for (const name of ['c1', 'c2', 'c3', 'c4']) await runs.open({ key: name });
    const asked = await retry('susan');
    await runs.open({ key: 'c5' });
    const allowed = await decide(asked.json.id, 'approve', 'sam');
    expect(allowed).toMatchObject({ status: 409, json: { code: 'act-refused' } });
    expect(runs.delivered).toEqual([]);
  });

  test('of somebody who sees one warehouse takes the cases of that one, and says so', async () => {
    const north = await runs.open({ key: 'd1', worth: '1', currency: 'GBP' });
    const south = await runs.open({ key: 'd2', worth: '2', currency: 'GBP' });
    await standsIn(north, 'NORTH');
    await standsIn(south, 'SOUTH');
    await runs.open({ key: 'd3' });
    expect((await retry('nora', { dryRun: true })).json).toMatchObject({ count: 1, worth: [{ amount: '1' }] });
    const began = await retry('nora');
    expect(began.json).toMatchObject({ total: 1, sites: ['NORTH'] });
    await expect.poll(bulkStates, { timeout: 5_000 }).toEqual(['finished']);
    expect(runs.delivered.map(({ key: of }) => of)).toEqual(['d1']);
    for (const [as, seen] of [
      ['nora', 1],
      ['nils', 1],
      ['sue', 0],
      ['susan', 1],
    ] as const) {
      expect((await ask('/cases/v1/bulk-actions', { as })).json.bulks).toHaveLength(seen);
      expect((await ask(`/cases/v1/bulk-actions/${began.json.id}`, { as })).status).toBe(seen === 1 ? 200 : 404);
      expect((await ask(`/cases/v1/bulk-actions/${began.json.id}/audit`, { as })).status).toBe(seen === 1 ? 200 : 404);
    }
    const stop = await ask(`/cases/v1/bulk-actions/${began.json.id}/stop`, { as: 'sue', body: { reason: 'x' } });
    expect(stop.status).toBe(404);
  });
});

describe('who sees one warehouse only', () => {
  test('has the cases of that one in lists, counts and sums, and no other exists', async () => {
    const north = await runs.open({ key: 'e1', worth: '10', currency: 'GBP' });
    const both = await runs.open({ key: 'e2', worth: '20', currency: 'GBP' });
    const south = await runs.open({ key: 'e3', worth: '40', currency: 'GBP' });
    const nowhere = await runs.open({ key: 'e4', worth: '80', currency: 'GBP' });
    await standsIn(north, 'NORTH');
    await standsIn(both, 'NORTH', 'SOUTH');
    await standsIn(south, 'SOUTH');
    await standsIn(nowhere);
    const seen = async (as: string) => {
      const list = await ask('/cases/v1/cases', { as });
      const groups = await ask('/cases/v1/groups', { as });
      const [group] = groups.json.groups;
      return {
        keys: list.json.cases.map(({ key: of }: { key: string }) => of).toSorted(),
        count: group?.count,
        worth: group?.worth[0]?.amount,
        isSampleSeen: list.json.cases.some(({ key: of }: { key: string }) => of === group?.sample.key),
      };
    };
    expect(await seen('nora')).toEqual({ keys: ['e1', 'e2'], count: 2, worth: '30', isSampleSeen: true });
    expect(await seen('sue')).toEqual({ keys: ['e2', 'e3'], count: 2, worth: '60', isSampleSeen: true });
    expect(await seen('susan')).toEqual({ keys: ['e1', 'e2', 'e3', 'e4'], count: 4, worth: '150', isSampleSeen: true });
    for (const [id, status] of [
      [north, 200],
      [both, 200],
      [south, 404],
      [nowhere, 404],
      [randomUUID(), 404],
    ] as const) {
      expect((await ask(`/cases/v1/cases/${id}`, { as: 'nora' })).status).toBe(status);
      expect((await ask(`/cases/v1/cases/${id}/audit`, { as: 'nora' })).status).toBe(status);
      const noted = await ask(`/cases/v1/cases/${id}/notes`, { as: 'nora', body: { version: 1, reason: 'x' } });
      expect(noted.status).toBe(status);
    }
    expect((await compensate(south, 'nora')).status).toBe(404);
    expect((await compensate(nowhere, 'sue')).status).toBe(404);
  });

  test('sees and decides the approvals of that one, and no other exists', async () => {
    const south = await runs.open({ key: 'f1' });
    await standsIn(south, 'SOUTH');
    const asked = await compensate(south, 'susan');
    for (const [as, status] of [
      ['nora', 404],
      ['sue', 200],
    ] as const) {
      expect((await ask(`/approvals/v1/approvals/${asked.json.id}`, { as })).status).toBe(status);
      expect((await ask('/approvals/v1/approvals', { as })).json.approvals).toHaveLength(status === 200 ? 1 : 0);
      expect((await decide(asked.json.id, 'approve', as)).status).toBe(status);
    }
    const nowhere = await runs.open({ key: 'f2' });
    const other = await compensate(nowhere, 'susan');
    expect((await decide(other.json.id, 'approve', 'sue')).status).toBe(404);
  });
});

describe('who mends messages', () => {
  test('gives up no effect by the way for messages', async () => {
    const id = await runs.open({ key: 'g1', effect: 'weigh' });
    const body = { version: 1, reason: 'x' };
    expect(await ask(`/cases/v1/cases/${id}/message/give-up`, { as: 'stefan', body })).toMatchObject({
      status: 409,
      json: { code: 'action-not-allowed' },
    });
    expect((await ask(`/cases/v1/cases/${id}/skip`, { as: 'stefan', body })).status).toBe(403);
    expect(runs.delivered).toEqual([]);
  });
});
