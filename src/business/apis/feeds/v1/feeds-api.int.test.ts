import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, createKey } from '#platform/gateway/runtime';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { feedsV1 } from './api.ts';
import { listFeeds } from './list-feeds.ts';
import type { ToldFeed } from './needs.ts';

const at = '2026-03-01T09:30:00.000Z';
const feed = (name: string, more: Partial<ToldFeed> = {}): ToldFeed => ({
  ...{
    feed: `${name}/files`,
    system: name,
    connector: 'paper-warehouse',
    tells: ['shipment.confirmed'],
    model: 'micro-batch',
  },
  ...{ rhythmSeconds: 5, latencyTargetSeconds: 10, health: 'fresh', owner: 'warehouse team' },
  ...{ lastReadAt: at, lastMessageAt: at, readBy: 'node-1', latencySeconds: { median: 2, p95: 4, messages: 7 } },
  perHour: [{ hour: '2026-03-01T09:00:00.000Z', messages: 7, unreadable: 1 }],
  ...more,
});

describe('the feeds API', () => {
  let own: TestDatabase;
  let url: string;
  let close: () => Promise<void>;
  const keys: Record<string, string> = {};

  const told = [
    feed('wms-north', { sites: ['NORTH'] }),
    feed('wms-south', { sites: ['SOUTH'], health: 'silent', because: 'It has not been read for 9 minutes.' }),
    feed('crm-main'),
  ];

  beforeAll(async () => {
    own = await testDatabase();
    const gateway = createGateway(
      {
        ...{ apis: [feedsV1], needs: { feedDesk: { feeds: async () => told } }, database: own.database },
        ...{ log: createLog({ level: 'silent' }), metrics: { registry: new Registry() } },
      },
      { checkAnswers: true },
    );
    ({ url } = await gateway.listen());
    close = () => gateway.close();
    for (const [consumer, scope] of [
      ['dashboard', 'feeds:read'],
      ['shop', 'orders:read'],
    ] as const) {
      keys[consumer] = (await createKey(own.database, { consumer, scopes: [scope] })).key;
    }
  });
  afterAll(async () => {
    await close();
    await own.drop();
  });

  const ask = (key?: string): Promise<Response> =>
    fetch(`${url}/api/feeds/v1/feeds`, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } });

  test('shows every feed with owner, health and figures, and no more than its contract says', async () => {
    const answer = await ask(keys.dashboard);
    expect(answer.status).toBe(200);
    const { feeds } = (await answer.json()) as { readonly feeds: readonly object[] };
    expect(feeds).toHaveLength(3);
    expect(feeds[1]).toMatchObject({ feed: 'wms-south/files', health: 'silent', because: expect.any(String) });
    expect(feeds.some((each) => 'sites' in each)).toBe(false);
  });

  test('is for those with its scope alone', async () => {
    expect((await ask(keys.shop)).status).toBe(403);
    expect((await ask()).status).toBe(401);
  });

  test('shows a caller of one warehouse no feed of another', async () => {
    const request = { now: at, sites: ['NORTH'] };
    const answer = await listFeeds.handle(request as never, { feedDesk: { feeds: async () => told } });
    const { feeds } = (answer as unknown as { readonly body: { readonly feeds: readonly ToldFeed[] } }).body;
    expect(feeds.map(({ system }) => system)).toEqual(['wms-north', 'crm-main']);
  });
});
