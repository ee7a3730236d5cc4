import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Fault } from '#model/kernel';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { type Backbone, createBackbone } from './backbone.ts';
import { findDeadLetter, redriveDeadLetter, skipDeadLetter } from './dead-letters.ts';
import type { FactEvent } from './fact.ts';
import * as statements from './sql/parked-facts.ts';
import type { SubscriptionRequest } from './subscription-request.ts';

const insert = `insert into fact (id, source, type, subject, time, data) values (gen_random_uuid(), '/test', 'n', $1, now(), $2)`;
const hasty = { attempts: 3, firstDelayMs: 5, longestDelayMs: 20 };

describe('facts that cannot be taken', () => {
  let own: TestDatabase;
  let backbone: Backbone;
  let seen: string[];
  beforeEach(async () => {
    own = await testDatabase();
    backbone = createBackbone({ database: own.database });
    seen = [];
    await own.database.pool.query('create table effect_of_subscriber (said text)');
  });
  afterEach(async () => {
    await backbone.close();
    await own.drop();
  });

  const tell = async (subject: string, data: unknown): Promise<void> => {
    await own.database.pool.query(insert, [subject, JSON.stringify(data)]);
    backbone.wake();
  };
  const query = async (text: string): Promise<readonly Record<string, unknown>[]> =>
    (await own.database.pool.query(text)).rows;
  const written = async (): Promise<readonly unknown[]> =>
    (await query('select said from effect_of_subscriber order by ctid')).map(({ said }) => said);
  const openCases = () =>
    query(`select id, flow, key, cause, summary, group_key from case_record where closed_at is null`);
  const caseId = async (): Promise<string> => String((await openCases())[0]?.id);

  /** Writes what each fact says; `bad` is never taken. */
  const writer =
    (bad: (said: string) => unknown): SubscriptionRequest['handle'] =>
    async (facts, transaction) => {
      for (const { subject, data } of facts as readonly FactEvent[]) {
        const said = `${subject}${data}`;
        seen.push(said);
        await transaction.query('insert into effect_of_subscriber values ($1)', [said]);
        const thrown = bad(said);
        if (thrown !== undefined) throw thrown;
      }
    };
  const never = (wanted: string) => (said: string) =>
    said === wanted ? new TypeError(`no "${wanted}" here`) : undefined;

  test('at the head, hold up their key alone, in order, and become a dead letter with a case (S14)', async () => {
    for (const [key, number] of [
      ['a', 1],
      ['b', 1],
      ['a', 2],
      ['c', 1],
      ['b', 2],
    ] as const)
      await tell(key, number);
    const subscription = backbone.subscribe({ name: 's', version: '7', patience: hasty, handle: writer(never('a1')) });
    await subscription.caughtUp();
    await tell('a', 3);
    await tell('b', 3);
    await subscription.caughtUp();
    expect((await written()).toSorted()).toEqual(['b1', 'b2', 'b3', 'c1']);
    expect(await openCases()).toMatchObject([
      { flow: 's', key: 'a', cause: 'dead-letter', group_key: expect.stringMatching(/^s\.dead-letter\./) },
    ]);
    expect(await findDeadLetter(own.database.pool, await caseId())).toMatchObject({
      subscription: 's',
      subject: 'a',
      data: '1',
      cause: 'defect: no "a1" here',
      attempts: 3,
      version: '7',
      followers: 2,
      waitsForPerson: true,
    });
  });

  test('are tried again by themselves, and what comes after them follows in order', async () => {
    let left = 2;
    for (const number of [1, 2, 3]) await tell('a', number);
    const bad = (said: string) => (said === 'a1' && left-- > 0 ? new Error('not yet') : undefined);
    const subscription = backbone.subscribe({ name: 's', patience: hasty, handle: writer(bad) });
    await subscription.caughtUp();
    expect(await written()).toEqual(['a1', 'a2', 'a3']);
    expect(await query('select * from parked_fact')).toEqual([]);
    expect(await openCases()).toEqual([]);
  });

  test('a dead letter that is mended is taken once though two have it tried again, and its key goes on (S15)', async () => {
    for (const number of [1, 2, 3]) await tell('a', number);
    const subscription = backbone.subscribe({ name: 's', patience: hasty, handle: writer(never('a1')) });
    await subscription.caughtUp();
    const id = await caseId();
    const redrive = async () => {
      const client = await own.database.pool.connect();
      const taken = await redriveDeadLetter(client, id, 'person:jane', '9');
      client.release();
      return taken;
    };
    const taken = await Promise.all([redrive(), redrive(), redrive()]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    await subscription.caughtUp();
    expect(await written()).toEqual(['a9', 'a2', 'a3']);
    expect(await openCases()).toEqual([]);
    expect(await query('select closed_because from case_record')).toEqual([
      { closed_because: 'handled at attempt 4, sent again by person:jane' },
    ]);
  });

  test('one that fails again is a dead letter at once, under the same case', async () => {
    await tell('a', 1);
    const subscription = backbone.subscribe({ name: 's', patience: hasty, handle: writer(never('a1')) });
    await subscription.caughtUp();
    const id = await caseId();
    const client = await own.database.pool.connect();
    await redriveDeadLetter(client, id, 'x');
    client.release();
    backbone.wake();
    await subscription.caughtUp();
    expect(seen.filter((said) => said === 'a1')).toHaveLength(5);
    expect(await caseId()).toBe(id);
    expect(await findDeadLetter(own.database.pool, id)).toMatchObject({ attempts: 4, waitsForPerson: true });
  });

  test('one that is skipped lets its key go on', async () => {
    for (const number of [1, 2]) await tell('a', number);
    const subscription = backbone.subscribe({ name: 's', patience: hasty, handle: writer(never('a1')) });
    await subscription.caughtUp();
    const client = await own.database.pool.connect();
    await client.query('begin');
    expect(await skipDeadLetter(client, await caseId(), 'skipped')).toBe(true);
    await client.query('commit');
    client.release();
    await subscription.caughtUp();
    expect(await written()).toEqual(['a2']);
    expect(await openCases()).toEqual([]);
  });

  test('an outage makes no dead letters and is waited out', async () => {
    let isAway = true;
    for (const key of ['a', 'b']) await tell(key, 1);
    const away = () => (isAway ? new Fault('transient', { code: 'away', message: 'away' }) : undefined);
    const subscription = backbone.subscribe({ name: 's', patience: { ...hasty, outages: 2 }, handle: writer(away) });
    await expect.poll(() => seen.length).toBeGreaterThan(12);
    expect(await openCases()).toEqual([]);
    isAway = false;
    await subscription.caughtUp();
    expect((await written()).toSorted()).toEqual(['a1', 'b1']);
  });

  test('are handled once though their node dies between effect and mark (S17)', async () => {
    await tell('a', 1);
    const subscription = backbone.subscribe({ name: 's', patience: hasty, handle: writer(never('a1')) });
    await subscription.caughtUp();
    await subscription.close();
    const id = await caseId();
    const client = await own.database.pool.connect();
    await redriveDeadLetter(client, id, 'x');
    client.release();
    let deaths = 0;
    const dying = backbone.subscribe({
      name: 's',
      patience: hasty,
      handle: async ([fact], transaction) => {
        await transaction.query('insert into effect_of_subscriber values ($1)', [fact?.subject]);
        deaths += 1;
        if (deaths > 1) return;
        // The connection goes away with everything that was written on it.
        const { rows } = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
        await own.database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      },
    });
    await dying.caughtUp();
    expect([deaths, await written()]).toEqual([2, ['a']]);
  });

  test('of two nodes that read one name, each waiting fact is tried by one', async () => {
    const other = createBackbone({ database: own.database });
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) for (const number of [1, 2, 3]) await tell(key, number);
    const tried = new Map<string, number>();
    const bad = (said: string) => {
      tried.set(said, (tried.get(said) ?? 0) + 1);
      return said.endsWith('1') && (tried.get(said) ?? 0) < 4 ? new Error('not yet') : undefined;
    };
    const both = [backbone, other].map((each) =>
      each.subscribe({ name: 's', patience: { ...hasty, attempts: 9 }, handle: writer(bad) }),
    );
    for (const subscription of [...both, ...both]) await subscription.caughtUp();
    const said = (await written()).map(String);
    expect(said).toHaveLength(18);
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f'])
      expect(said.filter((one) => one.startsWith(key))).toEqual([`${key}1`, `${key}2`, `${key}3`]);
    await other.close();
  });

  test('their statements read no table whole', async () => {
    await own.database.pool.query(`
      insert into parked_fact (subscription, subject, xid, seq, fact_id, source, type, time, data, case_id, dead_at)
        select 's', n::text, '5', n, gen_random_uuid(), '/t', 'n', now(), '1', gen_random_uuid(), now() from generate_series(1, 5000) n;
      insert into case_record (id, flow, key, cause, summary, opened_at)
        select case_id, 's', subject, 'dead-letter', '', now() from parked_fact;
      insert into subscription (name) select 's' || n from generate_series(1, 1000) n;
      analyze`);
    const whole = await Promise.all(
      Object.entries(statements).map(async ([name, text]) => [name, await tablesReadWhole(own.database.pool, text)]),
    );
    expect(whole.filter(([, tables]) => (tables ?? []).length > 0)).toEqual([]);
    expect(await tablesReadWhole(own.database.pool, 'select * from parked_fact where cause = $1')).toEqual([
      'parked_fact',
    ]);
  });
});
