import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemClock } from '#model/kernel';
import type { Caller } from '#platform/gateway';
import { createKey } from '#platform/gateway/runtime';
import { gatewayWith, type TriedGateway } from '#platform/gateway/testing';
import { type Change, createLive, type Live } from '#platform/live';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { liveV1 } from './api.ts';
import type { Changed } from './live-schema.ts';
import type { Topic } from './needs.ts';

let own: TestDatabase;
let tried: TriedGateway;
let key: string;
/** One that reads the orders alone that it submitted. */
let shop: string;
let tell: (change: Change<Topic>) => void;
let live: Live<Topic>;

const wes: Caller = {
  ...{ keyId: 's', consumer: 'wes', by: 'person:wes', sites: ['WEST'] },
  scopes: new Set(['live:read', 'orders:read', 'orders:read-all', 'cases:read']),
};

beforeAll(async () => {
  own = await testDatabase();
  live = createLive<Topic>(
    {
      sources: [
        (tellThem) => {
          tell = tellThem;
        },
      ],
      clock: systemClock,
      log: () => undefined,
    },
    { quietMs: 50 },
  );
  const people = { routes: [], problems: {}, prove: async () => wes };
  tried = await gatewayWith({ database: own.database, apis: [liveV1], needs: { live }, people });
  const scopes = ['live:read', 'orders:read', 'lanes:read'];
  ({ key } = await createKey(own.database, { consumer: 'screen', scopes: [...scopes, 'orders:read-all'] }));
  shop = (await createKey(own.database, { consumer: 'shop', scopes })).key;
});
const leaving: AbortController[] = [];
afterEach(async () => {
  for (const each of leaving.splice(0)) each.abort();
  await vi.waitFor(() => expect(live.listeners()).toBe(0), 10_000);
});
afterAll(async () => {
  await tried.gateway.close();
  await own.drop();
});

/** Opens a stream, and gathers what it tells. */
async function listen(headers: Record<string, string>, query = '') {
  const leave = new AbortController();
  leaving.push(leave);
  const before = live.listeners();
  const answer = await fetch(`${tried.url}/api/live/v1/events${query}`, { headers, signal: leave.signal });
  const told: Changed[] = [];
  let text = '';
  const read = async (): Promise<void> => {
    for await (const part of answer.body ?? []) {
      text += new TextDecoder().decode(part);
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^event: changed\ndata: (.*)$/.exec(event)?.[1];
        if (data !== undefined) told.push(JSON.parse(data));
      }
    }
  };
  read().catch(() => undefined);
  if (answer.ok) await vi.waitFor(() => expect(live.listeners()).toBe(before + 1), 10_000);
  return { status: answer.status, told };
}
const byKey = () => ({ authorization: `Bearer ${key}` });
const bySession = { cookie: 'crossdock_session=x' };

describe('the live API', () => {
  test('tells what changed, by name where it can', async () => {
    const { told } = await listen(byKey());
    tell({ topic: 'orders', things: [{ key: 'SO-1', sites: ['EAST'] }] });
    await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
    expect(told[0]).toEqual({ topic: 'orders', keys: ['SO-1'], at: expect.stringMatching(/Z$/) });
    tell({ topic: 'lanes', things: 'many' });
    await vi.waitFor(() => expect(told[1]).toEqual({ topic: 'lanes', at: expect.any(String) }), 10_000);
  });

  test('a thousand changes in a moment are few events', async () => {
    const { told } = await listen(byKey());
    for (let n = 0; n < 1_000; n += 1) tell({ topic: 'orders', things: [{ key: `SO-${n % 20}`, sites: [] }] });
    tell({ topic: 'lanes', things: [{ key: 'erp' }] });
    await vi.waitFor(() => expect(told.some(({ topic }) => topic === 'lanes')).toBe(true), 10_000);
    expect(told.filter(({ topic }) => topic === 'orders').length).toBeLessThanOrEqual(2);
    expect(new Set(told.flatMap(({ topic, keys = [] }) => (topic === 'orders' ? keys : []))).size).toBe(20);
  });

  test('of topics that the caller may not read nothing is heard', async () => {
    const { told } = await listen(byKey());
    tell({ topic: 'cases', things: [{ key: 'c-1' }] });
    tell({ topic: 'approvals', things: 'many' });
    tell({ topic: 'orders', things: [{ key: 'SO-2' }] });
    await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
    expect(told[0]?.topic).toBe('orders');
  });

  test('of other warehouses nothing is heard, not even that something changed', async () => {
    const { told } = await listen(bySession);
    tell({
      topic: 'orders',
      things: [
        { key: 'SO-EAST', sites: ['EAST'] },
        { key: 'SO-NONE', sites: [] },
      ],
    });
    tell({
      topic: 'cases',
      things: [
        { key: 'c-both', sites: ['EAST', 'WEST'] },
        { key: 'c-east', sites: ['EAST'] },
      ],
    });
    await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
    expect(told[0]).toMatchObject({ topic: 'cases', keys: ['c-both'] });
    tell({ topic: 'orders', things: [{ key: 'SO-WEST', sites: ['WEST'] }] });
    await vi.waitFor(() => expect(told[1]).toMatchObject({ topic: 'orders', keys: ['SO-WEST'] }), 10_000);
  });

  test('who may not read all orders hears that some changed, and of none its number', async () => {
    const { told } = await listen({ authorization: `Bearer ${shop}` });
    tell({ topic: 'orders', things: [{ key: 'SO-OF-ANOTHER' }] });
    await vi.waitFor(() => expect(told).toEqual([{ topic: 'orders', at: expect.any(String) }]), 10_000);
    tell({ topic: 'lanes', things: [{ key: 'erp' }] });
    await vi.waitFor(() => expect(told[1]).toMatchObject({ topic: 'lanes', keys: ['erp'] }), 10_000);
  });

  test('can be asked for some topics only', async () => {
    const { told } = await listen(byKey(), '?topics=lanes,cases');
    tell({ topic: 'orders', things: [{ key: 'SO-1' }] });
    tell({ topic: 'lanes', things: [{ key: 'erp' }] });
    await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
    expect(told[0]).toMatchObject({ topic: 'lanes', keys: ['erp'] });
    expect((await listen(byKey(), '?topics=nothing')).status).toBe(422);
  });

  test('nobody looks for changes while nobody listens', async () => {
    expect(live.listeners()).toBe(0);
    const old = tell;
    const { told } = await listen(byKey());
    expect(tell).not.toBe(old);
    old({ topic: 'orders', things: [{ key: 'SO-OLD' }] });
    tell({ topic: 'orders', things: [{ key: 'SO-NEW' }] });
    await vi.waitFor(() => expect(told[0]).toMatchObject({ keys: ['SO-NEW'] }), 10_000);
  });

  test('what a slow reader missed is every topic', () => {
    const [route] = liveV1.routes;
    const missed = route !== undefined && 'missed' in route ? route.missed('2026-03-01T09:30:00Z') : [];
    expect(missed.map(({ data }) => (data as Changed).topic)).toEqual([
      ...['orders', 'cases', 'lanes', 'feeds', 'approvals'],
    ]);
    expect(missed.every(({ data }) => (data as Changed).keys === undefined)).toBe(true);
  });
});
