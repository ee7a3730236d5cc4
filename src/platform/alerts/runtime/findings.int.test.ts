import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import type { AlertCondition } from '../condition.ts';
import { type AlertsNeeds, createAlerts } from './create-alerts.ts';
import { longStays } from './sql/findings.ts';
import { type HttpReceiver, startHttpReceiver } from './testing/receivers.ts';

let own: TestDatabase;
let room: HttpReceiver;
beforeEach(async () => {
  own = await testDatabase();
  room = await startHttpReceiver();
});
afterEach(async () => {
  await room.close();
  await own.drop();
});

const minute = 60_000;
const at = '2026-03-03T10:00:00.000Z';
const { signal } = new AbortController();

function watch(when: AlertCondition, more: Partial<AlertsNeeds> = {}) {
  const clock = fixedClock(at);
  const rules = [{ name: 'rule', when, to: ['room'] }];
  const plan = {
    rules,
    channels: { room: { kind: 'chat', url: room.url } },
    outgoing: { networks: ['127.0.0.0/8'] },
  } as const;
  const alerts = createAlerts(
    { database: own.database, plan, calendars: {}, feeds: [], clock, ...more },
    { pauseMs: 0, slice: 2 },
  );
  return { alerts, clock };
}
const told = (): readonly string[] =>
  room.received.map(({ body }) => JSON.parse(body).text.split('\n')[0].replace('[warning] ', ''));

async function run(key: string, state: string, enteredAt: string, phase = 'forward'): Promise<void> {
  const id = randomUUID();
  await own.database.pool.query(
    `insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
     values ($1, 'letter', 1, $2, '2026-03-01', $3, 12, $4, 5, gen_random_uuid(), '', now(), '{}', '{}')`,
    [id, key, state, phase],
  );
  const entries = (visit: number) => JSON.stringify({ at, entries: [{ kind: 'entered', state, visit }] });
  await own.database.pool.query(
    `insert into journal (run_id, version, advance_id, hash, recorded_at, entries) values
       ($1, 1, gen_random_uuid(), '', '2026-03-01', $2), ($1, 4, gen_random_uuid(), '', $3, $4), ($1, 5, gen_random_uuid(), '', now(), '{"entries":[]}')`,
    [id, entries(1), enteredAt, entries(12)],
  );
}

describe('an alert is told', () => {
  test('when runs stay in a state for too long: since they entered it, whatever came meanwhile', async () => {
    await run('old', 'held', '2026-03-03T07:00:00Z');
    await run('older', 'held', '2026-03-03T06:00:00Z');
    await run('young', 'held', '2026-03-03T09:30:00Z');
    await run('elsewhere', 'waiting', '2026-03-03T06:00:00Z');
    await run('ended', 'held', '2026-03-03T06:00:00Z', 'ended');
    const { alerts, clock } = watch({ kind: 'long-stay', flow: 'letter', state: 'held', longerThanMinutes: 120 });
    await alerts.look();
    expect(told()).toEqual([]);
    await alerts.count(signal);
    await alerts.look();
    expect(told()).toEqual(['2 of letter in held for more than 120 minutes']);
    await own.database.pool.query(`update run set state = 'waiting'`);
    clock.advance(2 * minute);
    await alerts.look();
    await alerts.count(signal);
    clock.advance(2 * minute);
    await alerts.look();
    expect(told()).toHaveLength(2);
    expect(told()[1]).toMatch(/^over: 2 of letter/);
  });

  test('when cases are overdue or were escalated', async () => {
    await own.database.pool.query(
      `insert into case_record (id, flow, key, cause, summary, opened_at, deadline_at, level)
       select gen_random_uuid(), 'letter', 'k-' || n, 'late', 's', now(), d::timestamptz, l
       from (values (1, '2026-03-03T09:59:00Z', 0), (2, '2026-03-03T11:00:00Z', 1), (3, '2026-03-03T11:00:00Z', 0)) as c (n, d, l)`,
    );
    await watch({ kind: 'overdue-cases' }).alerts.look();
    await watch({ kind: 'overdue-cases', level: 1 }).alerts.look();
    expect(told()).toEqual(['2 cases overdue: late']);
    await own.database.pool.query('update case_record set level = 0');
    await own.database.pool.query('delete from alert');
    await watch({ kind: 'overdue-cases', level: 1 }).alerts.look();
    expect(told()).toHaveLength(1);
  });

  test('when a lane’s breaker stays open, but not when somebody paused it', async () => {
    await own.database.pool.query(
      `insert into lane (name, concurrency, portions, shut_since, paused_at) values
        ('erp', 1, 1, '2026-03-03T09:50:00Z', null), ('wms', 1, 1, '2026-03-03T09:58:00Z', null), ('crm', 1, 1, '2026-03-03T09:00:00Z', now())`,
    );
    await watch({ kind: 'lane-open', longerThanMinutes: 5 }).alerts.look();
    expect(told()).toEqual(['erp has not answered for 10 minutes; its work is kept']);
  });

  test('when work waits for a system for too long', async () => {
    await own.database.pool.query(
      `insert into effect (key, run_id, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key, asked_version, asked_at)
       select 'e' || n, gen_random_uuid(), 'n', 'once', false, 1, 'c', i, 'v', 2, 'o', 1, a::timestamptz
       from (values (1, 'erp', '2026-03-03T09:00:00Z'), (2, 'erp', '2026-03-03T09:59:00Z'), (3, 'wms', '2026-03-03T09:59:00Z')) as e (n, i, a)`,
    );
    await watch({ kind: 'lane-backlog', olderThanMinutes: 30 }).alerts.look();
    expect(told()).toEqual(['2 waiting for erp, the oldest for 60 minutes']);
  });

  test('when a feed is silent for longer than its rhythm, also when it was never read', async () => {
    await own.database.pool.query(
      `insert into feed_cursor (instance, feed, cursor, updated_at) values
        ('wms', 'files', '{}', '2026-03-03T09:50:00Z'), ('crm', 'won', '{}', '2026-03-03T09:59:00Z')`,
    );
    const feeds = ['wms/files', 'crm/won', 'erp/stock'].map((feed) => ({ feed, rhythmMs: 2 * minute }));
    const { alerts, clock } = watch({ kind: 'feed-silent' }, { feeds });
    await alerts.look();
    expect(told()).toEqual(['wms/files has not been read for 10 minutes; its rhythm is 120 s']);
    clock.advance(6 * minute);
    await own.database.pool.query(`update feed_cursor set updated_at = '2026-03-03T10:05:00Z'`);
    await alerts.look();
    expect(told()).toContain('erp/stock has not been read for 6 minutes; its rhythm is 120 s');
  });

  test('when the newest replay of a subscriber stopped', async () => {
    await own.database.pool.query(
      `insert into replay (id, subscription, selection, reason, state, per_second, planned_by, planned_at, facts, nothing, something, doubled, surprise)
       select gen_random_uuid(), s, '{}', 'r', st, 1, 'jane', p::timestamptz, 1, 1, 0, 0, 'a fact changed what none should'
       from (values ('news', 'stopped', '2026-03-01'), ('sums', 'stopped', '2026-03-01'), ('sums', 'running', '2026-03-02')) as r (s, st, p)`,
    );
    await watch({ kind: 'replay-stopped' }).alerts.look();
    expect(told()).toEqual(['the replay into news stopped: a fact changed what none should']);
  });

  test('when a node’s beat stands still, by whichever node looks, and not when it was stopped in order', async () => {
    await own.database.pool.query(
      `insert into node (name, epoch, beat, ended_epoch) values ('alive', 1, 1, null), ('dead', 2, 5, 1), ('stopped', 3, 9, 3)`,
    );
    const first = watch({ kind: 'node-dead' });
    await first.alerts.look();
    const second = watch({ kind: 'node-dead' });
    second.clock.advance(2 * minute);
    await own.database.pool.query(`update node set beat = beat + 1 where name = 'alive'`);
    await second.alerts.look();
    expect(told()).toEqual(['node dead is gone; the others do its work']);
    await own.database.pool.query(`update node set beat = beat + 1`);
    await second.alerts.look();
    second.clock.advance(30_000);
    await own.database.pool.query(`update node set beat = beat + 1`);
    await second.alerts.look();
    second.clock.advance(40_000);
    await own.database.pool.query(`update node set beat = beat + 1`);
    await second.alerts.look();
    expect(told()[1]).toBe('over: node dead is gone; the others do its work');
  });

  test('when a transaction is open for too long', async () => {
    const client = new pg.Client({ connectionString: own.url, application_name: 'a report' });
    await client.connect();
    await client.query('begin; select 1');
    await watch({ kind: 'database-trouble', snapshotOlderThanMinutes: 1 }).alerts.look();
    expect(told()).toEqual([]);
    await expect
      .poll(
        async () => {
          await watch({ kind: 'database-trouble', snapshotOlderThanMinutes: 0.001 }).alerts.look();
          return told()[0];
        },
        { timeout: 5_000 },
      )
      .toMatch(/^a transaction of a report \(process \d+\) is open since/);
    await client.end();
  });
});

describe('a rule that cannot be looked at', () => {
  test('says nothing, neither that there is trouble nor that it is over', async () => {
    await own.database.pool.query(
      `insert into lane (name, concurrency, portions, shut_since) values ('erp', 1, 1, '2026-03-03T09:00:00Z')`,
    );
    const { alerts, clock } = watch({ kind: 'lane-open', longerThanMinutes: 5 });
    await alerts.look();
    await own.database.pool.query('alter table lane rename to lane_away');
    clock.advance(10 * minute);
    await alerts.look();
    expect(told()).toHaveLength(1);
  });
});

describe('the census', () => {
  test('reads runs by slices of the primary key and journals by run', async () => {
    expect((await tablesReadWhole(own.database.pool, longStays)).filter((table) => table !== '')).toEqual([]);
  });
});
