import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#model/kernel';
import { auditOf } from '#platform/audit';
import { createBackbone } from '#platform/backbone';
import { type Database, openDatabase } from '#platform/storage';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createActAttempts } from './act-attempts.ts';
import { finishActsLeft } from './acts-left.ts';
import {
  allLetters,
  checkWaitingMessages,
  closeReplacedMessages,
  createCaseDesk,
  deadLetterActions,
  inboxActions,
  type LetterDesk,
  listCases,
  quarantineActions,
  quarantineMessage,
} from './index.ts';
import { DecidedBefore } from './letter-decision.ts';
import { recordVerdicts } from './sql/case-acts.ts';
import { createFakeRuns, tables } from './testing/fake-runs.ts';

let own: TestDatabase;
beforeEach(async () => {
  own = await testDatabase();
});
afterEach(() => own.drop());

const clock = systemClock;
const by = 'person:jane';
const Amount = Type.Object({ amount: Type.Integer() }, { additionalProperties: false });
const openCases = () => listCases(own.database, { open: true });
const query = async (text: string): Promise<readonly Record<string, unknown>[]> =>
  (await own.database.pool.query(text)).rows;
async function only(desk: LetterDesk): Promise<string> {
  const letters = await desk.list();
  expect(letters).toHaveLength(1);
  return letters[0]?.id ?? '';
}
const trail = async (id: string) =>
  (await auditOf(own.database.pool, `case:${id}`, 10)).map(({ action, by: who, details }) => ({
    action,
    who,
    ...details,
  }));

/** As when a node dies where it would keep what became of an act. */
const dieAt = (pool: Database['pool'], dies: () => boolean): Database['pool'] =>
  new Proxy(pool, {
    get: (target, name) => {
      const member = Reflect.get(target, name, target);
      if (name !== 'query') return typeof member === 'function' ? member.bind(target) : member;
      return async (text: string, values: unknown[]) => {
        if (dies() && text === recordVerdicts) throw new Error('the node dies');
        return target.query(text, values);
      };
    },
  });

describe('a dead letter', () => {
  async function poisoned() {
    const backbone = createBackbone({ database: own.database });
    const taken: unknown[] = [];
    const subscription = backbone.subscribe({
      name: 's',
      schemas: { n: Amount },
      patience: { attempts: 2, firstDelayMs: 1 },
      handle: async (facts) => {
        for (const { data } of facts) if ((data as { amount: unknown }).amount === 13) throw new TypeError('unlucky');
        taken.push(...facts.map(({ data }) => data));
      },
    });
    for (const amount of [13, 14])
      await query(
        `insert into fact (id, source, type, subject, time, data) values (gen_random_uuid(), '/t', 'n', 'k', now(), '{"amount":${amount}}')`,
      );
    await subscription.caughtUp();
    const schemaOf = (name: string, type: string) => backbone.subscriber(name)?.schemas?.[type];
    const desk = allLetters([deadLetterActions({ database: own.database, clock, schemaOf, wake: backbone.wake })]);
    return { desk, taken, subscription, close: backbone.close };
  }

  test('is edited against its schema, tried again once by two at once, and the difference is kept (S15)', async () => {
    const { desk, taken, subscription, close } = await poisoned();
    const id = await only(desk);
    expect(await desk.find(id)).toMatchObject({
      kind: 'dead-letter',
      key: 'k',
      receiver: 's',
      original: '{"amount":13}',
      followers: 1,
      attempts: 2,
    });
    expect(await desk.editAndRetry(id, '{"amount":"x","more":1}', by, 'r')).toMatchObject({
      code: 'invalid',
      failures: [{ path: '/more' }, { path: '/amount' }],
    });
    expect(await desk.editAndRetry(id, '{', by, 'r')).toMatchObject({
      code: 'invalid',
      failures: [{ code: 'not-json' }],
    });
    const both = await Promise.all([1, 2].map(() => desk.editAndRetry(id, '{"amount":12}', by, 'a typing error')));
    expect(both.filter(({ done }) => done)).toHaveLength(1);
    await subscription.caughtUp();
    expect(taken).toEqual([{ amount: 12 }, { amount: 14 }]);
    expect(await openCases()).toEqual([]);
    expect(await trail(id)).toEqual([
      {
        action: 'letter-edit-and-retry',
        who: by,
        reason: 'a typing error',
        difference: [{ path: '/amount', from: 13, to: 12 }],
      },
    ]);
    expect(await desk.retry(id, by, 'again')).toMatchObject({ code: 'not-open' });
    await close();
  });

  test('is tried again once by one act, although its node died before it could say so and the letter failed again', async () => {
    const { desk, subscription, close } = await poisoned();
    const id = await only(desk);
    let dies = true;
    const dying = { ...own.database, pool: dieAt(own.database.pool, () => dies) };
    const runs = createFakeRuns(own.database);
    const needs = { database: dying, runs, tables, letters: desk, clock };
    const act = { action: 'retry' as const, by, intent: 'i1', version: 1, reason: 'it may be over' };
    await expect(createCaseDesk(needs).act(id, act)).rejects.toThrow('the node dies');
    dies = false;
    await subscription.caughtUp();
    await expect.poll(async () => (await desk.find(id))?.attempts).toBe(3);
    expect(await finishActsLeft(needs, createActAttempts(3), 0)).toBe(1);
    await subscription.caughtUp();
    expect((await trail(id)).map(({ action }) => action)).toEqual(['letter-retry']);
    expect((await createCaseDesk(needs).show(id))?.acts).toMatchObject([{ verdict: 'applied' }]);
    expect(await desk.find(id)).toMatchObject({ attempts: 3 });
    await expect(desk.retry(id, by, 'again', 'i1')).rejects.toThrow(DecidedBefore);
    expect(await desk.retry(id, by, 'once more', 'i2')).toEqual({ done: true });
    await close();
  });

  test('is skipped with a reason, and what waits behind it goes on', async () => {
    const { desk, taken, subscription, close } = await poisoned();
    const id = await only(desk);
    expect(await desk.skip(id, by, 'of no use')).toEqual({ done: true });
    await subscription.caughtUp();
    expect(taken).toEqual([{ amount: 14 }]);
    expect(await trail(id)).toMatchObject([{ action: 'letter-skip', reason: 'of no use' }]);
    await close();
  });
});

describe('a quarantined message', () => {
  const admitted: { id: string; data: unknown }[] = [];
  const desk = () =>
    quarantineActions({
      database: own.database,
      clock,
      schemaOf: (type) => (type === 'n' ? Amount : undefined),
      admit: async (_, { id, data }) => {
        if ((data as { amount: number }).amount < 0)
          return [{ code: 'negative', path: '/amount', message: 'too little' }];
        admitted.push({ id, data });
        return [];
      },
    });
  const refuse = (id: string, amount: unknown, more: object = {}) =>
    quarantineMessage(own.database, {
      source: 'sender',
      id,
      failures: [{ code: 'x', path: '/amount', message: 'wrong' }],
      original: `wire ${amount}`,
      message: { type: 'n', key: 'k', data: { amount }, occurredAt: '2026-03-01T00:00:00.000Z' },
      ...more,
    });
  beforeEach(() => {
    admitted.length = 0;
  });

  test('is sent through its door again as it is, once, and stays when the door refuses it again', async () => {
    await refuse('m-1', -1);
    const id = await only(desk());
    expect(await desk().retry(id, by, 'r')).toMatchObject({ code: 'invalid', failures: [{ code: 'negative' }] });
    expect(await openCases()).toHaveLength(1);
    await refuse('m-1', 7);
    const both = await Promise.all([desk().retry(id, by, 'mended there'), desk().retry(id, by, 'mended there')]);
    expect(both.filter(({ done }) => done)).toHaveLength(1);
    expect(admitted).toEqual([{ id: 'm-1', data: { amount: 7 } }]);
    expect(await openCases()).toEqual([]);
  });

  test('many at once leave connections to the door that takes them', async () => {
    const database = openDatabase({ url: own.url, poolSize: 4 });
    const narrow = quarantineActions({
      database,
      clock,
      schemaOf: () => Amount,
      admit: async (_, { id, data }) => {
        await database.pool.query('select pg_sleep(0.02)');
        admitted.push({ id, data });
        return [];
      },
    });
    for (let n = 0; n < 12; n += 1) await refuse(`many-${n}`, n);
    const began = performance.now();
    const outcomes = await Promise.all((await narrow.list()).map(({ id }) => narrow.retry(id, by, 'r')));
    expect(outcomes).toEqual(outcomes.map(() => ({ done: true })));
    expect(new Set(admitted.map(({ id }) => id)).size).toBe(12);
    // Starved of connections, they wait until the pool's patience of ten seconds is over.
    expect(performance.now() - began).toBeLessThan(8_000);
    await database.close();
  }, 20_000);

  test('is edited by its schema, and the difference is kept', async () => {
    await refuse('m-2', 'seven');
    const id = await only(desk());
    const edited = (data: unknown) => JSON.stringify({ type: 'n', key: 'k', data });
    expect(await desk().editAndRetry(id, edited({ amount: 'eight' }), by, 'r')).toMatchObject({
      failures: [{ path: '/data/amount' }],
    });
    expect(await desk().editAndRetry(id, edited({ amount: 7 }), by, 'they meant 7')).toEqual({ done: true });
    expect(admitted).toEqual([{ id: 'm-2', data: { amount: 7 } }]);
    expect(await trail(id)).toMatchObject([{ difference: [{ path: '/data/amount', from: 'seven', to: 7 }] }]);
  });

  test('that could not be read is told by hand, or dropped with a reason', async () => {
    for (const id of ['u-1', 'u-2'])
      await quarantineMessage(own.database, { source: 'sender', id, about: `m-${id}`, failures: [], original: 'ISA*' });
    const [first, second] = await desk().list();
    expect(first).toMatchObject({ original: 'ISA*', schema: expect.anything() });
    expect(await desk().retry(first?.id ?? '', by, 'r')).toMatchObject({ code: 'not-possible' });
    const byHand = JSON.stringify({ type: 'n', key: 'k', data: { amount: 1 } });
    expect(await desk().editAndRetry(first?.id ?? '', byHand, by, 'by telephone')).toEqual({ done: true });
    expect(admitted).toEqual([{ id: 'm-u-1', data: { amount: 1 } }]);
    expect(await desk().skip(second?.id ?? '', by, 'a test of theirs')).toEqual({ done: true });
    expect(await query(`select closed_because from quarantine where id = 'u-2'`)).toEqual([
      { closed_because: 'dropped by person:jane: a test of theirs' },
    ]);
    expect(await openCases()).toEqual([]);
  });

  test('is closed by a corrected one of its sender, and by nothing else', async () => {
    await refuse('o-1:v1', 1, { about: 'o-1' });
    await refuse('o-1:v2', 2, { about: 'o-1' });
    await refuse('o-2:v1', 3, { about: 'o-2' });
    expect(await closeReplacedMessages(own.database, 'other', ['o-1'])).toBe(0);
    expect(await closeReplacedMessages(own.database, 'sender', ['o-1'])).toBe(2);
    expect((await openCases()).map(({ key }) => key)).toEqual(['sender/o-2:v1']);
  });

  test('that comes with another content after it was dropped opens a case again; the same content does not', async () => {
    await refuse('m-3', 1);
    await desk().skip(await only(desk()), by, 'r');
    await refuse('m-3', 1);
    expect(await openCases()).toEqual([]);
    await Promise.all([refuse('m-3', 2), refuse('m-3', 2), refuse('m-3', 2)]);
    expect(await openCases()).toHaveLength(1);
    expect((await desk().list())[0]?.original).toContain('"amount":2');
  });
});

describe('a message for a run that is not there', () => {
  const desk = () => inboxActions({ database: own.database, clock, schemaOf: () => Amount });
  const put = (key: string, hash: string, amount: number, age = '2 days') =>
    query(`insert into inbox (flow, key, hash, kind, message, put_at) values ('f', '${key}', '00000000-0000-4000-8000-00000000000${hash}', 'message',
      '${JSON.stringify({ id: hash, source: 'sender', type: 'n', at: '', data: { amount } })}', now() - interval '${age}')`);
  const run = (key: string) =>
    query(`insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
      values (gen_random_uuid(), 'f', 1, '${key}', now(), 's', 1, 'forward', 1, gen_random_uuid(), '\\x00', now(), '{}', '{}')`);
  const check = () => checkWaitingMessages(own.database, ({ since }) => Date.parse(since) < Date.now() - 86_400_000);

  test('is a case when it waited too long, one for each key, which closes by itself', async () => {
    await put('late', '1', 1);
    await put('late', '2', 2);
    await put('young', '3', 3, '1 hour');
    await put('there', '4', 4);
    await run('there');
    await check();
    await check();
    expect(await openCases()).toMatchObject([{ flow: 'f', key: 'late', cause: 'message-waits-for-nothing' }]);
    await query(`delete from inbox where key = 'late'`);
    await check();
    expect(await openCases()).toEqual([]);
  });

  test('is sent on to another key, checked, in its order, with the difference', async () => {
    await put('wrnog', '1', 1);
    await put('wrnog', '2', 2);
    await check();
    const id = await only(desk());
    expect(await desk().retry(id, by, 'r')).toMatchObject({ code: 'not-possible' });
    const edited = (first: unknown) =>
      JSON.stringify({
        key: 'wrong',
        messages: [
          { type: 'n', data: { amount: first } },
          { type: 'n', data: { amount: 2 } },
        ],
      });
    expect(await desk().editAndRetry(id, edited('one'), by, 'r')).toMatchObject({
      failures: [{ path: '/messages/0/data/amount' }],
    });
    expect(await desk().editAndRetry(id, '{"key":"wrong","messages":[]}', by, 'r')).toMatchObject({
      failures: [{ code: 'wrong-count' }],
    });
    expect(await desk().editAndRetry(id, edited(1), by, 'letters swapped')).toEqual({ done: true });
    expect(await query(`select key, hash::text as hash from inbox order by seq`)).toMatchObject([
      { key: 'wrong', hash: expect.stringMatching(/1$/) },
      { key: 'wrong', hash: expect.stringMatching(/2$/) },
    ]);
    expect(await trail(id)).toMatchObject([{ difference: [{ path: '/key', from: 'wrnog', to: 'wrong' }] }]);
    expect(await openCases()).toEqual([]);
  });

  test('is left alone when its run has come meanwhile and has it', async () => {
    await put('soon', '1', 1);
    await check();
    const id = await only(desk());
    await run('soon');
    const edited = JSON.stringify({ key: 'other', messages: [{ type: 'n', data: { amount: 1 } }] });
    expect(await desk().editAndRetry(id, edited, by, 'r')).toMatchObject({ code: 'not-open' });
    expect(await desk().skip(id, by, 'r')).toMatchObject({ code: 'not-open' });
    expect(await query('select key from inbox')).toEqual([{ key: 'soon' }]);
    expect(await trail(id)).toEqual([]);
  });

  test('is dropped with a reason', async () => {
    await put('nowhere', '1', 1);
    await check();
    const id = await only(desk());
    expect(await desk().skip(id, by, 'of a test system')).toEqual({ done: true });
    expect(await desk().skip(id, by, 'again')).toMatchObject({ code: 'not-open' });
    expect(await query('select * from inbox')).toEqual([]);
  });

  test('a start that was spoilt is tried again, edited or not, and is not skipped', async () => {
    await query(`insert into inbox (flow, key, hash, kind, message) values ('f', 'child', gen_random_uuid(), 'spoilt', '{"source":"flow:p","input":{"size":0}}');
      insert into case_record (id, flow, key, cause, summary, opened_at) values (gen_random_uuid(), 'f', 'child', 'not-started', 'no such size', now())`);
    const id = await only(desk());
    expect(await desk().skip(id, by, 'r')).toMatchObject({ code: 'not-possible' });
    expect(await desk().editAndRetry(id, '{"input":{"size":1}}', by, 'deployed')).toEqual({ done: true });
    expect(await query('select kind, message from inbox')).toEqual([
      { kind: 'start', message: '{"source":"flow:p","input":{"size":1}}' },
    ]);
    expect(await openCases()).toEqual([]);
  });
});
