import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createOrdersApi, findingsIn, orderNumberIn } from './orders-api.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Reply = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A platform that gives these answers one after the other. */
async function given(...replies: readonly Reply[]) {
  const seen: string[] = [];
  let at = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(`${request.method} ${request.url} ${request.headers['idempotency-key'] ?? ''} ${body}`.trim());
    const reply = replies[Math.min(at, replies.length - 1)];
    at += 1;
    reply?.(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { api: createOrdersApi({ url, apiKey: 'key' }), seen };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
const hangUp: Reply = (request) => {
  request.socket.destroy();
};

describe('the orders API as the demo uses it', () => {
  test('an order is submitted under its key, and the number read', async () => {
    const { api, seen } = await given(json(202, { orderNumber: '100001' }));
    expect(orderNumberIn(await api.submit({ customer: '1' }, 'k-1'))).toBe('100001');
    expect(seen).toEqual(['POST /api/orders/v1/orders k-1 {"customer":"1"}']);
  });

  test('a lost answer, too many requests and a platform that is away are asked again under the same key', async () => {
    const { api, seen } = await given(
      hangUp,
      json(429, {}, { 'retry-after': '0' }),
      json(503, {}, { 'retry-after': '0' }),
      json(202, { orderNumber: '100001' }),
    );
    expect((await api.submit({}, 'k-1')).status).toBe(202);
    expect(new Set(seen)).toEqual(new Set(['POST /api/orders/v1/orders k-1 {}']));
    expect(seen).toHaveLength(4);
  });

  test('problems come back with every path', async () => {
    const { api } = await given(json(422, { errors: [{ path: '/customer' }, { path: '/lines/0/quantity' }] }));
    expect(findingsIn(await api.submit({}, 'k'))).toEqual(['/customer', '/lines/0/quantity']);
  });

  test('an order is read with its holds; a hold is released and an order cancelled under a key', async () => {
    const view = { orderNumber: '100001', state: 'held', holds: [{ hold: 'item-3', kind: 'item', line: 3 }] };
    const { api, seen } = await given(json(200, view), json(202, view));
    expect(await api.order('100001')).toEqual({
      orderNumber: '100001',
      state: 'held',
      holds: [{ hold: 'item-3', kind: 'item' }],
    });
    await api.release('100001', 'item-3', 'why', 'k-r');
    await api.cancel('100001', 'why', 'k-c');
    expect(seen.slice(1)).toEqual([
      'POST /api/orders/v1/orders/100001/holds/item-3/release k-r {"reason":"why","waiver":{}}',
      'POST /api/orders/v1/orders/100001/cancellation k-c {"reason":"why"}',
    ]);
  });

  test('an order that cannot be read is an error that says what was answered', async () => {
    const { api } = await given(json(404, { title: 'no' }));
    await expect(api.order('1')).rejects.toThrow('GET /1: 404 {"title":"no"}');
  });
});
