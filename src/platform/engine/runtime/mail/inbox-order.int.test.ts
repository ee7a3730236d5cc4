import { Type } from 'typebox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { defineFlow } from '../../define-flow.ts';
import { minutes } from '../../duration.ts';
import { deadline, defineEvent } from '../../event.ts';
import { when } from '../../flow.ts';
import type { InboxRow } from '../commit/commit-unit.ts';
import type { Engine } from '../engine.ts';
import { messagesTaken as messagesTakenText, sweepInbox } from '../sql/inbox.ts';
import { startEngine } from '../testing/engine-under-test.ts';
import { createFakeTarget } from '../testing/fake-target.ts';
import { createInboxSweeper } from './inbox-sweeper.ts';
import { messagesTaken } from './messages-taken.ts';

const Said = defineEvent('listener.said', Type.Object({ number: Type.Integer() }));
const numbers = Array.from({ length: 40 }, (_, index) => index);
const late = () => ({ cause: 'late', summary: 'it takes too long' });

/** Hears numbers and remembers the order. */
const listener = defineFlow<{ listening: readonly number[]; over: readonly number[] }>()({
  name: 'listener',
  version: 1,
  start: 'listening',
  begin: () => [],
  states: {
    listening: {
      means: 'It listens.',
      within: minutes(5),
      on: [
        when(Said, {
          if: (_, { number }) => number === numbers.length - 1,
          to: 'over',
          apply: (heard, { number }) => [...heard, number],
        }),
        when(Said, { apply: (heard: readonly number[], { number }) => [...heard, number] }),
        when(deadline, { open: late }),
      ],
    },
    over: { means: 'All was heard.', ends: 'completed' },
  },
  result: () => null,
});

const Go = defineEvent('speaker.go', Type.Object({}));
const Never = defineEvent('speaker.never', Type.Object({}));
/** Says all numbers in one advance. */
const speaker = defineFlow<{ waiting: null; over: null }>()({
  name: 'speaker',
  version: 1,
  start: 'waiting',
  begin: () => null,
  states: {
    waiting: { means: 'It waits.', within: minutes(5), on: [when(Go, { to: 'over' }), when(deadline, { open: late })] },
    over: {
      means: 'It has spoken.',
      ends: 'completed',
      send: () =>
        numbers.map((number) => ({ to: { flow: 'listener', key: 'ear' }, type: Said.name, data: { number } })),
    },
  },
  result: () => null,
});

let own: TestDatabase;
beforeEach(async () => {
  own = await testDatabase({ poolSize: 20 });
});
afterEach(() => own.drop());

const hear = (engine: Engine) => engine.waitFor('listener', 'ear', ({ phase }) => phase === 'ended', 8_000);

test.each([undefined, 1, 2, 20])(
  'what one advance sends arrives in the order of sending (crash at hand-off %s)',
  async (crash) => {
    const setup = {
      database: own.database,
      flows: [listener, speaker],
      provider: createFakeTarget().provider('keyed'),
    };
    let handedOn = 0;
    const died = Promise.withResolvers<void>();
    const crashAt = (point: string): void => {
      if (point !== 'before-delivery') return;
      handedOn += 1;
      if (handedOn !== crash) return;
      first.kill();
      died.resolve();
    };
    const first: Engine = await startEngine({ ...setup, options: { crashAt } });
    await first.start({ flow: 'listener', key: 'ear', input: null, source: 'test' });
    await first.start({ flow: 'speaker', key: 'mouth', input: null, source: 'test' });
    void first
      .deliver([{ flow: 'speaker', key: 'mouth', id: '1', source: 'test', type: Go.name, data: {} }])
      .catch(() => undefined);
    if (crash !== undefined) await died.promise;
    const engine = crash === undefined ? first : await startEngine(setup);
    expect((await hear(engine))?.document).toEqual(numbers);
    await engine.stop();
  },
);

/** Says one number each time that it is told to. */
const stammerer = defineFlow<{ speaking: number; over: number }>()({
  name: 'stammerer',
  version: 1,
  start: 'speaking',
  begin: () => -1,
  states: {
    speaking: {
      means: 'It speaks.',
      within: minutes(5),
      on: [
        when(Go, {
          apply: (last: number) => last + 1,
          send: (number) => [{ to: { flow: 'listener', key: 'ear' }, type: Said.name, data: { number } }],
        }),
        when(Never, { to: 'over' }),
        when(deadline, { open: late }),
      ],
    },
    over: { means: 'It is silent.', ends: 'completed' },
  },
  result: () => null,
});

test('what a dead node did not hand on is taken before what another node sends later', async () => {
  const setup = {
    database: own.database,
    flows: [listener, stammerer],
    provider: createFakeTarget().provider('keyed'),
  };
  const slowly = { sweepMs: 600_000, leaseMs: 600_000 };
  const died = Promise.withResolvers<void>();
  const first: Engine = await startEngine({
    ...setup,
    options: {
      ...slowly,
      node: 'first',
      crashAt: (point) => {
        if (point !== 'before-delivery') return;
        first.kill();
        died.resolve();
      },
    },
  });
  const second = await startEngine({ ...setup, options: { ...slowly, node: 'second' } });
  const go = (engine: Engine, id: string) =>
    engine.deliver([{ flow: 'stammerer', key: 'mouth', id, source: 'test', type: Go.name, data: {} }]);
  await second.start({ flow: 'listener', key: 'ear', input: null, source: 'test' });
  await second.start({ flow: 'stammerer', key: 'mouth', input: null, source: 'test' });
  void go(first, 'first').catch(() => undefined);
  await died.promise;
  await go(second, 'second');
  const run = await second.waitFor('listener', 'ear', ({ document }) => (document as number[]).length === 2, 8_000);
  expect(run?.document).toEqual([0, 1]);
  await second.stop();
});

test('what came before its run arrives in the order of sending', async () => {
  const setup = { database: own.database, flows: [listener, speaker], provider: createFakeTarget().provider('keyed') };
  const engine = await startEngine(setup);
  await engine.start({ flow: 'speaker', key: 'mouth', input: null, source: 'test' });
  await engine.deliver([{ flow: 'speaker', key: 'mouth', id: '1', source: 'test', type: Go.name, data: {} }]);
  await engine.start({ flow: 'listener', key: 'ear', input: null, source: 'test' });
  expect((await hear(engine))?.document).toEqual(numbers);
  await engine.stop();
});

test('the sweeper hands on everything once and in order, however many were put in one moment', async () => {
  await own.database.pool.query(`
    insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
      select gen_random_uuid(), 'f', 1, n::text, now(), 's', 1, 'forward', 1, gen_random_uuid(), '\\x00', now(), '{}', '{}'
      from generate_series(1, 3) n;
    insert into inbox (flow, key, hash, kind, message, put_at)
      select 'f', (n % 4)::text, gen_random_uuid(), 'message', n::text, now() - interval '1 hour' from generate_series(1, 1700) n`);
  const handed: InboxRow[] = [];
  const sweeper = createInboxSweeper(
    { database: own.database, log: () => undefined, handOn: (row) => void handed.push(row) },
    { everyMs: 5_000 },
  );
  await sweeper.sweep();
  expect(handed.map(({ message }) => Number(message))).toEqual(
    Array.from({ length: 1_700 }, (_, index) => index + 1).filter((number) => number % 4 !== 0),
  );
});

test('the sweeps hand nothing on again that is in hand already, however long that takes', async () => {
  let handedOn = 0;
  const crashAt = (point: string): void => {
    if (point === 'before-delivery') handedOn += 1;
  };
  const setup = { database: own.database, flows: [listener, speaker], provider: createFakeTarget().provider('keyed') };
  const engine = await startEngine({ ...setup, options: { crashAt, sweepMs: 20 } });
  await engine.start({ flow: 'listener', key: 'ear', input: null, source: 'test' });
  await engine.start({ flow: 'speaker', key: 'mouth', input: null, source: 'test' });
  // The listener's next advance waits for whoever has its row, and all the numbers lie in the inbox meanwhile.
  const holder = await own.database.pool.connect();
  await holder.query("begin; select from run where flow = 'listener' for update");
  await engine.deliver([{ flow: 'speaker', key: 'mouth', id: '1', source: 'test', type: Go.name, data: {} }]);
  // Twenty sweeps.
  await own.database.pool.query('select pg_sleep(0.4)');
  await holder.query('commit');
  holder.release();
  expect((await hear(engine))?.document).toEqual(numbers);
  await engine.stop();
  // A sweep that looked just before a row was written may offer it once more.
  expect(handedOn).toBeLessThan(2 * numbers.length);
});

test('a message is known as taken when its run has its receipt, and when it waits', async () => {
  const setup = { database: own.database, flows: [listener, speaker], provider: createFakeTarget().provider('keyed') };
  const engine = await startEngine(setup);
  const said = (key: string, id: string) => ({
    flow: 'listener',
    key,
    id,
    source: 'test',
    type: Said.name,
    data: { number: 1 },
  });
  await engine.start({ flow: 'listener', key: 'ear', input: null, source: 'test' });
  await engine.deliver([said('ear', '1'), said('nobody', '1')]);
  const asked = [said('ear', '1'), said('ear', '2'), said('nobody', '1'), said('nobody', '2')];
  expect(await messagesTaken(own.database, asked)).toEqual([true, false, true, false]);
  await engine.stop();
});

test('the sweep and the question look rows up', async () => {
  await own.database.pool.query(`
    insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
      select gen_random_uuid(), 'f', 1, n::text, now(), 's', 1, 'forward', 1, gen_random_uuid(), '\\x00', now(), '{}', '{}'
      from generate_series(1, 10000) n;
    insert into receipt select id, gen_random_uuid() from run;
    insert into inbox (flow, key, hash, kind, message) select 'f', n::text, gen_random_uuid(), 'message', '{}' from generate_series(1, 10000) n;
    analyze`);
  expect(await tablesReadWhole(own.database.pool, sweepInbox)).toEqual([]);
  expect(await tablesReadWhole(own.database.pool, messagesTakenText)).toEqual([]);
});
