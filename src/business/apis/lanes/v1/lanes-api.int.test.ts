import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGateway, createKey } from '#platform/gateway/runtime';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { lanesV1 } from './api.ts';
import type { LaneDeed, ToldLane } from './needs.ts';

const at = '2026-03-01T09:30:00.000Z';
const lane = (change: Partial<ToldLane> = {}): ToldLane => ({
  lane: 'erp-main',
  budget: { concurrency: 8, perSecond: 20 },
  holders: [{ node: 'node-1', slots: 8, inFlight: 2 }],
  state: 'breaker-open',
  breaker: { state: 'open', since: at, until: at, because: 'several calls in a row failed' },
  backlog: { total: 3, byPriority: [{ priority: 'urgent', count: 3 }] },
  oldest: at,
  drainPerSecond: 0.5,
  forecast: { known: false, because: 'its breaker is open' },
  ...change,
});

describe('the lanes API', () => {
  let own: TestDatabase;
  let url: string;
  let close: () => Promise<void>;
  let keys: Readonly<Record<'operator' | 'reader' | 'shop' | 'anonymous', string>>;
  let told: ToldLane;
  let history: LaneDeed[];

  beforeAll(async () => {
    own = await testDatabase();
    const change = (what: 'paused' | 'resumed') => async (name: string, who: string, because: string) => {
      if (name !== told.lane) return false;
      history.unshift({ what, at, who, because });
      const { paused: _, ...rest } = told;
      told =
        what === 'paused' ? { ...rest, state: 'paused', paused: { by: who, because, at } } : { ...rest, state: 'open' };
      return true;
    };
    const gateway = createGateway(
      {
        apis: [lanesV1],
        needs: {
          laneDesk: {
            lanes: async () => [told],
            laneHistory: async () => history,
            pauseLane: change('paused'),
            resumeLane: change('resumed'),
          },
        },
        database: own.database,
        log: createLog({ destination: { write: () => undefined } }),
        metrics: { registry: new Registry() },
      },
      { checkAnswers: true },
    );
    ({ url } = await gateway.listen());
    close = () => gateway.close();
    const make = async (consumer: string, scopes: readonly string[]) =>
      (await createKey(own.database, { consumer, scopes })).key;
    keys = {
      operator: await make('operations', ['lanes:read', 'lanes:operate']),
      reader: await make('dashboard', ['lanes:read']),
      shop: await make('shop', ['orders:read']),
      anonymous: '',
    };
  });
  afterAll(async () => {
    await close();
    await own.drop();
  });
  beforeEach(() => {
    told = lane();
    history = [];
  });

  async function ask(path: string, key: string, body?: object, headers: Record<string, string> = {}) {
    const answer = await fetch(`${url}/api/lanes/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, json: await answer.json() };
  }

  test('shows every lane with its budget, breaker, backlog and forecast', async () => {
    expect(await ask('/lanes', keys.reader)).toMatchObject({ status: 200, json: { lanes: [lane()] } });
    expect(await ask('/lanes/erp-main', keys.reader)).toMatchObject({ status: 200, json: { ...lane(), history: [] } });
    expect(await ask('/lanes/erp-other', keys.reader)).toMatchObject({ status: 404, json: { code: 'not-found' } });
    expect((await ask('/lanes/..%2F..', keys.reader)).status).toBe(422);
  });

  test('pauses and resumes, by whom and why, once for each intent', async () => {
    const key = { 'idempotency-key': 'pause-1' };
    const paused = await ask('/lanes/erp-main/pause', keys.operator, { reason: 'stock taking' }, key);
    expect(paused).toMatchObject({
      status: 200,
      json: { state: 'paused', paused: { by: 'api:operations', because: 'stock taking' } },
    });
    const again = await ask('/lanes/erp-main/pause', keys.operator, { reason: 'stock taking' }, key);
    expect([again.status, again.headers.get('idempotency-replayed'), history.length]).toEqual([200, 'true', 1]);
    const resumed = await ask('/lanes/erp-main/resume', keys.operator, { reason: 'counted' });
    expect(resumed.json).toMatchObject({ state: 'open', history: [{ what: 'resumed' }, { what: 'paused' }] });
    const twice = await ask('/lanes/erp-main/resume', keys.operator, { reason: 'counted' });
    expect(twice).toMatchObject({ status: 409, json: { code: 'lane-not-paused' } });
  });

  test.each([{}, { reason: '' }, { reason: 'x'.repeat(501) }, { reason: 'x', until: at }, { reason: 'a\u0007b' }])(
    'refuses %j',
    async (body) => {
      expect((await ask('/lanes/erp-main/pause', keys.operator, body)).status).toBe(422);
      expect(history).toEqual([]);
    },
  );

  /** What each kind of caller gets from each route. A route without a row fails. */
  const matrix: Readonly<Record<string, Readonly<Record<'operator' | 'reader' | 'shop' | 'anonymous', number>>>> = {
    listLanes: { operator: 200, reader: 200, shop: 403, anonymous: 401 },
    showLane: { operator: 200, reader: 200, shop: 403, anonymous: 401 },
    pauseLane: { operator: 200, reader: 403, shop: 403, anonymous: 401 },
    resumeLane: { operator: 409, reader: 403, shop: 403, anonymous: 401 },
  };
  const rows = lanesV1.routes.flatMap((route) =>
    Object.entries(matrix[route.name] ?? { 'no row in the matrix': 0 }).map(([caller, status]) => ({
      route,
      name: route.name,
      caller,
      status,
    })),
  );

  test.each(rows)('$name by $caller is $status', async ({ route, caller, status }) => {
    const body = route.method === 'POST' ? { reason: 'x' } : undefined;
    const path = route.path.replace('{lane}', 'erp-main');
    expect((await ask(path, keys[caller as keyof typeof keys] ?? '', body)).status).toBe(status);
  });
});
