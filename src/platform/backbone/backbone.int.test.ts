import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { type Backbone, createBackbone } from './backbone.ts';
import type { FactEvent } from './fact.ts';
import { ForeignCursor } from './read-facts.ts';

const insert = `insert into fact (id, source, type, subject, time, data) values (gen_random_uuid(), '/test', $1, $2, now(), $3)`;

describe('the backbone', () => {
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

  const tell = async (type: string, subject: string, data: unknown): Promise<void> => {
    await own.database.pool.query(insert, [type, subject, JSON.stringify(data)]);
    backbone.wake();
  };
  const numbers = (facts: readonly FactEvent[]): unknown[] => facts.map(({ data }) => data);

  test('gives each fact once, as a CloudEvent', async () => {
    await tell('order.held', '100001', { why: 'credit' });
    const first = await backbone.readFacts({});
    expect(first.facts).toMatchObject([
      { specversion: '1.0', source: '/test', type: 'order.held', subject: '100001', data: { why: 'credit' } },
    ]);
    expect(first.facts[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/);
    const second = await backbone.readFacts({ after: first.cursor });
    expect(second.facts).toEqual([]);
    await tell('order.released', '100001', 2);
    expect(numbers((await backbone.readFacts({ after: second.cursor })).facts)).toEqual([2]);
  });

  test('does not skip a fact whose transaction began earlier and commits later (S16)', async () => {
    const early = await own.database.pool.connect();
    await early.query('begin');
    await early.query(insert, ['late', 'k', '"early number, late commit"']);
    await tell('now', 'k', 'late number, early commit');
    const first = await backbone.readFacts({});
    expect(numbers(first.facts)).toEqual(['late number, early commit']);
    await early.query('commit');
    early.release();
    const second = await backbone.readFacts({ after: first.cursor });
    expect(numbers(second.facts)).toEqual(['early number, late commit']);
    expect((await backbone.readFacts({ after: second.cursor })).facts).toEqual([]);
  });

  test('pages through a window while transactions go on, and gives all of it once and in order', async () => {
    const open = await own.database.pool.connect();
    await open.query('begin');
    await open.query(insert, ['n', 'k', '"open"']);
    for (let number = 0; number < 25; number += 1) await tell('n', 'k', number);
    const seen: unknown[] = [];
    let page = await backbone.readFacts({ limit: 10 });
    seen.push(...numbers(page.facts));
    // What commits in the middle of the window belongs to a later one.
    await open.query('commit');
    open.release();
    await tell('n', 'k', 25);
    while (page.more) {
      page = await backbone.readFacts({ limit: 10, after: page.cursor });
      seen.push(...numbers(page.facts));
    }
    page = await backbone.readFacts({ after: page.cursor });
    seen.push(...numbers(page.facts));
    expect(seen.filter((one) => one !== 'open')).toEqual(Array.from({ length: 26 }, (_, index) => index));
    expect(seen.filter((one) => one === 'open')).toHaveLength(1);
  });

  test('filters by type and by key', async () => {
    await tell('a', 'one', 1);
    await tell('b', 'one', 2);
    await tell('a', 'two', 3);
    expect(numbers((await backbone.readFacts({ types: ['a'] })).facts)).toEqual([1, 3]);
    expect(numbers((await backbone.readFacts({ key: 'one' })).facts)).toEqual([1, 2]);
    expect(numbers((await backbone.readFacts({ key: 'one', types: ['b'] })).facts)).toEqual([2]);
  });

  test('refuses a cursor of another database, and one that is none', async () => {
    const { cursor } = await backbone.readFacts({});
    const foreign = cursor.replace(/"cluster":"[^"]*"/, '"cluster":"0/0"');
    await expect(backbone.readFacts({ after: foreign })).rejects.toThrow(ForeignCursor);
    await expect(backbone.readFacts({ after: 'page 2' })).rejects.toThrow(TypeError);
    await expect(backbone.readFacts({ limit: 0 })).rejects.toThrow(RangeError);
  });

  test('hands a subscriber each fact once, also over a restart', async () => {
    const seen: unknown[] = [];
    const handle = async (facts: readonly FactEvent[]): Promise<void> => void seen.push(...numbers(facts));
    const first = backbone.subscribe({ name: 'news', types: ['n'], batch: 3, handle });
    for (let number = 0; number < 10; number += 1) await tell('n', 'k', number);
    await tell('other', 'k', 'not for us');
    await first.caughtUp();
    await first.close();
    await tell('n', 'k', 10);
    const second = backbone.subscribe({ name: 'news', types: ['n'], handle });
    await second.caughtUp();
    expect(seen).toEqual(Array.from({ length: 11 }, (_, index) => index));
  });

  test('what a subscriber writes happens once, though it dies before its place is stored (S17)', async () => {
    await own.database.pool.query('create table effect_of_subscriber (number int)');
    await tell('n', 'k', 1);
    let deaths = 0;
    const subscription = backbone.subscribe({
      name: 'dies',
      handle: async (facts, transaction) => {
        for (const { data } of facts) await transaction.query('insert into effect_of_subscriber values ($1)', [data]);
        deaths += 1;
        if (deaths < 3) throw new Error('power cut');
      },
    });
    await subscription.caughtUp();
    const { rows } = await own.database.pool.query('select number from effect_of_subscriber');
    expect([deaths, rows]).toEqual([3, [{ number: 1 }]]);
  });

  test('of two subscribers of one name only one is given a fact', async () => {
    const other = createBackbone({ database: own.database });
    const seen: unknown[] = [];
    const handle = async (facts: readonly FactEvent[]): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      seen.push(...numbers(facts));
    };
    const subscriptions = [backbone, other].map((each) => each.subscribe({ name: 'one', batch: 1, handle }));
    for (let number = 0; number < 10; number += 1) await tell('n', 'k', number);
    await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()));
    await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()));
    expect(seen).toEqual(Array.from({ length: 10 }, (_, index) => index));
    await other.close();
  });

  test('wakes readers on other nodes, without waiting for them to poll', async () => {
    const other = createBackbone({ database: own.database });
    const told = Promise.withResolvers<number>();
    const subscription = other.subscribe({ name: 'far', handle: async () => told.resolve(performance.now()) });
    await subscription.caughtUp();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const begin = performance.now();
    await tell('n', 'k', 1);
    expect((await told.promise) - begin).toBeLessThan(1_000);
    await other.close();
  });
});
