import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { type Backbone, createBackbone } from './backbone.ts';
import { readInboxLag, readSubscriptionLag } from './lag.ts';

describe('the lag of a subscriber', () => {
  let own: TestDatabase;
  let backbone: Backbone;
  beforeEach(async () => {
    own = await testDatabase();
    backbone = createBackbone({ database: own.database });
  });
  afterEach(async () => {
    await backbone.close();
    await own.drop();
  });
  const tell = async (type: string, count = 1): Promise<void> => {
    await own.database.pool.query(
      `insert into fact (id, source, type, subject, time, data)
       select gen_random_uuid(), '/test', $1, n::text, now(), '{}' from generate_series(1, $2::int) n`,
      [type, count],
    );
    backbone.wake();
  };

  test('is what it has not taken of what it reads, since the oldest of it; nothing once it has caught up', async () => {
    await tell('order.held', 3);
    await tell('order.dull', 5);
    expect(await readSubscriptionLag(own.database, 'news', ['order.held'])).toEqual({
      facts: 3,
      oldest: expect.stringMatching(/Z$/),
    });
    expect(await readSubscriptionLag(own.database, 'news')).toMatchObject({ facts: 8 });
    const subscription = backbone.subscribe({
      ...{ name: 'news', types: ['order.held'], version: '1', repeats: 'by-id' },
      handle: async () => undefined,
      took: async (facts) => facts.map(() => false),
    });
    await subscription.caughtUp();
    await tell('order.dull');
    expect(await readSubscriptionLag(own.database, 'news', ['order.held'])).toEqual({ facts: 0 });
    await subscription.close();
    await tell('order.held', 2);
    expect(await readSubscriptionLag(own.database, 'news', ['order.held'])).toMatchObject({ facts: 2 });
  });

  test('of the inbox is what waits for its run', async () => {
    expect(await readInboxLag(own.database)).toEqual({ messages: 0 });
    await own.database.pool.query(
      `insert into inbox (flow, key, hash, kind, message, put_at) values
        ('f', 'k', gen_random_uuid(), 'message', '{}', '2026-03-01T10:00:00Z'), ('f', 'k', gen_random_uuid(), 'message', '{}', '2026-03-01T09:00:00Z')`,
    );
    expect(await readInboxLag(own.database)).toEqual({ messages: 2, oldest: '2026-03-01T09:00:00.000Z' });
  });
});
