import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopesOf } from '#business/apis';
import { fulfilment, type OrderDocument } from '#business/flows';
import type { Approval } from '#platform/approvals';
import type { Caller, PeopleDoor } from '#platform/gateway';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { ordersV1 } from './api.ts';
import type { OrderAct, OrderAudit, OrderRun, OrdersNeeds } from './needs.ts';
import { releasePerformer } from './release/act-of-two.ts';
import { createFakeRuns, type FakeRuns } from './testing/fake-runs.ts';
import { startOrdersGateway } from './testing/orders-gateway.ts';

let own: TestDatabase;
let engine: FakeRuns;
let api: Awaited<ReturnType<typeof startOrdersGateway>>;
/** Fulfilments, by number: where they are. */
const parts = new Map<string, string>();
const audited: OrderAct[] = [];
const asked: Parameters<OrdersNeeds['approvals']['ask']>[0][] = [];

const person = (userName: string, role: string, sites?: readonly string[]): Caller => ({
  keyId: userName,
  consumer: userName,
  by: `person:${userName}`,
  scopes: scopesOf(role, sites !== undefined),
  ...(sites === undefined ? {} : { sites }),
});
const people: Readonly<Record<string, Caller>> = {
  susan: person('susan', 'supervisor'),
  nora: person('nora', 'supervisor', ['NORTH']),
  sue: person('sue', 'supervisor', ['SOUTH', 'WEST']),
  shop: person('shop', 'operator'),
};
const door: PeopleDoor = { prove: async (cookie) => people[cookie], routes: [], problems: {} };

const orderAudit: OrderAudit = async (act) => void audited.push(act);

const approvalOf = ({ by, intent: _, ...act }: Parameters<OrdersNeeds['approvals']['ask']>[0]): Approval => ({
  ...act,
  id: '00000000-0000-4000-8000-000000000001',
  askedBy: by,
  askedAt: '2026-03-02T09:00:00.000Z',
  state: 'pending',
  endsAt: '2026-03-03T09:00:00.000Z',
});

beforeAll(async () => {
  own = await testDatabase();
  const fake = createFakeRuns();
  engine = {
    ...fake,
    view: async (flow, key) =>
      flow === fulfilment.name && parts.has(key) ? ({ key, state: parts.get(key) } as OrderRun) : fake.view(flow, key),
  };
  const approvals: OrdersNeeds['approvals'] = {
    isNeeded: (what, by) => what === 'order.release-again' && by.startsWith('person:'),
    asked: async () => undefined,
    ask: async (act) => {
      asked.push(act);
      return approvalOf(act);
    },
  };
  api = await startOrdersGateway(own, engine, { approvals, orderAudit }, {}, door);
});
afterAll(async () => {
  await api.close();
  await own.drop();
});

const order = { customer: '17850', currency: 'GBP', lines: [{ item: '85123A', quantity: '6', unitPrice: '2.55' }] };

async function as(who: string, path: string, body?: object, intent = randomUUID()) {
  const answer = await fetch(api.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      origin: api.url,
      cookie: `crossdock_session=${who}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': intent }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: JSON.parse(await answer.text()) };
}

/** An order with a part in this warehouse; without one it is not planned yet. */
async function orderIn(site?: string): Promise<string> {
  const { orderNumber } = (await api.post(order)).json as { orderNumber: string };
  if (site === undefined) return orderNumber;
  const number = `${orderNumber}-1`;
  parts.set(number, 'refused');
  const part = { fulfilmentNumber: number, round: 1, site, left: [], ended: false };
  engine.move(orderNumber, {}, { fulfilments: [part] } as Partial<OrderDocument>);
  return orderNumber;
}

const bodies: Readonly<Record<string, object>> = {
  cancelOrder: { reason: 'x' },
  changeOrder: { reason: 'x', lines: [{ lineNumber: 1, quantity: '2' }] },
  releaseHold: { reason: 'x' },
  releaseAgain: { reason: 'x' },
};
const ofOneOrder = ordersV1.routes.filter(({ path }) => path.includes('{orderNumber}'));

describe('who sees one warehouse only', () => {
  test.each(ofOneOrder)(
    '$name: an order of another is not there, nor is one that is not planned yet',
    async (route) => {
      const at = (orderNumber: string): string =>
        `/api/orders/v1${route.path
          .replace('{orderNumber}', orderNumber)
          .replace('{fulfilmentNumber}', `${orderNumber}-1`)
          .replace('{hold}', 'credit')
          .replace('{exchange}', 'x')}`;
      const body = route.method === 'GET' ? undefined : (bodies[route.name] ?? {});
      const [north, unplanned] = [await orderIn('NORTH'), await orderIn()];
      engine.delivered.length = 0;
      const absent = await as('sue', at('999999'), body);
      for (const [who, orderNumber] of [
        ['sue', north],
        ['sue', unplanned],
        ['nora', unplanned],
      ] as const) {
        const answer = await as(who, at(orderNumber), body);
        expect(answer.status).toBe(404);
        // Nothing tells it from one that there is not.
        expect(answer.json.detail.replaceAll(orderNumber, '999999')).toBe(absent.json.detail);
      }
      expect(engine.delivered).toEqual([]);
      const own = await as('nora', at(north), body);
      // Of an order that is theirs they are told at least what it has not.
      expect(own.status === 404 ? own.json.detail : '').not.toBe(absent.json.detail.replaceAll('999999', north));
    },
  );

  test('who submits one is told that it was taken, and no more', async () => {
    const answer = await as('nora', '/api/orders/v1/orders', order);
    expect(answer.status).toBe(202);
    expect((await as('nora', `/api/orders/v1/orders/${answer.json.orderNumber}`)).status).toBe(404);
  });
});

describe('a person and a key of one name', () => {
  test('are two: neither takes the other’s idempotency key, and records tell them apart', async () => {
    const intent = randomUUID();
    const byKey = await api.post(order, { 'idempotency-key': intent });
    const byPerson = await as('shop', '/api/orders/v1/orders', order, intent);
    expect(byPerson.json.orderNumber).not.toBe(byKey.json.orderNumber);
    expect(engine.started.slice(-2).map(({ source }) => source)).toEqual(['api:shop', 'person:shop']);
  });
});

describe('what a person does to an order', () => {
  test.each([
    ['/cancellation', { reason: 'they rang' }, { action: 'cancel', details: { reason: 'they rang' } }],
    [
      '/changes',
      { reason: 'fewer', lines: [{ lineNumber: 1, quantity: '2' }] },
      { action: 'change', details: { reason: 'fewer', changed: ['lines'] } },
    ],
    [
      '/holds/credit/release',
      { reason: 'paid', waiver: { amount: '5' } },
      { action: 'release-hold', details: { hold: 'credit', reason: 'paid', waiver: { amount: '5' } } },
    ],
  ])('stands in the audit of the order: %s', async (path, body, act) => {
    const orderNumber = await orderIn();
    engine.move(orderNumber, { state: 'held' }, {
      holds: [{ hold: 'credit', kind: 'credit', reason: 'x', placedAt: '2026-03-01T09:00:00.000Z' }],
    } as unknown as Partial<OrderDocument>);
    audited.length = 0;
    await as('susan', `/api/orders/v1/orders/${orderNumber}${path}`, body);
    expect(audited).toMatchObject([{ order: orderNumber, by: 'person:susan', ...act, isRepeated: false }]);
    expect(engine.delivered.at(-1)?.id).toBe(audited[0]?.message);
  });

  test('that cannot be done stands nowhere', async () => {
    const orderNumber = await orderIn();
    audited.length = 0;
    const path = `/api/orders/v1/orders/${orderNumber}/holds/nothing/release`;
    expect((await as('susan', path, { reason: 'x' })).status).toBe(404);
    expect(audited).toEqual([]);
  });
});

describe('a release again', () => {
  test('that a person asks for waits for another, and names order, warehouse and worth', async () => {
    const orderNumber = await orderIn('NORTH');
    engine.delivered.length = 0;
    const path = `/api/orders/v1/orders/${orderNumber}/fulfilments/${orderNumber}-1/release`;
    const answer = await as('susan', path, { reason: 'the address is mended' });
    expect(answer).toMatchObject({
      status: 202,
      json: {
        what: 'order.release-again',
        target: `order:${orderNumber}`,
        state: 'pending',
        worth: { amount: '15.30' },
      },
    });
    expect(asked.at(-1)).toMatchObject({
      by: 'person:susan',
      sites: ['NORTH'],
      summary: expect.stringContaining('15.30 GBP'),
    });
    expect(engine.delivered).toEqual([]);
    parts.set(`${orderNumber}-1`, 'released');
    expect((await as('susan', path, { reason: 'x' })).json).toMatchObject({ code: 'fulfilment-not-refused' });
  });

  test('is done once when it is allowed, with both names; and not at all when it does not fit any more', async () => {
    const orderNumber = await orderIn('NORTH');
    const number = `${orderNumber}-1`;
    engine.delivered.length = 0;
    const perform = releasePerformer(
      {
        ...engine,
        waitFor: async () => undefined,
        journal: async () =>
          engine.delivered.map((message, seq) => ({
            seq,
            at: '',
            entry: { kind: 'received', message: { ...message, at: '' }, verdict: 'applied' } as never,
          })),
      },
      orderAudit,
    );
    audited.length = 0;
    const request = { order: orderNumber, fulfilment: number, site: 'NORTH', byHand: false };
    const act = {
      what: 'order.release-again',
      target: '',
      summary: '',
      reason: 'mended',
      request,
      by: 'person:susan',
      intent: 'i',
    };
    const approval = { ...approvalOf(act), decidedBy: 'person:sam' };
    expect(await perform(approval)).toMatchObject({ done: true });
    expect(await perform(approval)).toMatchObject({ done: true });
    expect(engine.delivered).toMatchObject([
      {
        key: number,
        source: 'person:susan',
        data: { requestedBy: 'person:susan', reason: 'mended (allowed by person:sam)' },
      },
    ]);
    expect(audited).toMatchObject([
      {
        order: orderNumber,
        action: 'release-again',
        by: 'person:susan',
        details: { fulfilment: number, site: 'NORTH' },
      },
    ]);
    parts.set(number, 'released');
    const late = await perform({ ...approval, id: '00000000-0000-4000-8000-000000000002' });
    expect(late).toEqual({ done: false, outcome: `Nothing was done: ${number} is released by now.` });
    expect(engine.delivered).toHaveLength(1);
  });
});
