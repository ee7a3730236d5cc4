import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { effectsThere, openEffects, quietRuns, runsThere, timersOfEnded } from './sql/watchdog.ts';
import { createWatchdog, type Watchdog } from './watchdog.ts';

let own: TestDatabase;
beforeEach(async () => {
  own = await testDatabase();
});
afterEach(() => own.drop());

const { signal } = new AbortController();
const clock = fixedClock('2026-03-03T10:00:00.000Z');
const watchdog = (slice = 3): Watchdog =>
  createWatchdog({ database: own.database, clock }, { slice, pauseMs: 0, graceMs: 60_000 });

interface Given {
  readonly phase?: string;
  readonly control?: object;
  readonly updatedAt?: string;
}

async function run(
  key: string,
  { phase = 'forward', control = {}, updatedAt = '2026-03-03T09:00:00Z' }: Given = {},
): Promise<string> {
  const id = randomUUID();
  await own.database.pool.query(
    `insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
     values ($1, 'letter', 1, $2, $3, 'waiting', 1, $4, 5, gen_random_uuid(), '', $3, $5, '{}')`,
    [id, key, updatedAt, phase, JSON.stringify(control)],
  );
  return id;
}

const timer = (id: string): Promise<unknown> =>
  own.database.pool.query(`insert into timer (run_id, due_at) values ($1, now())`, [id]);
const effect = (key: string, id: string, owner: string | null = null, epoch: number | null = null): Promise<unknown> =>
  own.database.pool.query(
    `insert into effect (key, run_id, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key, asked_version, asked_at, owner, epoch)
     values ($1, $2, 'send', 'once', false, 1, 'c', 'i', 'v', 2, 'o', 1, now(), $3, $4)`,
    [key, id, owner, epoch],
  );
const message = (key: string): Promise<unknown> =>
  own.database.pool.query(
    `insert into inbox (flow, key, hash, kind, message) values ('letter', $1, gen_random_uuid(), 'message', '{}')`,
    [key],
  );
const openCase = (id: string): Promise<unknown> =>
  own.database.pool.query(
    `insert into case_record (id, run_id, flow, key, cause, summary, opened_at) values (gen_random_uuid(), $1, 'letter', 'k', 'late', 's', now())`,
    [id],
  );
const found = async () =>
  (
    await own.database.pool.query(
      `select run_id, key, cause, group_key, closed_at is null as open, closed_because from case_record where cause <> 'late' order by cause, key`,
    )
  ).rows;
const asked = { open: [{ name: 'send', occurrence: 'once', visit: 1 }] };

/** One run for each way of waiting, and what has ended. */
async function healthy(): Promise<void> {
  await timer(await run('waits-for-time'));
  await effect('letter:waits-for-an-effect:send:once', await run('waits-for-an-effect', { control: asked }));
  const undoing = { open: [{ name: 'send', occurrence: 'once', visit: 1, undoes: true }] };
  await effect('letter:undoes:send:once:undo', await run('undoes', { control: undoing, phase: 'unwinding' }));
  const edited = { ...asked, edits: { 'send/once': 2 } };
  await effect(
    'letter:waits-for-an-edited-effect:send:once.e2',
    await run('waits-for-an-edited-effect', { control: edited }),
  );
  await run('has-a-message');
  await message('has-a-message');
  await openCase(await run('has-a-case'));
  await timer(await run('child'));
  await run('waits-for-a-child', { control: { children: [{ flow: 'letter', key: 'child' }] } });
  await run('waits-for-a-child-to-be', { control: { children: [{ flow: 'letter', key: 'unborn' }] } });
  await message('unborn');
  await run('moved-just-now', { updatedAt: '2026-03-03T09:59:30Z' });
  await run('has-ended', { phase: 'ended' });
}

describe('the watchdog', () => {
  test('lets be whatever waits for something', async () => {
    await healthy();
    expect(await watchdog().round(signal)).toEqual({ opened: 0, closed: 0 });
    expect(await found()).toEqual([]);
  });

  test.each([1, 2, 3, 1_000])('finds the run that waits for nothing among the others, %i at a time', async (slice) => {
    await healthy();
    const stuck = await run('stuck');
    expect(await watchdog(slice).round(signal)).toEqual({ opened: 1, closed: 0 });
    expect(await watchdog(slice).round(signal)).toEqual({ opened: 0, closed: 0 });
    expect(await found()).toMatchObject([
      { run_id: stuck, key: 'stuck', cause: 'waits-for-nothing', group_key: 'letter.waits-for-nothing', open: true },
    ]);
  });

  test.each([
    ['whose effect was lost', asked],
    ['whose child has ended without a word', { children: [{ flow: 'letter', key: 'dead' }] }],
    ['whose child never was', { children: [{ flow: 'letter', key: 'nobody' }] }],
  ])('finds a run %s', async (_, control) => {
    await run('dead', { phase: 'ended' });
    await run('stuck', { control });
    expect(await watchdog().round(signal)).toEqual({ opened: 1, closed: 0 });
    expect(await found()).toMatchObject([{ key: 'stuck', cause: 'waits-for-nothing' }]);
  });

  test('closes the case when the run moves, and opens one again when it is stuck again', async () => {
    const stuck = await run('stuck');
    await watchdog().round(signal);
    await own.database.pool.query(`update run set version = version + 1, updated_at = '2026-03-03T09:59:59Z'`);
    expect(await watchdog().round(signal)).toEqual({ opened: 0, closed: 0 });
    clock.advance(1);
    expect(await watchdog().round(signal)).toEqual({ opened: 0, closed: 1 });
    expect(await found()).toMatchObject([
      { open: false, closed_because: 'the run has moved, or waits for something again' },
    ]);
    clock.advance(120_000);
    expect(await watchdog().round(signal)).toEqual({ opened: 1, closed: 0 });
    await timer(stuck);
    clock.advance(1);
    expect(await watchdog().round(signal)).toEqual({ opened: 0, closed: 1 });
  });

  test('on two nodes opens one case', async () => {
    await run('stuck');
    const rounds = await Promise.all([watchdog().round(signal), watchdog().round(signal)]);
    expect(rounds.map(({ opened }) => opened).toSorted()).toEqual([0, 1]);
    expect(await found()).toHaveLength(1);
  });

  test('finds effects and timers that ended runs have left, but not those that may outlive them', async () => {
    await effect('letter:outlived:send:once', await run('outlived', { phase: 'ended', control: asked }));
    await effect('letter:forgot:send:once', await run('forgot', { phase: 'ended' }));
    await timer(await run('timed', { phase: 'ended' }));
    expect(await watchdog(1).round(signal)).toEqual({ opened: 2, closed: 0 });
    expect(await found()).toMatchObject([
      { key: 'forgot', cause: 'effect-of-ended-run' },
      { key: 'timed', cause: 'timer-of-ended-run' },
    ]);
    await own.database.pool.query('delete from timer');
    await own.database.pool.query('delete from effect');
    clock.advance(1);
    expect(await watchdog(1).round(signal)).toEqual({ opened: 0, closed: 2 });
  });

  test('finds an effect whose owner is gone when nobody has taken it by the next round', async () => {
    await own.database.pool.query(
      `insert into node (name, epoch, beat, ended_epoch) values ('alive', 2, 7, null), ('still', 1, 3, null), ('stopped', 4, 9, 4)`,
    );
    for (const [key, owner, epoch] of [
      ['alive', 'alive', 2],
      ['of-an-earlier-life', 'alive', 1],
      ['still', 'still', 1],
      ['stopped', 'stopped', 4],
      ['unknown', 'nobody', 1],
      ['taken', 'nobody', 1],
    ] as const) {
      await effect(`letter:${key}:send:once`, await run(key, { control: asked }), owner, epoch);
    }
    const dog = watchdog();
    expect(await dog.round(signal)).toEqual({ opened: 0, closed: 0 });
    await own.database.pool.query(`update node set beat = beat + 1 where name = 'alive'`);
    await own.database.pool.query(`update effect set owner = 'alive', epoch = 2 where key like '%taken%'`);
    await dog.round(signal);
    await own.database.pool.query(`update node set beat = beat + 1 where name = 'alive'`);
    await dog.round(signal);
    expect((await found()).map(({ key, cause }) => `${key} ${cause}`)).toEqual([
      'of-an-earlier-life effect-without-owner',
      'still effect-without-owner',
      'stopped effect-without-owner',
      'unknown effect-without-owner',
    ]);
  });

  test('reads no table from end to end', async () => {
    for (const statement of [quietRuns, openEffects, timersOfEnded, effectsThere, runsThere]) {
      const whole = await tablesReadWhole(own.database.pool, statement);
      expect(whole.filter((table) => table !== '' && table !== 'node')).toEqual([]);
    }
  });

  test('looks at a hundred thousand runs in slices that are short', async () => {
    await own.database.pool.query(
      `insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
       select gen_random_uuid(), 'letter', 1, 'k' || n, '2026-03-03', 'waiting', 1, case when n % 2 = 0 then 'ended' else 'forward' end, 5,
         gen_random_uuid(), '', '2026-03-03', '{}', repeat('x', 900) from generate_series(1, 100000) n`,
    );
    await own.database.pool.query(
      `insert into timer (run_id, due_at) select id, now() from run where phase = 'forward'`,
    );
    await own.database.pool.query('analyze');
    await run('stuck');
    const began = performance.now();
    expect(await watchdog(2_000).round(signal)).toEqual({ opened: 1, closed: 0 });
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
