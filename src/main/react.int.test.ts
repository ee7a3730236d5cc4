import { afterEach, beforeEach, expect, test } from 'vitest';
import { orderNews } from '#business/flows';
import { crmNewsReadsTypes } from '#business/reactions';
import { systemClock } from '#model/kernel';
import { type Backbone, createBackbone } from '#platform/backbone';
import { createEngine, type Engine, type Provider } from '#platform/engine/runtime';
import { createReplayDesk, createReplayWorker, deadLetterActions, listCases } from '#platform/exceptions';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { reactions } from './react.ts';

let own: TestDatabase;
let backbone: Backbone;
let engine: Engine;
let heard: string[];

beforeEach(async () => {
  own = await testDatabase({ poolSize: 20 });
  heard = [];
  const crm: Provider = {
    instance: 'crm',
    lane: { concurrency: 4 },
    verb: () => ({ class: 'keyed' }),
    verbs: {
      tell: async (news: { opportunity: string; state: string }) =>
        void heard.push(`${news.opportunity} ${news.state}`),
    },
  };
  backbone = createBackbone({ database: own.database });
  const providers = { choose: () => crm, named: () => crm };
  engine = await createEngine({ database: own.database, flows: [orderNews], providers, onFacts: backbone.wake });
});
afterEach(async () => {
  await backbone.close();
  await engine.stop();
  await own.drop();
});

const tell = async (order: string, type: string, state: string, data?: unknown): Promise<void> => {
  const news = {
    orderNumber: order,
    customer: 'c',
    channel: 'crm',
    source: 'crm',
    sourceReference: `O-${order}`,
    state,
    trackingNumbers: [],
    final: false,
  };
  const text = `insert into fact (id, source, type, subject, time, data) values (gen_random_uuid(), '/t', $1, $2, now(), $3)`;
  await own.database.pool.query(text, [type, order, JSON.stringify(data === undefined ? news : data)]);
  backbone.wake();
};
const subscribe = () =>
  backbone.subscribe({
    ...{ name: 'reactions', types: crmNewsReadsTypes, patience: { attempts: 2, firstDelayMs: 1 } },
    ...reactions(engine, own.database, () => undefined),
  });

test('facts that are told again change nothing at the CRM, and a plan knows that before (B11, E3)', async () => {
  const subscription = subscribe();
  for (const order of ['1', '2', '3']) {
    await tell(order, 'order.confirmed', 'confirmed');
    await subscription.caughtUp();
    await expect.poll(() => heard).toContain(`O-${order} confirmed`);
  }
  await tell('1', 'order.dispatched', 'part shipped');
  await subscription.caughtUp();
  await expect.poll(() => heard).toHaveLength(4);
  const before = [...heard];
  const { subscriber, subscriberNames: subscribers } = backbone;
  const worker = createReplayWorker(
    { database: own.database, subscriber, subscribers, log: () => undefined },
    { pollMs: 10 },
  );
  const desk = createReplayDesk({ database: own.database, clock: systemClock, subscriber, wake: worker.wake });
  const request = {
    subscriber: 'reactions',
    selection: {},
    reason: 'r',
    perSecond: 1_000,
    by: 'person:a',
    intent: '1',
  };
  const planned = await desk.plan(request);
  if (!planned.ok) throw new Error(planned.because);
  expect(planned.replay.foreseen).toEqual({ facts: 4, nothing: 4, something: 0, doubled: 0 });
  const { id } = planned.replay;
  await desk.approve(id, 'person:b', 'r');
  await desk.start(id, 'person:a', 'r');
  await expect.poll(async () => (await desk.find(id))?.state).toBe('finished');
  expect(await desk.find(id)).toMatchObject({ told: 4, changed: 0 });
  expect((await engine.view('order-news', '1'))?.document).toMatchObject({ version: 2 });
  expect(heard).toEqual(before);
  await worker.stop();
});

test('a fact that makes no sense holds up its own order alone (S14)', async () => {
  const subscription = subscribe();
  await tell('1', 'order.confirmed', 'confirmed', null);
  await tell('1', 'order.dispatched', 'part shipped');
  await tell('2', 'order.confirmed', 'confirmed');
  await subscription.caughtUp();
  await expect.poll(() => heard).toEqual(['O-2 confirmed']);
  expect(await listCases(own.database, { open: true })).toMatchObject([
    { flow: 'reactions', key: '1', cause: 'dead-letter' },
  ]);
});

test('a dead letter that is edited to what no reaction can read is refused with the reason, and a good one is told', async () => {
  const subscription = subscribe();
  await tell('1', 'order.confirmed', 'confirmed', null);
  await subscription.caughtUp();
  await expect.poll(() => listCases(own.database, { open: true })).toHaveLength(1);
  const [letter] = await listCases(own.database, { open: true });
  const desk = deadLetterActions({
    database: own.database,
    clock: systemClock,
    schemaOf: (name, type) => backbone.subscriber(name)?.schemas?.[type],
    wake: backbone.wake,
  });
  const good = {
    orderNumber: '1',
    customer: 'c',
    channel: 'crm',
    source: 'crm',
    sourceReference: 'O-1',
    state: 'confirmed',
    trackingNumbers: [],
    changes: 0,
    final: false,
  };
  const edit = (data: object) => desk.editAndRetry(letter?.id ?? '', JSON.stringify(data), 'person:a', 'mended');
  expect(await edit({ ...good, trackingNumbers: 'none' })).toMatchObject({
    done: false,
    failures: [{ path: '/trackingNumbers' }],
  });
  expect(heard).toEqual([]);
  expect(await edit(good)).toMatchObject({ done: true });
  await expect.poll(() => heard).toEqual(['O-1 confirmed']);
});
