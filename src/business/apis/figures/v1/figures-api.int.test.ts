import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figureBook } from '#business/figures';
import { fulfilment, orderToCash } from '#business/flows';
import { fixedClock } from '#model/kernel';
import { bringUpToDate, createFigureDesk } from '#platform/figures/runtime';
import { createGateway, createKey } from '#platform/gateway/runtime';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { figuresV1 } from './api.ts';

const now = '2026-03-20T12:00:00.000Z';

/** A person of one warehouse. */
const northern = {
  ...{ keyId: 's', consumer: 'nora', by: 'person:nora', sites: ['NORTH'] },
  scopes: new Set(['figures:read', 'figures:baseline']),
};

describe('the figures API', () => {
  let own: TestDatabase;
  let url: string;
  let close: () => Promise<void>;
  let keys: Readonly<Record<'reader' | 'supervisor' | 'stranger', string>>;

  /** An order that took so many seconds and ended on a day. */
  const order = (key: string, day: string, seconds: number, sites: readonly string[]) =>
    own.database.pool.query(
      `insert into standing (run_id, flow, key, version, state, visit, phase, ending, started_at, entered_at, updated_at, sites, shows)
       values ($1, 'order-to-cash', $2, 1, 'completed', 9, 'ended', 'completed', $3::timestamptz - $4 * interval '1 s', $3, $3, $5, '{}')`,
      [randomUUID(), key, `2026-03-${day}T10:00:00.000Z`, seconds, sites],
    );

  beforeAll(async () => {
    own = await testDatabase();
    const book = figureBook([orderToCash, fulfilment]);
    const needs = { database: own.database, book, sets: book.sets, timeZone: 'UTC', clock: fixedClock(now) };
    await order('S-1', '16', 60, ['NORTH']);
    await order('S-2', '17', 180, ['SOUTH']);
    await order('=S-3', '18', 7_200, ['NORTH', 'SOUTH']);
    await bringUpToDate(needs, true);
    const gateway = createGateway(
      {
        apis: [figuresV1],
        needs: { figures: createFigureDesk(needs) },
        database: own.database,
        log: createLog({ destination: { write: () => undefined } }),
        metrics: { registry: new Registry() },
        people: { routes: [], problems: {}, prove: async () => northern },
      },
      { checkAnswers: true },
    );
    ({ url } = await gateway.listen());
    close = () => gateway.close();
    const make = async (consumer: string, scopes: readonly string[]) =>
      (await createKey(own.database, { consumer, scopes })).key;
    keys = {
      reader: await make('dashboard', ['figures:read']),
      supervisor: await make('supervisor', ['figures:read', 'figures:baseline']),
      stranger: await make('shop', ['orders:read']),
    };
  });
  afterAll(async () => {
    await close();
    await own.drop();
  });

  async function ask(
    path: string,
    who: keyof typeof keys | 'northern' = 'reader',
    body?: object,
    intent: string = randomUUID(),
  ) {
    const answer = await fetch(`${url}/api/figures/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(who === 'northern'
          ? { cookie: 'crossdock_session=x', 'sec-fetch-site': 'same-origin' }
          : { authorization: `Bearer ${keys[who]}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': intent }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, text, body: isJson ? JSON.parse(text) : undefined, headers: answer.headers };
  }
  const week = '?from=2026-03-14&to=2026-03-20';

  test('shows every figure with formula and source, those without records with what is missing', async () => {
    const { status, body } = await ask('/figures');
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: '2026-03-14T00:00:00.000Z', to: now });
    const figures = new Map(body.figures.map((each: { figure: string }) => [each.figure, each]));
    expect(figures.get('order-cycle-time')).toMatchObject({
      available: true,
      value: 180,
      p95: 7_200,
      sample: 3,
      unit: 'seconds',
    });
    expect(figures.get('order-rework')).toMatchObject({ value: 0, sample: 3 });
    expect(figures.get('return-processing-time')).toMatchObject({
      available: false,
      because: expect.stringContaining('returns'),
      trend: [],
    });
    expect(figures.get('return-processing-time')).not.toHaveProperty('value');
    const stages = await ask('/figures?group=latency-by-stage');
    expect(new Set(stages.body.figures.map((each: { group: string }) => each.group))).toEqual(
      new Set(['latency-by-stage']),
    );
  });

  test('shows one figure over the days that are asked for, by the day or by the hour', async () => {
    const days = await ask('/figures/order-cycle-time?from=2026-03-15&to=2026-03-18');
    expect(days.body.figures[0].trend).toEqual([
      { at: '2026-03-15T00:00:00.000Z', sample: 0 },
      { at: '2026-03-16T00:00:00.000Z', value: 60, sample: 1 },
      { at: '2026-03-17T00:00:00.000Z', value: 180, sample: 1 },
      { at: '2026-03-18T00:00:00.000Z', value: 7_200, sample: 1 },
    ]);
    const hours = await ask('/figures/order-cycle-time?from=2026-03-16T09:30:00Z&to=2026-03-16T11:00:00Z');
    expect(hours.body.figures[0].trend).toEqual([
      { at: '2026-03-16T09:00:00.000Z', sample: 0 },
      { at: '2026-03-16T10:00:00.000Z', value: 60, sample: 1 },
    ]);
  });

  test('names the member of a time that cannot be', async () => {
    for (const [query, path] of [
      ['from=2026-02-30', '/from'],
      ['from=yesterday', '/from'],
      ['from=2024-01-01', '/from'],
      ['from=2026-03-10&to=2026-03-01', '/to'],
      ['to=2026-03-01T25:00:00Z', '/to'],
    ]) {
      const { status, body } = await ask(`/figures?${query}`);
      expect({ query, status, path: body.errors[0].path }).toEqual({ query, status: 422, path });
    }
  });

  test('shows what stands behind a figure, the worst first, page by page', async () => {
    const first = await ask(`/figures/order-cycle-time/evidence${week}&limit=2`);
    expect(first.body.rows).toEqual([
      { key: '=S-3', kind: 'order', at: '2026-03-18T10:00:00.000Z', value: 7_200 },
      { key: 'S-2', kind: 'order', at: '2026-03-17T10:00:00.000Z', value: 180 },
    ]);
    const second = await ask(
      `/figures/order-cycle-time/evidence${week}&limit=2&after=${encodeURIComponent(first.body.next)}`,
    );
    expect(second.body).toEqual({ figure: 'order-cycle-time', rows: [expect.objectContaining({ key: 'S-1' })] });
    for (const after of ['x', '%5B1%5D', '%5B%22a%22%2C%22b%22%2C%22c%22%5D']) {
      const { status, body } = await ask(`/figures/order-cycle-time/evidence?after=${encodeURIComponent(after)}`);
      expect([status, body.errors[0].path]).toEqual([422, '/after']);
    }
    const ofCases = await ask(`/figures/oldest-open-case/evidence?after=${encodeURIComponent(first.body.next)}`);
    expect(ofCases.status).toBe(422);
  });

  test('does not know a figure that there is not', async () => {
    for (const path of ['/figures/profit', '/figures/profit/evidence', '/figures/profit/evidence.csv']) {
      expect((await ask(path)).status).toBe(404);
    }
    const baseline = { value: 1, from: '2026-03-01', to: '2026-03-10', reason: 'why not' };
    expect((await ask('/figures/profit/baseline', 'supervisor', baseline)).status).toBe(404);
  });

  test('gives figures and evidence as CSV that no spreadsheet runs', async () => {
    const figures = await ask('/figures.csv');
    expect(figures.headers.get('content-type')).toContain('text/csv');
    expect(figures.text).toContain('order-cycle-time,Order cycle time,kpi,seconds,lower,');
    const evidence = await ask(`/figures/order-cycle-time/evidence.csv${week}`);
    expect(evidence.text.split('\r\n').slice(0, 2)).toEqual([
      'key,kind,at,value,unit,note',
      "'=S-3,order,2026-03-18T10:00:00.000Z,7200,seconds,",
    ]);
    expect(evidence.headers.get('content-disposition')).toContain('order-cycle-time.csv');
    const shares = await ask(`/figures/order-rework/evidence.csv${week}`);
    expect(shares.text.split('\r\n')[1]).toMatch(/,share,/);
  });

  test('sets a baseline once for an intent, and only for who may', async () => {
    const wanted = { from: '2026-03-16', to: '2026-03-17', reason: 'the first days' };
    expect((await ask('/figures/order-cycle-time/baseline', 'reader', wanted)).status).toBe(403);
    const intent = randomUUID();
    const set = await ask('/figures/order-cycle-time/baseline', 'supervisor', wanted, intent);
    expect(set.body).toMatchObject({
      baseline: { value: 60, from: '2026-03-16', to: '2026-03-17', setBy: 'api:supervisor' },
    });
    expect((await ask('/figures/order-cycle-time/baseline', 'supervisor', wanted, intent)).body).toEqual(set.body);
    expect((await ask('/figures/order-cycle-time')).body.figures[0].baseline).toEqual(set.body.baseline);
    const nothing = await ask('/figures/time-to-recover/baseline', 'supervisor', wanted);
    expect([nothing.status, nothing.body.code]).toEqual([409, 'nothing-to-hold-against']);
    const noDay = await ask('/figures/order-cycle-time/baseline', 'supervisor', { ...wanted, from: '2026-02-31' });
    expect([noDay.status, noDay.body.errors[0].path]).toEqual([422, '/from']);
    const legacy = await ask('/figures/time-to-onboard/baseline', 'supervisor', { ...wanted, value: 86_400 });
    expect(legacy.status).toBe(200);
    expect((await ask('/figures/time-to-onboard')).body.figures[0]).toMatchObject({
      available: false,
      baseline: { value: 86_400 },
    });
  });

  test('is of a caller’s warehouses', async () => {
    const seen = await ask('/figures/order-cycle-time', 'northern');
    expect(seen.body.figures[0]).toMatchObject({ value: 60, p95: 7_200, sample: 2 });
    expect(seen.body.figures[0]).not.toHaveProperty('baseline');
    const rows = await ask('/figures/order-cycle-time/evidence', 'northern');
    expect(rows.body.rows.map(({ key }: { key: string }) => key)).toEqual(['=S-3', 'S-1']);
    const set = await ask('/figures/order-cycle-time/baseline', 'northern', {
      value: 1,
      from: '2026-03-16',
      to: '2026-03-17',
      reason: 'x',
    });
    expect([set.status, set.body.code]).toEqual([403, 'baseline-of-all-sites']);
  });

  test('is for nobody without the scope', async () => {
    for (const path of ['/figures', '/figures.csv', '/figures/order-cycle-time/evidence']) {
      expect((await ask(path, 'stranger')).status).toBe(403);
    }
  });
});
