import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import {
  closeQuarantinedMessage,
  countOpenCases,
  effectStandings,
  findQuarantined,
  listCases,
  listQuarantine,
  quarantineMessage,
} from './index.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

const refused = (id: string) => ({
  source: 'sender-a',
  id,
  failures: [
    { code: 'unknown', path: '/who', message: 'There is no such party.' },
    { code: 'not-positive', path: '/many', message: 'Give a number above zero.' },
  ],
  original: `{"who":"\0","id":"${id}"}`,
});

describe('the quarantine', () => {
  test('keeps a refused message with everything that is wrong, and opens one case', async () => {
    expect(await quarantineMessage(own.database, refused('m-1'))).toEqual({ first: true });
    const [message] = await listQuarantine(own.database);
    expect(message).toMatchObject({ source: 'sender-a', id: 'm-1', deliveries: 1, failures: refused('m-1').failures });
    expect(message?.original).toContain('"id":"m-1"');
    const cases = await listCases(own.database, { open: true, flow: 'quarantine' });
    expect(cases).toHaveLength(1);
    expect(cases[0]).toMatchObject({ key: 'sender-a/m-1', cause: 'quarantined' });
    expect(cases[0]?.summary).toMatch(/There is no such party\. and 1 more/);
  });

  test('the same message twenty times at once is one message and one case', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => quarantineMessage(own.database, refused('m-2'))),
    );
    expect(answers.filter(({ first }) => first)).toHaveLength(1);
    expect(await listCases(own.database, { key: 'sender-a/m-2' })).toHaveLength(1);
    expect((await listQuarantine(own.database)).find(({ id }) => id === 'm-2')?.deliveries).toBe(20);
  });

  test('closing a message closes its case, once', async () => {
    await quarantineMessage(own.database, refused('m-3'));
    expect(await closeQuarantinedMessage(own.database, { source: 'sender-a', id: 'm-3' })).toBe(true);
    expect(await closeQuarantinedMessage(own.database, { source: 'sender-a', id: 'm-3' })).toBe(false);
    expect(await listCases(own.database, { key: 'sender-a/m-3', open: true })).toEqual([]);
    expect((await listCases(own.database, { key: 'sender-a/m-3', open: false }))[0]?.closedAt).toMatch(/Z$/);
  });

  test('is asked for one sender and the beginning of an id, which is taken as it stands', async () => {
    for (const id of ['f_1:a', 'f_1:b', 'f_1:closed', 'f_10', 'fx1:c'])
      await quarantineMessage(own.database, refused(id));
    await quarantineMessage(own.database, { ...refused('f_1:d'), source: 'sender-b' });
    await closeQuarantinedMessage(own.database, { source: 'sender-a', id: 'f_1:closed' });
    const found = await findQuarantined(own.database, 'sender-a', 'f_1:');
    expect(found.map(({ id }) => id)).toEqual(['f_1:a', 'f_1:b']);
    expect(found[0]).toMatchObject({ source: 'sender-a', deliveries: 1, failures: refused('').failures });
    expect(await findQuarantined(own.database, 'sender-a', 'f_1:', 1)).toHaveLength(1);
    expect(await findQuarantined(own.database, 'sender-c', 'f_1:')).toEqual([]);
  });

  test('a huge original is cut, and says so', async () => {
    await quarantineMessage(own.database, { ...refused('m-4'), original: 'x'.repeat(300_000) });
    const kept = (await listQuarantine(own.database)).find(({ id }) => id === 'm-4');
    expect(kept?.original.length).toBeLessThan(263_000);
    expect(kept?.original).toContain('300000 characters');
  });
});

describe('cases', () => {
  test('are filtered, limited and counted by cause', async () => {
    await own.database.pool.query(
      `insert into case_record (id, run_id, flow, key, cause, summary, opened_at)
       select gen_random_uuid(), gen_random_uuid(), 'letter', 'k-' || n, 'late', 'It is late.', now() from generate_series(1, 5) n`,
    );
    expect(await listCases(own.database, { flow: 'letter', cause: 'late', limit: 3 })).toHaveLength(3);
    expect(await listCases(own.database, { key: 'k-2', open: true })).toMatchObject([{ run: expect.any(String) }]);
    expect(await countOpenCases(own.database)).toContainEqual({ cause: 'late', count: 5, oldest: expect.any(String) });
  });
});

describe('effect standings', () => {
  test('tell doubt from work under way from what may safely be sent', async () => {
    const insert = `insert into effect (key, run_id, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key,
      asked_version, asked_at, owner, doubt_since)
      values ($1, gen_random_uuid(), 'n', 'once', false, 1, 'c', 'i', 'v', 2, 'o', 1, now(), $2, $3)`;
    await own.database.pool.query(insert, ['a', null, null]);
    await own.database.pool.query(insert, ['b', 'node-1', null]);
    await own.database.pool.query(insert, ['c', 'node-1', '2026-01-01T00:00:00Z']);
    const standings = await effectStandings(own.database, ['a', 'b', 'c', 'settled']);
    expect(Object.fromEntries(standings)).toEqual({ a: 'safe to send', b: 'under way', c: 'in doubt: asking' });
    expect(await effectStandings(own.database, [])).toEqual(new Map());
  });
});
