import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OrderChange } from '#business/flows';
import { decimal } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { ordersV1 } from './api.ts';
import { createFakeRuns, type FakeRuns } from './testing/fake-runs.ts';
import { startOrdersGateway } from './testing/orders-gateway.ts';

let own: TestDatabase;
let api: Awaited<ReturnType<typeof startOrdersGateway>>;
let engine: FakeRuns;
const at = '2026-03-01T09:30:00.000Z';

beforeAll(async () => {
  own = await testDatabase();
  engine = createFakeRuns();
  api = await startOrdersGateway(own, engine);
});
afterAll(async () => {
  await api.close();
  await own.drop();
});
beforeEach(() => {
  engine.started.length = 0;
  engine.delivered.length = 0;
  delete engine.failWith;
});

const order = (change: object = {}) => ({
  customer: '17850',
  currency: 'GBP',
  lines: [{ item: '85123A', quantity: '6', unitPrice: '2.55' }],
  ...change,
});
const submitted = async (): Promise<string> => (await api.post(order())).json.orderNumber;
const pathOf = (orderNumber: string): string => `/api/orders/v1/orders/${orderNumber}`;

function expectProblem(answer: Awaited<ReturnType<typeof api.ask>>, status: number, code: string): void {
  expect(answer.json).toMatchObject({
    status,
    code,
    type: expect.stringContaining(code),
    title: expect.stringMatching(/./),
    detail: expect.stringMatching(/./),
    retryable: expect.any(Boolean),
    errors: expect.any(Array),
  });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
}

describe('submitting an order', () => {
  test('is answered once it is durable, with its number and where to look', async () => {
    const answer = await api.post(order());
    expect(answer.status).toBe(202);
    const { orderNumber } = answer.json;
    expect(answer.json).toEqual({
      orderNumber: expect.stringMatching(/^\d{6,}$/),
      state: 'checking',
      links: {
        self: pathOf(orderNumber),
        narrative: `${pathOf(orderNumber)}/narrative`,
        cancellation: `${pathOf(orderNumber)}/cancellation`,
        changes: `${pathOf(orderNumber)}/changes`,
      },
    });
    expect(answer.headers.location).toBe(pathOf(orderNumber));
    expect(engine.started).toMatchObject([
      {
        flow: 'order-to-cash',
        key: orderNumber,
        source: 'api:shop',
        input: { orderNumber, channel: 'api', source: 'api:shop', lines: [{ quantity: '6', unit: 'EA' }] },
        claim: { scope: 'orders:shop' },
      },
    ]);
  });

  test('with a wish to wait it is told as confirmed or held when it got that far', async () => {
    const waiting = api.post(order(), { prefer: 'wait=5' });
    while (engine.started.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const hold = { hold: 'credit', kind: 'credit' as const, reason: 'over the limit', placedAt: at };
    engine.move(engine.started[0]?.key ?? '', { state: 'held', cases: ['order-held'] }, { holds: [hold] });
    const answer = await waiting;
    expect(answer).toMatchObject({ status: 201, headers: { 'preference-applied': 'wait=5' } });
    expect(answer.json).toMatchObject({ state: 'held', holds: [hold], openCases: ['order-held'] });
  });

  test('with a wish to wait in vain it is accepted all the same', async () => {
    const answer = await api.post(order(), { prefer: 'wait=1' });
    expect(answer).toMatchObject({
      status: 202,
      headers: { 'preference-applied': 'wait=1' },
      json: { state: 'checking' },
    });
  });

  test('fifty times at once with one key is one order', async () => {
    const key = { 'idempotency-key': 'fifty' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.post(order(), key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ json }) => json.orderNumber)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] !== 'true')).toHaveLength(1);
  });

  test('again with the same key gives the same order; with another body it is refused', async () => {
    const key = { 'idempotency-key': 'again' };
    const first = await api.post(order(), key);
    const second = await api.post(order(), key);
    expect(second).toMatchObject({ status: 202, json: first.json, headers: { 'idempotency-replayed': 'true' } });
    engine.move(first.json.orderNumber, { state: 'fulfilling' });
    const third = await api.post(order(), { ...key, prefer: 'wait=5' });
    expect(third).toMatchObject({ status: 200, json: { state: 'fulfilling', orderNumber: first.json.orderNumber } });
    expectProblem(await api.post(order({ customerPurchaseOrder: 'X' }), key), 422, 'idempotency-key-reused');
    const theirs = await api.post(order(), key, api.keys.other);
    expect(theirs.json.orderNumber).not.toBe(first.json.orderNumber);
  });

  test('everything wrong with it comes back at once, and nothing is recorded', async () => {
    const lines = [
      { item: '85123A', quantity: '-6', unit: 'XX' },
      { item: 'P', kind: 'charge', quantity: '1' },
      { quantity: 6 },
    ];
    const answer = await api.post({ customer: '99', currency: 'GBP', colour: 'red', lines });
    expectProblem(answer, 422, 'invalid-request');
    expect(answer.json.errors.map(({ path, code }: Record<string, string>) => `${path} ${code}`).sort()).toEqual([
      '/colour unknown-member',
      '/customer unknown-customer',
      '/lines/0/quantity not-positive',
      '/lines/0/unit unit-not-convertible',
      '/lines/1/unitPrice price-required',
      '/lines/2/item required',
      '/lines/2/quantity wrong-type',
    ]);
    expectProblem(await api.post(order({ currency: 'EUR' })), 422, 'invalid-request');
    expect(engine.started).toEqual([]);
  });

  test('when the engine is away it is told to come again with the same key', async () => {
    engine.failWith = Object.assign(new Error('no space left'), { code: '53100' });
    const answer = await api.post(order());
    expectProblem(answer, 503, 'unavailable');
    expect(answer.json.retryable).toBe(true);
  });

  test('needs the scope and a key for the intent', async () => {
    expectProblem(await api.post(order(), {}, api.keys.reader), 403, 'scope-missing');
    expectProblem(await api.post(order(), { 'idempotency-key': '' }), 400, 'idempotency-key-missing');
    expectProblem(await api.post(order(), {}, 'cdk_x'), 401, 'credentials-refused');
    expect(engine.started).toEqual([]);
  });
});

describe('bad bodies', () => {
  const big = (character: string) => Buffer.alloc(10_000_000, character);
  const known: readonly (readonly [string, string | Buffer])[] = [
    ['10 MB of blanks', big(' ')],
    ['10 MB of brackets', big('[')],
    ['depth 10,000', `{"lines":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['__proto__', '{"__proto__":{"customer":"17850"},"currency":"GBP"}'],
    ['__proto__ in a line', JSON.stringify(order()).replace('"item"', '"__proto__":{"x":1},"item"')],
    ['constructor', JSON.stringify(order()).replace('"item"', '"constructor":{"prototype":{}},"item"')],
    ['NUL', JSON.stringify(order({ customerPurchaseOrder: 'a\u0000b' }))],
    ['a lone surrogate', JSON.stringify(order()).replace('85123A', '\\ud83d')],
    ['a million elements', `{"customer":"17850","currency":"GBP","lines":[${'1,'.repeat(400_000)}1]}`],
    ['a million members', `{${Array.from({ length: 60_000 }, (_, n) => `"m${n}":1`).join(',')}}`],
    ['a huge number', JSON.stringify(order()).replace('"6"', '1e308')],
    ['an endless number', JSON.stringify(order()).replace('"6"', '9'.repeat(400))],
    ['an endless text', JSON.stringify(order({ customer: 'x'.repeat(900_000) }))],
    ['broken JSON', '{"customer":'],
    ['two values', '{}{}'],
    ['nothing', ''],
    ['invalid UTF-8', Buffer.concat([Buffer.from('{"customer":"'), Buffer.from([0xff, 0xc0]), Buffer.from('"}')])],
    ['UTF-16', Buffer.from(JSON.stringify(order()), 'utf16le')],
    ['a text', '"order"'],
    ['an array of orders', JSON.stringify([order()])],
    ['null', 'null'],
    ['a member twice', '{"customer":"1","customer":"17850","currency":"GBP","lines":[{"item":"a","quantity":"1"}]}'],
  ];

  test.each(known)('%s: a clear problem, and nothing started', async (_, body) => {
    const answer = await api.post(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expectProblem(answer, answer.status, answer.json.code);
    expect(answer.text).not.toMatch(/\bat .*\.ts/);
    expect(engine.started).toEqual([]);
  });

  test('whatever is sent, the answer is an acceptance of something right or a problem with a code', async () => {
    const mutation = fc.record({
      at: fc.nat(),
      length: fc.nat({ max: 4 }),
      put: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom('"', '{', '}', '[', ',', ':', '\\', '-', '1e9', 'null', '\u0000'),
      ),
    });
    const mutated = fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) => {
      let text = JSON.stringify(order());
      for (const { at: place, length, put } of mutations) {
        const start = place % text.length;
        text = text.slice(0, start) + put + text.slice(start + length);
      }
      return Buffer.from(text);
    });
    const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each));
    const value = fc.jsonValue().map((each) => Buffer.from(JSON.stringify(each)));
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, bytes, value), async (body) => {
        engine.started.length = 0;
        const answer = await api.post(body);
        if (answer.status === 202) {
          expect(engine.started).toHaveLength(1);
          return;
        }
        expect([400, 422]).toContain(answer.status);
        expectProblem(answer, answer.status, answer.json.code);
        expect(engine.started).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

/** What each kind of caller gets from each route, for an order of `shop` that is not held. A route without a row fails. */
const matrix: Readonly<
  Record<string, Readonly<Record<'shop' | 'other' | 'finance' | 'reader' | 'anonymous', number>>>
> = {
  submitOrder: { shop: 202, other: 202, finance: 403, reader: 403, anonymous: 401 },
  listOrders: { shop: 200, other: 200, finance: 200, reader: 200, anonymous: 401 },
  showStages: { shop: 200, other: 200, finance: 200, reader: 200, anonymous: 401 },
  showTrucks: { shop: 200, other: 200, finance: 200, reader: 200, anonymous: 401 },
  showOrder: { shop: 200, other: 404, finance: 200, reader: 200, anonymous: 401 },
  narrateOrder: { shop: 200, other: 404, finance: 200, reader: 200, anonymous: 401 },
  compareOrder: { shop: 200, other: 404, finance: 200, reader: 200, anonymous: 401 },
  drawOrder: { shop: 200, other: 404, finance: 200, reader: 200, anonymous: 401 },
  listExchanges: { shop: 200, other: 404, finance: 200, reader: 200, anonymous: 401 },
  traceOrder: { shop: 200, other: 404, finance: 200, reader: 200, anonymous: 401 },
  listDeeds: { shop: 200, other: 404, finance: 200, reader: 200, anonymous: 401 },
  showExchange: { shop: 404, other: 404, finance: 404, reader: 404, anonymous: 401 },
  cancelOrder: { shop: 202, other: 404, finance: 403, reader: 403, anonymous: 401 },
  changeOrder: { shop: 202, other: 404, finance: 403, reader: 403, anonymous: 401 },
  releaseHold: { shop: 403, other: 404, finance: 404, reader: 403, anonymous: 401 },
  releaseAgain: { shop: 404, other: 404, finance: 403, reader: 403, anonymous: 401 },
};
const bodies: Readonly<Record<string, object>> = {
  submitOrder: order(),
  cancelOrder: { reason: 'x' },
  changeOrder: { reason: 'x', lines: [{ lineNumber: 1, quantity: '2' }] },
  releaseHold: { reason: 'x' },
  releaseAgain: { reason: 'x' },
};

describe('object access', () => {
  const rows = ordersV1.routes.flatMap((route) => {
    const expected = Object.entries(matrix[route.name] ?? { 'no row in the matrix': 0 });
    return expected.map(([caller, status]) => ({ route, name: route.name, caller, status }));
  });

  test.each(rows)('$name by $caller is $status', async ({ route, name, caller, status }) => {
    const keys: Readonly<Record<string, string>> = { ...api.keys, anonymous: '' };
    const to = (orderNumber: string): string =>
      `/api/orders/v1${route.path.replace('{orderNumber}', orderNumber).replace('{hold}', 'credit').replace('{fulfilmentNumber}', 'F-1').replace('{exchange}', 'x:1')}`;
    const asking = { method: route.method, key: keys[caller] ?? '', body: bodies[name] } as const;
    const orderNumber = await submitted();
    engine.move(orderNumber, { phase: 'unwinding' });
    expect((await api.ask(to(orderNumber), asking)).status).toBe(status);
    // An order that is not there is told from one of somebody else's by nobody.
    if (route.path.includes('{orderNumber}') && (status === 200 || status === 202 || status === 404)) {
      const absent = await api.ask(to('999999'), asking);
      expectProblem(absent, 404, 'not-found');
      expect(absent.json.detail).toBe('There is no order 999999 that you may see.');
      expectProblem(await api.ask(to('%00'), asking), 422, 'invalid-request');
    }
    if (caller !== 'shop') expect(engine.delivered).toEqual([]);
  });
});

describe('showing an order', () => {
  test('tells how far it is in the words of the trade', async () => {
    const orderNumber = await submitted();
    const amounts = { untaxed: decimal('15.30'), tax: decimal('3.06'), total: decimal('18.36') };
    engine.move(
      orderNumber,
      { state: 'fulfilling' },
      {
        lines: { 1: { ordered: decimal('6'), released: decimal('4'), shipped: decimal('2'), invoiced: decimal('2') } },
        bookings: [
          { round: 1, carriesCharges: true, site: 'NORTH', booking: { id: '7', reference: 'SO7', ...amounts } },
        ],
        fulfilments: [{ fulfilmentNumber: `${orderNumber}-NORTH-1`, round: 1, site: 'NORTH', left: [], ended: false }],
        shipments: [
          {
            shipmentNumber: 'S1',
            fulfilmentNumber: `${orderNumber}-NORTH-1`,
            site: 'NORTH',
            shippedAt: at,
            trackingNumber: 'T1',
          },
        ],
        invoices: [{ id: '9', number: 'INV9', ...amounts, lines: [] }],
      },
    );
    expect((await api.ask(pathOf(orderNumber))).json).toMatchObject({
      state: 'fulfilling',
      stateMeans: 'Its warehouses have it.',
      phase: 'forward',
      value: { amount: '15.30', currency: 'GBP' },
      lines: [{ item: '85123A', quantities: { ordered: '6', released: '4', shipped: '2', invoiced: '2' } }],
      bookings: [{ site: 'NORTH', reference: 'SO7', total: '18.36' }],
      fulfilments: [{ site: 'NORTH', ended: false }],
      shipments: [{ shipmentNumber: 'S1', trackingNumber: 'T1' }],
      invoices: [{ number: 'INV9', total: '18.36' }],
    });
  });
});

describe('cancelling', () => {
  const cancel = (orderNumber: string, headers: Record<string, string> = {}, reason = 'ordered twice') =>
    api.ask(`${pathOf(orderNumber)}/cancellation`, { method: 'POST', body: { reason }, headers });

  test('tells the order who wants it and why, once for each intent, and answers the order after it', async () => {
    const orderNumber = await submitted();
    const key = { 'idempotency-key': 'cancel-1' };
    const asked = cancel(orderNumber, key);
    while (engine.delivered.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const cancellation = {
      requestedBy: 'api:shop',
      reason: 'ordered twice',
      requestedAt: at,
      verdict: 'accepted',
    } as const;
    engine.move(orderNumber, { state: 'cancelled', phase: 'ended', ending: 'cancelled' }, { cancellation });
    expect(await asked).toMatchObject({ status: 202, json: { state: 'cancelled', cancellation } });
    expect(engine.delivered).toEqual([
      {
        flow: 'order-to-cash',
        key: orderNumber,
        id: 'api:shop:cancel-1',
        source: 'api:shop',
        type: 'order.cancel-requested',
        data: { requestedBy: 'api:shop', reason: 'ordered twice' },
      },
    ]);
    const again = await cancel(orderNumber, key);
    expect(again).toMatchObject({ status: 202, headers: { 'idempotency-replayed': 'true' } });
    expectProblem(await cancel(orderNumber, key, 'another reason'), 422, 'idempotency-key-reused');
    expectProblem(await cancel(orderNumber), 409, 'order-ended');
    expect(engine.delivered).toHaveLength(1);
  });

  test('needs a reason', async () => {
    const orderNumber = await submitted();
    for (const body of [
      {},
      { reason: '' },
      { reason: '  ' },
      { reason: 'x'.repeat(501) },
      { reason: 'x', lines: [1] },
    ]) {
      expectProblem(
        await api.ask(`${pathOf(orderNumber)}/cancellation`, { method: 'POST', body }),
        422,
        'invalid-request',
      );
    }
    expect(engine.delivered).toEqual([]);
  });
});

describe('releasing a hold', () => {
  const holds = [{ hold: 'credit', kind: 'credit' as const, reason: 'over the limit', placedAt: at }];
  const release = (orderNumber: string, body: object, hold = 'credit', headers: Record<string, string> = {}) =>
    api.ask(`${pathOf(orderNumber)}/holds/${hold}/release`, { method: 'POST', body, headers, key: api.keys.finance });

  test('tells the order who takes responsibility and how far', async () => {
    const orderNumber = await submitted();
    engine.move(orderNumber, { state: 'held' }, { holds });
    const waiver = { amount: '500', expires: '2099-01-01T00:00:00Z' };
    const key = { 'idempotency-key': 'release-1' };
    const asked = release(orderNumber, { reason: 'paid', waiver }, 'credit', key);
    while (engine.delivered.length === 0) await new Promise((resolve) => setImmediate(resolve));
    engine.move(orderNumber, { state: 'checking' }, { holds: [] });
    expect(await asked).toMatchObject({ status: 202, json: { state: 'checking', holds: [] } });
    expect(engine.delivered).toMatchObject([
      {
        type: 'order.hold-released',
        id: 'api:finance:release-1',
        data: { hold: 'credit', releasedBy: 'api:finance', reason: 'paid', waiver },
      },
    ]);
    const again = await release(orderNumber, { reason: 'paid', waiver }, 'credit', key);
    expect(again).toMatchObject({ status: 202, headers: { 'idempotency-replayed': 'true' } });
    expect(engine.delivered).toHaveLength(1);
  });

  test('of a hold that is not there is told what holds there are', async () => {
    const orderNumber = await submitted();
    engine.move(orderNumber, { state: 'held' }, { holds });
    const answer = await release(orderNumber, { reason: 'x' }, 'price');
    expectProblem(answer, 404, 'hold-not-placed');
    expect(answer.json.detail).toContain('credit');
    engine.move(orderNumber, { state: 'cancelled', phase: 'ended' });
    expectProblem(await release(orderNumber, { reason: 'x' }), 409, 'order-ended');
    expect(engine.delivered).toEqual([]);
  });

  test('with a waiver that cannot be is refused, all at once', async () => {
    const orderNumber = await submitted();
    engine.move(orderNumber, { state: 'held' }, { holds });
    const answer = await release(orderNumber, {
      reason: 'x',
      waiver: { amount: '-1', expires: '2020-01-01T00:00:00Z' },
    });
    expectProblem(answer, 422, 'invalid-request');
    expect(answer.json.errors).toMatchObject([
      { path: '/waiver/amount' },
      { path: '/waiver/expires', code: 'date-in-past' },
    ]);
    expect(engine.delivered).toEqual([]);
  });
});

describe('changing', () => {
  const change = (orderNumber: string, body: object, headers: Record<string, string> = {}) =>
    api.ask(`${pathOf(orderNumber)}/changes`, { method: 'POST', body: { reason: 'they rang', ...body }, headers });
  const verdict = (key: string, more: Pick<OrderChange, 'verdict' | 'because'>): OrderChange => ({
    id: '1',
    messageId: `api:shop:${key}`,
    requestedAt: at,
    by: 'api:shop',
    reason: 'they rang',
    what: ['line 1 from 6 to 4'],
    ...more,
  });
  const wanted = { lines: [{ lineNumber: 1, quantity: '4' }] };

  test.each([
    [{ verdict: 'accepted' }, 200],
    [{ verdict: 'partly', because: 'line 2 has left' }, 200],
    [{ verdict: 'pending' }, 202],
  ] as readonly (readonly [Pick<OrderChange, 'verdict' | 'because'>, number])[])(
    'that is %j is answered %s, once for each intent',
    async (more, status) => {
      const orderNumber = await submitted();
      const name = `change-of-${orderNumber}-${randomUUID()}`;
      const key = { 'idempotency-key': name };
      const asked = change(orderNumber, wanted, key);
      while (engine.delivered.length === 0) await new Promise((resolve) => setImmediate(resolve));
      engine.move(orderNumber, { state: 'held' }, { changes: [verdict(name, more)] });
      expect(await asked).toMatchObject({ status, json: { changes: [more] } });
      expect((await asked).json.changes[0]).not.toHaveProperty('messageId');
      expect(engine.delivered).toMatchObject([
        { id: `api:shop:${name}`, type: 'order.change-requested', data: { requestedBy: 'api:shop', ...wanted } },
      ]);
      expect(await change(orderNumber, wanted, key)).toMatchObject({ status });
      expect(engine.delivered).toHaveLength(1);
    },
  );

  test('that is refused is a conflict with the reason, also when it is asked again', async () => {
    const orderNumber = await submitted();
    const name = `change-of-${orderNumber}-${randomUUID()}`;
    const key = { 'idempotency-key': name };
    const asked = change(orderNumber, wanted, key);
    while (engine.delivered.length === 0) await new Promise((resolve) => setImmediate(resolve));
    engine.move(
      orderNumber,
      { phase: 'ended', state: 'completed' },
      { changes: [verdict(name, { verdict: 'refused', because: 'it has left' })] },
    );
    expectProblem(await asked, 409, 'change-refused');
    expectProblem(await change(orderNumber, wanted, key), 409, 'change-refused');
    expectProblem(await change(orderNumber, wanted), 409, 'order-ended');
  });
});

describe('the contract', () => {
  test('is published with every route and the schemas that validate', async () => {
    const { json } = await api.ask('/api/orders/v1/openapi.json', { headers: {} });
    expect(Object.keys(json.paths).sort()).toEqual([
      '/orders',
      '/orders/{orderNumber}',
      '/orders/{orderNumber}/cancellation',
      '/orders/{orderNumber}/changes',
      '/orders/{orderNumber}/comparison',
      '/orders/{orderNumber}/deeds',
      '/orders/{orderNumber}/exchanges',
      '/orders/{orderNumber}/exchanges/{exchange}',
      '/orders/{orderNumber}/fulfilments/{fulfilmentNumber}/release',
      '/orders/{orderNumber}/holds/{hold}/release',
      '/orders/{orderNumber}/narrative',
      '/orders/{orderNumber}/pictures',
      '/orders/{orderNumber}/trace',
      '/stages',
      '/trucks',
    ]);
    const { schema } = json.paths['/orders'].post.requestBody.content['application/json'];
    expect(schema).toMatchObject({ additionalProperties: false, required: ['customer', 'currency', 'lines'] });
    expect(json.paths['/orders/{orderNumber}/cancellation'].post.responses['409'].description).toContain('order-ended');
  });
});
