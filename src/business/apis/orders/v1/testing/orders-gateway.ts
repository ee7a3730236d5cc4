import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { Agent, request } from 'undici';
import { failed, multiply, ok } from '#model/kernel';
import type { PeopleDoor } from '#platform/gateway';
import { createGateway, createKey, createNumbers, type GatewayOptions } from '#platform/gateway/runtime';
import { createRunCounter, createRunReader, readDepartures } from '#platform/progress';
import type { Database } from '#platform/storage';
import type { TestDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { ordersV1 } from '../api.ts';
import type { OrderLists } from '../list/needs.ts';
import type { OrderRuns, OrdersNeeds } from '../needs.ts';
import type { DoorCatalogue } from '../submission/context.ts';

/** One customer billed in GBP, one in EUR; one item by the each and the case of 12. */
export const catalogue: DoorCatalogue = {
  customer: (number) =>
    number === '17850' || number === '12583'
      ? { customer: number, name: number, currency: number === '17850' ? 'GBP' : 'EUR', active: true }
      : undefined,
  item: (number) =>
    number === '85123A'
      ? {
          item: number,
          description: 'T-light holder',
          unit: 'EA',
          conversions: [{ unit: 'CA', factor: '12' as never }],
        }
      : undefined,
  convert: (quantity, unit, item) => {
    const factor = unit === item.unit ? '1' : item.conversions.find((each) => each.unit === unit)?.factor;
    return factor === undefined ? failed([{ message: 'no conversion' }]) : ok(multiply(quantity, factor as never));
  },
};

/** An installation where nobody is asked about anything. */
const oneIsEnough: OrdersNeeds['approvals'] = {
  isNeeded: () => false,
  asked: async () => undefined,
  ask: () => Promise.reject(new Error('nobody is asked here')),
};

const midnight = (date: string): string => `${date}T00:00:00.000Z`;

/** Lists as main wires them, in UTC, with trucks at half past four and every lane open. */
export const listsOf = (database: Database): OrderLists => ({
  runs: createRunReader(database),
  counts: createRunCounter(database, { keepMovesMs: 0, keepUsualMs: 0 }),
  departures: (query) => readDepartures(database, query),
  days: {
    dateOf: (at) => at.slice(0, 10),
    startOf: midnight,
    later: (date, days) => new Date(Date.parse(midnight(date)) + days * 86_400_000).toISOString().slice(0, 10),
    at: (date, hour) => `${date}T${hour}:00.000Z`,
    closesOn: (date) => `${date}T18:00:00.000Z`,
  },
  sites: ['NORTH', 'SOUTH'],
  truckHours: { NORTH: '16:30' },
  shutLanes: async () => new Map(),
  systemOf: () => 'some-system',
});

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** The orders API on a real socket, with keys for a shop, another shop, and a person of finance who sees all. */
export async function startOrdersGateway(
  own: TestDatabase,
  engine: OrderRuns,
  more: Partial<OrdersNeeds> = {},
  options: GatewayOptions = {},
  people?: PeopleDoor,
) {
  const lines: string[] = [];
  const numbers = createNumbers(own.database, { series: 'order' });
  const gateway = createGateway(
    {
      apis: [ordersV1],
      needs: {
        ...{ engine, numbers, catalogue },
        effectStandings: async () => new Map(),
        cases: { list: async () => ({ cases: [] }) },
        approvals: oneIsEnough,
        lists: listsOf(own.database),
        orderAudit: async () => undefined,
        ...more,
      },
      database: own.database,
      ...(people === undefined ? {} : { people }),
      log: createLog({ destination: { write: (line) => void lines.push(line) } }),
      metrics: { registry: new Registry() },
    },
    { checkAnswers: true, plan: { name: 'test', requests: 1_000_000, seconds: 1 }, ...options },
  );
  const { url } = await gateway.listen();
  const everything = ['orders:read', 'orders:write'];
  const make = async (consumer: string, scopes: readonly string[]) =>
    (await createKey(own.database, { consumer, scopes })).key;
  const keys = {
    shop: await make('shop', everything),
    other: await make('other', [...everything, 'orders:release-holds']),
    finance: await make('finance', ['orders:read', 'orders:read-all', 'orders:release-holds']),
    casesReader: await make('support', ['orders:read', 'orders:read-all', 'cases:read']),
    reader: await make('shop', ['orders:read']),
  };
  const agent = new Agent();

  const ask = async (path: string, { method = 'GET', key = keys.shop, headers = {}, body }: Asked = {}) => {
    const answer = await request(url + path, {
      method,
      dispatcher: agent,
      headers: {
        authorization: `Bearer ${key}`,
        ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
        ...headers,
      },
      body: body === undefined ? null : Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text,
      json: text === '' ? undefined : JSON.parse(text),
    };
  };

  return {
    url,
    keys,
    lines,
    ask,
    post: (body: unknown, headers: Record<string, string> = {}, key = keys.shop) =>
      ask('/api/orders/v1/orders', { method: 'POST', body, headers, key }),
    close: async () => {
      await gateway.close();
      await agent.close();
    },
  };
}
