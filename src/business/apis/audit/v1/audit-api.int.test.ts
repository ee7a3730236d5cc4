import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAudit, recordActions, verifyAudit } from '#platform/audit';
import { createKey } from '#platform/gateway/runtime';
import { gatewayWith, type TriedGateway } from '#platform/gateway/testing';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { auditV1 } from './api.ts';
import type { AuditNeeds, Verification, Verified } from './needs.ts';

let own: TestDatabase;
let tried: TriedGateway;
let keys: Readonly<Record<'reader' | 'verifier', string>>;
let verify: (verification: Verification) => Promise<Verified | 'busy'>;
const at = (second: number): string => new Date(Date.UTC(2026, 2, 1, 9, 0, second)).toISOString();

beforeAll(async () => {
  own = await testDatabase();
  const { pool } = own.database;
  const ofActs = async ({ target }: Verification): Promise<Verified> => {
    const verdict = await verifyAudit(pool, target);
    if (verdict.intact) return { entries: verdict.entries };
    return { entries: 0, firstBad: { target: verdict.target, seq: verdict.seq, because: verdict.because } };
  };
  verify = ofActs;
  const needs: AuditNeeds = {
    auditBook: { list: (query) => listAudit(pool, query), verify: (asked) => verify(asked) },
  };
  // A person of one warehouse who somehow got the scope.
  const people = {
    ...{ routes: [], problems: {} },
    prove: async () => ({
      ...{ keyId: 's', consumer: 'wes', by: 'person:wes', sites: ['WEST'] },
      scopes: new Set(['audit:read', 'audit:verify']),
    }),
  };
  tried = await gatewayWith({ database: own.database, apis: [auditV1], needs, people });
  keys = {
    reader: (await createKey(own.database, { consumer: 'reader', scopes: ['audit:read'] })).key,
    verifier: (await createKey(own.database, { consumer: 'verifier', scopes: ['audit:verify'] })).key,
  };
  await recordActions(pool, [
    { target: 'lane:erp', action: 'pause', by: 'person:ivan', at: at(0), details: { reason: 'a\0b — "ü"' } },
    { target: 'case:1', action: 'retry', by: 'person:olga', at: at(1), details: {} },
    { target: 'lane:wms', action: 'pause', by: 'person:ivan', at: at(1), details: {} },
    { target: 'person:ürsula', action: 'retry', by: 'api:shop', at: at(2), details: {} },
  ]);
});
afterAll(async () => {
  await tried.gateway.close();
  await own.drop();
});

const answered = async (answer: Response) => ({ status: answer.status, json: JSON.parse(await answer.text()) });
const list = async (query = '', key = keys.reader) =>
  answered(await fetch(`${tried.url}/api/audit/v1/entries${query}`, { headers: { authorization: `Bearer ${key}` } }));
let asked = 0;
const check = async (body: object, headers: Record<string, string> = { authorization: `Bearer ${keys.verifier}` }) => {
  asked += 1;
  const all = { 'content-type': 'application/json', 'idempotency-key': `v-${asked}`, ...headers };
  const init = { method: 'POST', headers: all, body: JSON.stringify(body) };
  return answered(await fetch(`${tried.url}/api/audit/v1/verifications`, init));
};
const targets = ({ json }: Awaited<ReturnType<typeof list>>): readonly string[] =>
  json.entries.map(({ target }: { target: string }) => target);

describe('the audit API', () => {
  test('lists what was done, newest first', async () => {
    const page = await list();
    expect(targets(page)).toEqual(['person:ürsula', 'lane:wms', 'case:1', 'lane:erp']);
    expect(page.json.entries[3]).toEqual({
      ...{ target: 'lane:erp', seq: 1, at: at(0), by: 'person:ivan', action: 'pause' },
      details: { reason: 'a\0b — "ü"' },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test.each([
    ['?target=lane:', ['lane:wms', 'lane:erp']],
    ['?target=lane:erp', ['lane:erp']],
    ['?target=lane', []],
    ['?by=person:ivan&action=pause', ['lane:wms', 'lane:erp']],
    [`?from=${at(1)}&to=${at(2)}`, ['lane:wms', 'case:1']],
    [`?target=${encodeURIComponent('person:ürsula')}`, ['person:ürsula']],
  ])('is narrowed by %s', async (query, found) => {
    expect(targets(await list(query))).toEqual(found);
  });

  test('page by page shows each once, whatever stands in a target', async () => {
    const seen: string[] = [];
    for (let query = '?limit=1'; query !== ''; ) {
      const page = await list(query);
      seen.push(...targets(page));
      query = page.json.next === undefined ? '' : `?limit=1&after=${page.json.next}`;
    }
    expect(seen).toEqual(['person:ürsula', 'lane:wms', 'case:1', 'lane:erp']);
  });

  test.each([
    'x',
    'W10',
    btoa('null'),
    btoa('["2026-13-99T99:99:99.000Z",1,"a"]'),
    btoa('%'),
    `${btoa('["2026-03-01T09:00:00.000Z",1.5,"a"]')}`,
  ])('a place that was never told is refused: %s', async (after) => {
    const { status, json } = await list(`?after=${encodeURIComponent(after)}`);
    expect(status).toBe(422);
    expect(json.errors[0]).toMatchObject({ in: 'query', path: '/after', code: 'unknown-place' });
  });

  test.each(['?limit=0', '?limit=201', '?from=yesterday', '?by=', '?nothing=1', '?target=%00'])(
    'a question that cannot be answered is refused: %s',
    async (query) => {
      expect((await list(query)).status).toBe(422);
    },
  );

  test('a moment that is none is refused and not a defect', async () => {
    expect((await list('?from=2026-99-99T99:99:99Z')).status).toBe(422);
  });

  test('verifies the chains, all or one', async () => {
    expect(await check({ of: 'acts' })).toEqual({ status: 200, json: { verified: true, entries: 4 } });
    expect((await check({ of: 'acts', target: 'lane:erp' })).json).toEqual({ verified: true, entries: 1 });
    await own.database.pool.query(`set session_replication_role = replica;
      update audit_entry set by = 'person:nobody' where target = 'lane:erp'; set session_replication_role = origin`);
    expect((await check({ of: 'acts' })).json).toEqual({
      ...{ verified: false, entries: 0 },
      firstBad: { target: 'lane:erp', seq: 1, because: 'changed' },
    });
  });

  test('one verification at a time', async () => {
    const before = verify;
    verify = async () => 'busy';
    expect((await check({ of: 'journals' })).json).toMatchObject({ status: 409, code: 'verification-under-way' });
    verify = before;
  });

  test('asks for the scope of each', async () => {
    expect((await list('', keys.verifier)).json).toMatchObject({ status: 403, code: 'scope-missing' });
    expect((await check({ of: 'acts' }, { authorization: `Bearer ${keys.reader}` })).status).toBe(403);
    expect((await check({ of: 'everything' })).status).toBe(422);
  });

  test('is not for those who see some warehouses only', async () => {
    const session = { cookie: 'crossdock_session=x', 'sec-fetch-site': 'same-origin' };
    const listed = await answered(await fetch(`${tried.url}/api/audit/v1/entries`, { headers: session }));
    expect(listed.json).toMatchObject({ status: 403, code: 'not-of-some-warehouses' });
    expect((await check({ of: 'acts' }, session)).json).toMatchObject({ status: 403, code: 'not-of-some-warehouses' });
  });
});
