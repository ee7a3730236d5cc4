import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#model/kernel';
import { auditOf } from '#platform/audit';
import {
  type Backbone,
  createBackbone,
  type FactEvent,
  listDeadLetters,
  redriveDeadLetter,
  type SubscriptionRequest,
  skipDeadLetter,
} from '#platform/backbone';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import type { Replay, ReplayDesk, ReplayOutcome } from './replay.ts';
import { createReplayDesk } from './replay-desk.ts';
import { createReplayWorker, type ReplayWorker } from './replay-worker.ts';
import * as statements from './sql/replays.ts';

let own: TestDatabase;
let backbone: Backbone;
let desk: ReplayDesk;
const workers: ReplayWorker[] = [];

beforeEach(async () => {
  own = await testDatabase();
  backbone = createBackbone({ database: own.database });
  desk = createReplayDesk(deskNeeds());
  await own.database.pool.query('create table taken (fact uuid, said text)');
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await backbone.close();
  await own.drop();
});

const deskNeeds = () => ({
  database: own.database,
  clock: systemClock,
  subscriber: backbone.subscriber,
  wake: () => {
    for (const worker of workers) worker.wake();
  },
});

function work(from: Backbone = backbone): ReplayWorker {
  const { subscriber, subscriberNames: subscribers } = from;
  const worker = createReplayWorker(
    { database: own.database, subscriber, subscribers, log: () => undefined },
    { pollMs: 20 },
  );
  workers.push(worker);
  return worker;
}

async function tell(type: string, subject: string, time: string, data: unknown): Promise<void> {
  const text = `insert into fact (id, source, type, subject, time, data, recorded_at) values (gen_random_uuid(), '/t', $1, $2, $3, $4, $3)`;
  await own.database.pool.query(text, [type, subject, time, JSON.stringify(data)]);
}

const rows = async (): Promise<readonly unknown[]> =>
  (await own.database.pool.query('select said from taken order by ctid')).rows.map(({ said }) => said);

/** Writes each fact down; knows by its id what it has. */
async function subscribe(more: Partial<SubscriptionRequest> = {}): Promise<void> {
  const subscription = backbone.subscribe({
    name: 'writer',
    handle: async (facts, transaction) => {
      for (const { id, data } of facts as readonly FactEvent[])
        await transaction.query(
          'insert into taken select $1, $2 where not exists (select from taken where fact = $1)',
          [id, String(data)],
        );
    },
    repeats: 'by-id',
    took: async (facts) => {
      const { rows: known } = await own.database.pool.query('select fact from taken');
      return facts.map(({ id }) => known.some(({ fact }) => fact === id));
    },
    ...more,
  });
  await subscription.caughtUp();
}

const days = ['2026-03-01T10:00:00.000Z', '2026-03-02T10:00:00.000Z', '2026-03-03T10:00:00.000Z'];
async function threeDays(): Promise<void> {
  for (const [index, day] of days.entries()) {
    await tell('a', 'one', day, `a${index}`);
    await tell('b', 'two', day, `b${index}`);
  }
}

let intents = 0;
const plan = (more: object = {}) => {
  intents += 1;
  const by = 'api:planner';
  return desk.plan({
    subscriber: 'writer',
    selection: {},
    reason: 'try',
    perSecond: 1_000,
    by,
    intent: `${intents}`,
    ...more,
  });
};
const planned = async (more: object = {}): Promise<Replay> => got(await plan(more));
function got(outcome: ReplayOutcome): Replay {
  if (!outcome.ok) throw new Error(outcome.because);
  return outcome.replay;
}
const until = (id: string, state: string) => expect.poll(async () => (await desk.find(id))?.state).toBe(state);
async function go({ id }: Replay): Promise<void> {
  got(await desk.approve(id, 'api:approver', 'looked at it'));
  got(await desk.start(id, 'api:planner', 'now'));
}

test('a plan counts by time, type and key what would change nothing and what something, and does nothing', async () => {
  await threeDays();
  await subscribe();
  await own.database.pool.query(`delete from taken where said in ('a1', 'a2')`);
  expect(await planned()).toMatchObject({
    foreseen: { facts: 6, nothing: 4, something: 2, doubled: 0 },
    oldest: days[0],
    newest: days[2],
  });
  expect((await planned({ selection: { types: ['a'] } })).foreseen).toMatchObject({
    facts: 3,
    nothing: 1,
    something: 2,
  });
  expect((await planned({ selection: { keys: ['two', 'none'] } })).foreseen).toMatchObject({ facts: 3, nothing: 3 });
  const selection = { from: days[1], before: days[2] };
  expect((await planned({ selection })).foreseen).toMatchObject({ facts: 2, nothing: 1, something: 1 });
  expect(await rows()).toHaveLength(4);
  expect(await desk.list()).toHaveLength(4);
});

test('a subscriber that does not know facts again would double them, and the plan says so', async () => {
  await threeDays();
  await subscribe({ repeats: 'doubles' });
  expect((await planned()).foreseen).toMatchObject({ nothing: 0, something: 0, doubled: 6 });
});

test('what its subscriber has not passed yet, or has set aside, is not of a plan', async () => {
  await threeDays();
  const patience = { attempts: 1, firstDelayMs: 1 };
  const handle = async (facts: readonly FactEvent[]) => {
    if (facts.some(({ subject }) => subject === 'two')) throw new TypeError('no');
  };
  await subscribe({ patience, handle, took: async (facts) => facts.map(() => true) });
  await backbone.close();
  await tell('a', 'one', days[2] ?? '', 'later');
  expect((await planned()).foreseen).toMatchObject({ facts: 3, nothing: 3 });
});

test('a repaired dead letter is told as it was repaired, one that was given up is not told', async () => {
  const handle = async (facts: readonly FactEvent[]) => {
    for (const { data } of facts) if (data === 'poison') throw new TypeError('no');
    told.push(...facts.map(({ data }) => data));
  };
  const told: unknown[] = [];
  for (const [index, subject] of ['one', 'two', 'three'].entries())
    await tell('a', subject, days[index] ?? '', subject === 'three' ? 'good' : 'poison');
  await subscribe({
    patience: { attempts: 2, firstDelayMs: 1 },
    handle,
    took: async (facts) => facts.map(() => false),
  });
  const { pool } = own.database;
  const letters = await listDeadLetters(pool, 10);
  for (const { caseId, subject } of letters) {
    const transaction = await pool.connect();
    await transaction.query('begin');
    if (subject === 'one') await redriveDeadLetter(transaction, caseId, 'api:anna', '"mended"');
    else await skipDeadLetter(transaction, caseId, 'nothing in it');
    await transaction.query('commit');
    transaction.release();
  }
  backbone.wake();
  await expect.poll(() => told).toEqual(['good', 'mended']);
  work();
  const replay = await planned();
  expect(replay.foreseen).toMatchObject({ facts: 2, something: 2 });
  await go(replay);
  await until(replay.id, 'finished');
  expect(told).toEqual(['good', 'mended', 'mended', 'good']);
});

test('a fact that its subscriber cannot even look at is of the plan, as one that it has not taken', async () => {
  await threeDays();
  const took = async (facts: readonly FactEvent[]) =>
    facts.map(({ data }) => {
      if (data === 'b1') throw new TypeError('what is this?');
      return true;
    });
  await subscribe({ took });
  expect((await planned()).foreseen).toMatchObject({ facts: 6, nothing: 5, something: 1 });
});

test('it takes two persons, in order, and each act stands in the audit', async () => {
  await threeDays();
  await subscribe();
  const { id } = await planned();
  expect(await desk.start(id, 'api:planner', 'now')).toMatchObject({ refused: 'wrong-state' });
  expect(await desk.approve(id, 'api:planner', 'me')).toMatchObject({ refused: 'same-person' });
  const alone = createReplayDesk(deskNeeds(), { persons: 1 });
  const { id: other } = await planned();
  expect(await alone.approve(other, 'api:planner', 'me')).toMatchObject({ ok: true });
  const both = await Promise.all([1, 2].map(() => desk.approve(id, 'api:approver', 'yes')));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await desk.approve('no-id', 'x', 'y')).toMatchObject({ refused: 'no-such-replay' });
  expect(await plan({ subscriber: 'nobody' })).toMatchObject({ refused: 'no-such-subscriber' });
  const few = createReplayDesk(deskNeeds(), { most: 5 });
  const request = { subscriber: 'writer', selection: {}, reason: 'r', by: 'x', intent: 'few' };
  expect(await few.plan(request)).toMatchObject({ refused: 'too-many-facts' });
  const trail = await auditOf(own.database.pool, `replay:${id}`, 10);
  expect(trail.map(({ action, by }) => [action, by])).toEqual([
    ['plan', 'api:planner'],
    ['approve', 'api:approver'],
  ]);
});

test('the same intent is the same plan', async () => {
  await threeDays();
  await subscribe();
  expect((await planned({ intent: 'same' })).id).toBe((await planned({ intent: 'same' })).id);
});

test('it tells what was lost once and in order, changes nothing else, and ends', async () => {
  await threeDays();
  await subscribe();
  await own.database.pool.query(`delete from taken where said like 'a%'`);
  const replay = await planned();
  work();
  await go(replay);
  await until(replay.id, 'finished');
  expect(await rows()).toEqual(['b0', 'b1', 'b2', 'a0', 'a1', 'a2']);
  expect(await desk.find(replay.id)).toMatchObject({ told: 6, changed: 3 });
});

test('it keeps its pace, can be paused, and goes on where it was', async () => {
  await threeDays();
  await subscribe();
  const replay = await planned({ perSecond: 4 });
  work();
  await go(replay);
  const begin = performance.now();
  await expect.poll(async () => (await desk.find(replay.id))?.told ?? 0, { interval: 20 }).toBeGreaterThan(1);
  const { told } = got(await desk.pause(replay.id, 'api:planner', 'lunch'));
  expect(told).toBeLessThan(6);
  got(await desk.start(replay.id, 'api:planner', 'back'));
  await until(replay.id, 'finished');
  expect(performance.now() - begin).toBeGreaterThan(900);
});

test('it stops at the first fact that would change what was to change nothing, and before it', async () => {
  await threeDays();
  await subscribe();
  const replay = await planned();
  await own.database.pool.query(`delete from taken where said = 'a1'`);
  work();
  await go(replay);
  await until(replay.id, 'stopped');
  expect(await desk.find(replay.id)).toMatchObject({
    told: 2,
    surprise: expect.stringMatching(/would change something; foreseen was nothing/),
  });
  expect(await rows()).not.toContain('a1');
});

test('it stops at a handler that throws, with nothing of that fact written, and goes on when it is mended', async () => {
  await threeDays();
  let isBroken = false;
  await subscribe({
    repeats: 'harmless',
    handle: async (facts, transaction) => {
      for (const { id, data } of facts) {
        await transaction.query('insert into taken values ($1, $2)', [id, String(data)]);
        if (isBroken && data === 'b1') throw new TypeError('no b1 here');
      }
    },
  });
  await own.database.pool.query('delete from taken');
  const replay = await planned({ selection: { types: ['b'] } });
  isBroken = true;
  work();
  await go(replay);
  await until(replay.id, 'stopped');
  expect((await desk.find(replay.id))?.surprise).toContain('no b1 here');
  isBroken = false;
  got(await desk.start(replay.id, 'api:planner', 'mended'));
  await until(replay.id, 'finished');
  expect(await rows()).toEqual(['b0', 'b1', 'b2']);
});

test('when its node dies another goes on, and nothing is told twice (S17)', async () => {
  for (let number = 0; number < 30; number += 1) await tell('a', `k${number % 3}`, days[0] ?? '', number);
  let deaths = 1;
  await subscribe({
    repeats: 'harmless',
    took: async (facts) => facts.map(() => true),
    handle: async (facts, transaction) => {
      for (const { id, data } of facts) {
        await transaction.query('insert into taken values ($1, $2)', [id, String(data)]);
        if (data !== 17 || deaths-- !== 0) continue;
        // The connection goes, and with it all that was written on it and the hold on the replay.
        const { rows: own1 } = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
        await own.database.pool.query('select pg_terminate_backend($1)', [own1[0]?.pid]);
      }
    },
  });
  await own.database.pool.query('delete from taken');
  const replay = await planned();
  work();
  work();
  await go(replay);
  await until(replay.id, 'finished');
  expect(await rows()).toEqual(Array.from({ length: 30 }, (_, index) => String(index)));
});

test('its statements look rows up', async () => {
  await own.database.pool.query(`
    insert into replay (id, subscription, selection, reason, state, per_second, planned_by, facts, nothing, something, doubled)
      select gen_random_uuid(), 's', '{}', '', 'finished', 1, 'x', 0, 0, 0, 0 from generate_series(1, 5000);
    insert into replay_fact select id, 1, gen_random_uuid(), '', 0, '', '', now(), '1' from replay;
    analyze`);
  for (const text of Object.values(statements)) expect(await tablesReadWhole(own.database.pool, text)).toEqual([]);
});
