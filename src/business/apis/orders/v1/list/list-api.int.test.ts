import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createFakeRuns } from '../testing/fake-runs.ts';
import { startOrdersGateway } from '../testing/orders-gateway.ts';
import { type PutOrder, putCase, putOrder } from '../testing/put-order.ts';

let own: TestDatabase;
let api: Awaited<ReturnType<typeof startOrdersGateway>>;
beforeAll(async () => {
  own = await testDatabase();
  api = await startOrdersGateway(own, createFakeRuns());
});
afterEach(async () => {
  await own.database.pool.query('truncate run, standing, standing_term, standing_party, stay, case_record');
});
afterAll(async () => {
  await api.close();
  await own.drop();
});

const put = (order: PutOrder): Promise<string> => putOrder(own.database, order);
const list = async (parameters: Record<string, string> = {}, key = api.keys.finance) => {
  const answer = await api.ask(`/api/orders/v1/orders?${new URLSearchParams(parameters)}`, { key });
  expect(answer.status, answer.text).toBe(200);
  return answer.json as { orders: Record<string, unknown>[]; next?: string };
};
const numbers = async (parameters: Record<string, string> = {}, key = api.keys.finance): Promise<unknown[]> =>
  (await list(parameters, key)).orders.map(({ orderNumber }) => orderNumber);
/** Every page, two at a time. */
async function everyPage(parameters: Record<string, string>): Promise<unknown[]> {
  const found: unknown[] = [];
  let after: string | undefined;
  do {
    const page = await list({ ...parameters, limit: '2', ...(after === undefined ? {} : { after }) });
    expect(page.orders.length).toBeLessThanOrEqual(2);
    found.push(...page.orders.map(({ orderNumber }) => orderNumber));
    after = page.next;
  } while (after !== undefined);
  return found;
}
const at = (minute: number): string => new Date(Date.parse('2026-03-02T09:00:00.000Z') + minute * 60_000).toISOString();

describe('the list of orders', () => {
  test('is empty where there are none', async () => {
    expect(await list()).toEqual({ orders: [] });
    expect(await list({ search: 'x' })).toEqual({ orders: [] });
    expect(await list({ sort: 'due' })).toEqual({ orders: [] });
  });

  test('tells of an order what a line shows', async () => {
    const id = await put({
      ...{ key: '100001', state: 'held', partyName: 'Meyer & Daughters', worth: '12.50', sites: ['NORTH'] },
      ...{ dueBy: '2026-03-05T23:59:59.000Z', enteredAt: at(5) },
    });
    const part = await put({ key: '100001-NORTH-1', of: '100001', state: 'released' });
    await putCase(own.database, id, 'order-to-cash', '100001', 'Look at it.');
    await putCase(own.database, part, 'fulfilment', '100001-NORTH-1', 'And at this.');
    expect((await list()).orders).toEqual([
      {
        ...{ orderNumber: '100001', state: 'held', phase: 'forward', channel: 'api', lineCount: 2, openCases: 2 },
        stateMeans: expect.stringContaining('Somebody must decide'),
        ...{ customer: '17850', customerName: 'Meyer & Daughters', sites: ['NORTH'] },
        worth: { amount: '12.5', currency: 'GBP' },
        ...{ dueBy: '2026-03-05T23:59:59.000Z', acceptedAt: at(0), enteredAt: at(5), updatedAt: at(5) },
      },
    ]);
  });

  test('goes page by page, newest first, also where many came in one moment', async () => {
    for (let n = 1; n <= 7; n += 1) await put({ key: `10000${n}`, startedAt: at(Math.floor(n / 3)) });
    const all = await numbers();
    expect(all).toHaveLength(7);
    expect(all.slice(0, 2).sort()).toEqual(['100006', '100007']);
    expect(await everyPage({})).toEqual(all);
  });

  test('open ones stand by their time in the state, their date or their worth', async () => {
    await put({ key: '1', state: 'held', enteredAt: at(3), dueBy: '2026-03-09T23:59:59.000Z', worth: '5' });
    await put({ key: '2', enteredAt: at(1), worth: '100' });
    await put({ key: '3', enteredAt: at(2), dueBy: '2026-03-03T23:59:59.000Z' });
    await put({ key: '4', phase: 'ended', state: 'completed', enteredAt: at(0), worth: '1000' });
    expect(await everyPage({ sort: 'longest-in-state' })).toEqual(['2', '3', '1']);
    expect(await everyPage({ sort: 'due' })).toEqual(['3', '1', '2']);
    expect(await everyPage({ sort: 'worth' })).toEqual(['2', '1', '3']);
    expect(await numbers({ sort: 'worth', state: 'held' })).toEqual(['1']);
  });

  test('everything that it is narrowed to must hold', async () => {
    await put({ key: '1', party: 'A', sites: ['NORTH'], startedAt: at(1), terms: [['item', '85123A']] });
    await put({ key: '2', party: 'A', sites: ['SOUTH'], startedAt: at(2), terms: [['item', '85123A']], state: 'held' });
    await put({ key: '3', party: 'B', sites: ['NORTH', 'SOUTH'], startedAt: at(3), terms: [['item', '22423']] });
    await put({
      key: '4',
      party: 'B',
      phase: 'ended',
      state: 'completed',
      startedAt: at(60 * 24),
      terms: [['item', '85123A']],
    });
    expect(await numbers({ customer: 'A' })).toEqual(['2', '1']);
    expect(await numbers({ item: '85123a' })).toEqual(['4', '2', '1']);
    expect(await numbers({ site: 'SOUTH' })).toEqual(['3', '2']);
    expect(await numbers({ customer: 'A', item: '85123A', site: 'NORTH' })).toEqual(['1']);
    expect(await numbers({ state: 'held', customer: 'A' })).toEqual(['2']);
    expect(await numbers({ state: 'held' })).toEqual(['2']);
    expect(await numbers({ phase: 'ended', item: '85123A' })).toEqual(['4']);
    expect(await numbers({ phase: 'open', item: '85123A' })).toEqual(['2', '1']);
    expect(await numbers({ channel: 'edi' })).toEqual([]);
    expect(await numbers({ from: '2026-03-03' })).toEqual(['4']);
    expect(await numbers({ to: '2026-03-02', site: 'NORTH' })).toEqual(['3', '1']);
    expect(await numbers({ customer: 'A', search: '85123A' })).toEqual([]);
  });

  test('those with open cases are of the order or of its fulfilments', async () => {
    const first = await put({ key: '1' });
    await put({ key: '2', startedAt: at(1) });
    const part = await put({ key: '2-NORTH-1', of: '2' });
    await put({ key: '3' });
    await putCase(own.database, first, 'order-to-cash', '1', 'x');
    await putCase(own.database, part, 'fulfilment', '2-NORTH-1', 'x');
    expect(await everyPage({ withCases: 'true' })).toEqual(['2', '1']);
    expect(await numbers({ withCases: 'true', sort: 'due' })).toHaveLength(2);
    await own.database.pool.query('update case_record set closed_at = now() where key = $1', ['1']);
    expect(await numbers({ withCases: 'true' })).toEqual(['2']);
  });

  test('overdue is before today, and today is today', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await put({ key: '1', dueBy: `${today}T23:59:59.000Z` });
    await put({ key: '2', dueBy: '2026-03-01T23:59:59.000Z' });
    await put({ key: '3', dueBy: '2999-03-01T23:59:59.000Z' });
    await put({ key: '4' });
    await put({ key: '5', dueBy: '2026-03-01T23:59:59.000Z', phase: 'ended', state: 'completed' });
    expect(await numbers({ due: 'today' })).toEqual(['1']);
    expect(await numbers({ due: 'overdue' })).toEqual(['2']);
  });
});

describe('searching', () => {
  test('finds an order by the beginning of any number, whatever the case, and says by which', async () => {
    await put({
      key: '100001',
      terms: [
        ['purchase-order', 'PO-778'],
        ['erp-sales-order', 'SO500123'],
        ['tracking', 'JD0002'],
        ['invoice', 'INV99'],
      ],
    });
    for (const [search, kind, value] of [
      ['1000', 'order', '100001'],
      ['po-7', 'purchase-order', 'PO-778'],
      ['SO500123', 'erp-sales-order', 'SO500123'],
      ['jd0', 'tracking', 'JD0002'],
      ['inv9', 'invoice', 'INV99'],
      ['178', 'customer', '17850'],
    ] as const) {
      const { orders } = await list({ search });
      expect(
        orders.map(({ orderNumber, matched }) => [orderNumber, matched]),
        search,
      ).toEqual([['100001', { kind, value }]]);
    }
    expect(await numbers({ search: '00001' })).toEqual([]);
    expect(await numbers({ search: '%' })).toEqual([]);
  });

  test('finds those of a customer by the beginning of their name', async () => {
    await put({ key: '1', party: 'A', partyName: 'Meyer & Daughters', startedAt: at(1) });
    await put({ key: '2', party: 'B', partyName: 'Meyerling', startedAt: at(2), state: 'held' });
    await put({ key: '3', party: 'C', partyName: 'Ashton' });
    expect(await everyPage({ search: 'meyer' })).toEqual(['2', '1']);
    expect(await numbers({ search: 'Meyer', state: 'held' })).toEqual(['2']);
  });

  test('puts what is it before what begins so, and else the newest first', async () => {
    await put({ key: '1001', startedAt: at(1) });
    for (let n = 0; n < 5; n += 1) await put({ key: `1001${n}`, startedAt: at(10 + n) });
    await put({ key: '9', startedAt: at(20), terms: [['purchase-order', '1001']] });
    expect(await everyPage({ search: '1001' })).toEqual(['9', '1001', '10014', '10013', '10012', '10011', '10010']);
  });

  test('finds the newest where more begin so than are looked at', async () => {
    await own.database.pool.query(`
      insert into standing (run_id, flow, key, version, state, visit, phase, started_at, entered_at, updated_at, sites, source, shows)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'order-to-cash', n::text, 1, 'completed', 1, 'ended',
          timestamptz '2026-01-01Z' + n * interval '1 s', now(), now(), '{}', 'api:shop', '{}' from generate_series(999000, 1001999) n;
      insert into standing_term (kind, folded, started_at, run_id) select 'order', key, started_at, run_id from standing`);
    // By their letters 1001… comes before 999…, and both after 1000…
    expect((await numbers({ search: '1', limit: '3' })).slice(0, 3)).toEqual(['1001999', '1001998', '1001997']);
    expect((await numbers({ search: '1000', limit: '2' })).slice(0, 2)).toEqual(['1000999', '1000998']);
    expect(await numbers({ search: '999999' })).toEqual(['999999']);
  });
});

describe('who may see what', () => {
  test('a key without the wide scope sees what its own consumer submitted', async () => {
    await put({ key: '71', source: 'api:shop', startedAt: at(1) });
    await put({ key: '72', source: 'api:other', startedAt: at(2) });
    expect(await numbers({}, api.keys.shop)).toEqual(['71']);
    expect(await numbers({}, api.keys.other)).toEqual(['72']);
    expect(await numbers({ search: '71' }, api.keys.other)).toEqual([]);
    expect(await numbers({ sort: 'due' }, api.keys.shop)).toEqual(['71']);
    expect(await numbers()).toEqual(['72', '71']);
    const stages = await api.ask('/api/orders/v1/stages', { key: api.keys.shop });
    expect(stages.json.stages.find(({ state }: { state: string }) => state === 'checking').count).toBe(1);
  });
});

describe('what cannot be asked', () => {
  test.each([
    [{ search: 'x', sort: 'due' }, '/sort'],
    [{ phase: 'ended', sort: 'worth' }, '/sort'],
    [{ phase: 'ended', due: 'today' }, '/due'],
    [{ from: '2026-03-02', to: '2026-03-01' }, '/to'],
    [{ after: 'nonsense' }, '/after'],
    [{ limit: '1000' }, '/limit'],
    [{ search: ' ' }, '/search'],
  ])('%j is refused, and the member is named', async (parameters, path) => {
    const answer = await api.ask(`/api/orders/v1/orders?${new URLSearchParams(parameters as Record<string, string>)}`, {
      key: api.keys.finance,
    });
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
    expect(answer.json.errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  test('the place of one list is none of another', async () => {
    for (const key of ['1', '2', '3']) await put({ key });
    const { next = '' } = await list({ limit: '1' });
    const answer = await api.ask(`/api/orders/v1/orders?sort=due&after=${next}`, { key: api.keys.finance });
    expect(answer.status).toBe(422);
  });
});
