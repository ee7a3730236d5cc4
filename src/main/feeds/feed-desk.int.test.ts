import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createFeedBook, type FeedBook } from './feed-book.ts';
import { createFeedDesk } from './feed-desk.ts';

let own: TestDatabase;
const books: FeedBook[] = [];
beforeAll(async () => {
  own = await testDatabase();
});
afterEach(async () => {
  await Promise.all(books.splice(0).map((book) => book.stop()));
  await own.database.pool.query('truncate feed_standing, feed_slot');
});
afterAll(() => own.drop());

const start = Date.parse('2026-03-01T10:00:00.000Z');
let now = start;
const clock = { ...systemClock, now: () => new Date(now).toISOString() };
const sync = { model: 'micro-batch', rhythmMs: 5_000, latencyTargetMs: 60_000 } as const;
const declared = { system: 'wms-north', name: 'files', connector: 'x12-warehouse', owner: 'warehouse team', sync };

function openBook(node: string): FeedBook {
  const book = createFeedBook({ database: own.database, node, clock, log: () => undefined }, { everyMs: 3_600_000 });
  books.push(book);
  return book;
}
const message = (agoMs: number, type = 'shipment.confirmed') => ({
  ...{ id: 'm', type, data: {}, original: '' },
  occurredAt: new Date(now - agoMs).toISOString(),
});
const unreadable = { id: 'u', failures: [], original: '' };
const look = async () => {
  const [feed] = await createFeedDesk(own.database, [declared]).feeds(clock.now());
  if (feed === undefined) throw new Error('no feed');
  return feed;
};
const writes = async (): Promise<number> => {
  const { rows } = await own.database.pool.query<{ n: number }>(
    `select sum(xmin::text::bigint)::bigint::text as n from feed_standing`,
  );
  return Number(rows[0]?.n ?? 0);
};

describe('a feed, as every node tells it', () => {
  test('is not read yet before its first reading', async () => {
    now = start;
    expect(await look()).toMatchObject({
      feed: 'wms-north/files',
      health: 'not-read-yet',
      owner: 'warehouse team',
      tells: [],
    });
  });

  test('tells what came in which hour, how long it took, and who read it; whoever reads it next goes on from there', async () => {
    now = start;
    const one = openBook('node-1');
    const page = one.page('wms-north', 'files');
    page.read({ messages: [message(2_000), message(2_000, 'fulfilment.acknowledged')], unreadable: [unreadable] });
    await one.flush();
    now = start + 3_700_000;
    const two = openBook('node-2');
    two
      .page('wms-north', 'files')
      .read({ messages: [...Array(18).fill(message(4_000)), message(90_000), message(90_000)], unreadable: [] });
    await two.flush();

    const feed = await look();
    expect(feed).toMatchObject({
      ...{ readBy: 'node-2', lastReadAt: clock.now(), lastMessageAt: clock.now(), health: 'late' },
      tells: ['fulfilment.acknowledged', 'shipment.confirmed'],
    });
    expect(feed.perHour.length).toBe(24);
    expect(feed.perHour.slice(-2)).toEqual([
      { hour: '2026-03-01T10:00:00.000Z', messages: 2, unreadable: 1 },
      { hour: '2026-03-01T11:00:00.000Z', messages: 20, unreadable: 0 },
    ]);
    // Of the last hour alone; counted in steps of a quarter.
    expect(feed.latencySeconds?.messages).toBe(20);
    expect(feed.latencySeconds?.median).toBeGreaterThan(3.5);
    expect(feed.latencySeconds?.median).toBeLessThan(4.5);
    expect(feed.latencySeconds?.p95).toBeGreaterThan(79);
    expect(feed.latencySeconds?.p95).toBeLessThan(101);
  });

  test('that fails says why until it is read again', async () => {
    now = start;
    const book = openBook('node-1');
    const page = book.page('wms-north', 'files');
    page.failed({ kind: 'transient', code: 'unreachable', message: 'Nobody answers at wms:22.' });
    page.failed({ kind: 'transient', code: 'unreachable', message: 'Nobody answers at wms:22.' });
    await book.flush();
    expect(await look()).toMatchObject({
      health: 'failing',
      because: 'the last 2 readings failed: unreachable: Nobody answers at wms:22.',
    });
    page.read({ messages: [], unreadable: [] });
    await book.flush();
    expect(await look()).toMatchObject({ health: 'fresh' });
  });

  test('without news is written once a minute and no more', async () => {
    now = start;
    const book = openBook('node-1');
    const page = book.page('wms-north', 'files');
    page.read({ messages: [], unreadable: [] });
    await book.flush();
    const first = await writes();
    for (let reading = 0; reading < 50; reading += 1) {
      page.read({ messages: [], unreadable: [] });
      await book.flush();
    }
    expect(await writes()).toBe(first);
    expect((await own.database.pool.query('select from feed_slot')).rowCount).toBe(0);
  });

  test('forgets what is older than a day', async () => {
    now = start;
    const book = openBook('node-1');
    const page = book.page('wms-north', 'files');
    page.read({ messages: [message(0)], unreadable: [] });
    await book.flush();
    now = start + 26 * 3_600_000;
    page.read({ messages: [message(0)], unreadable: [] });
    await book.flush();
    expect((await own.database.pool.query('select from feed_slot')).rowCount).toBe(1);
    expect((await look()).perHour.reduce((sum, { messages }) => sum + messages, 0)).toBe(1);
  });
});
