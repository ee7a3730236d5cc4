import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/index.ts';
import { createLeadership, type Leadership } from './leadership.ts';

const quick = { rhythmMs: 50, silenceMs: 500 };

let own: TestDatabase;
let nodes: Leadership[] = [];
beforeEach(async () => {
  own = await testDatabase();
});
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  nodes = [];
  await own.drop();
});

const node = (): Leadership => {
  const leadership = createLeadership(own.database, () => undefined, quick);
  nodes.push(leadership);
  return leadership;
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Work that notes who does it. */
function noted() {
  const active = new Set<string>();
  const terms: string[] = [];
  let most = 0;
  return {
    active,
    terms,
    most: () => most,
    by: (name: string) => async (signal: AbortSignal) => {
      active.add(name);
      terms.push(name);
      most = Math.max(most, active.size);
      await untilAborted(signal);
      active.delete(name);
    },
  };
}

const locksSession = `select pid from pg_stat_activity where application_name = 'crossdock-locks' and datname = current_database()
  and pid in (select pid from pg_locks where locktype = 'advisory' and granted)`;

describe('work for one node at a time', () => {
  test('is done by one of three, and by another when that one stops', async () => {
    const work = noted();
    const led = ['a', 'b', 'c'].map((name) => node().lead('sweep', work.by(name)));
    await expect.poll(() => work.active.size).toBe(1);
    const [first] = work.terms;
    await led[['a', 'b', 'c'].indexOf(first ?? '')]?.stop();
    await expect.poll(() => work.terms.length).toBe(2);
    expect(work.terms[1]).not.toBe(first);
    expect(work.most()).toBe(1);
  });

  test('different work may be done by different nodes, and one name does not hinder another', async () => {
    const work = noted();
    const one = node();
    one.lead('sweep', work.by('sweep'));
    one.lead('count', work.by('count'));
    await expect.poll(() => [...work.active].toSorted()).toEqual(['count', 'sweep']);
  });

  test('stops when its connection is lost, and is done again by one within a moment', async () => {
    const work = noted();
    const led = ['a', 'b'].map((name) => node().lead('sweep', work.by(name)));
    await expect.poll(() => work.active.size).toBe(1);
    for (let times = 1; times <= 3; times += 1) {
      const { rows } = await own.database.pool.query<{ pid: number }>(locksSession);
      expect(rows).toHaveLength(1);
      await own.database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await expect.poll(() => work.terms.length, { timeout: 5_000 }).toBe(times + 1);
      await expect.poll(() => led.filter((each) => each.isLeading()).length).toBe(1);
    }
  });

  test('that throws is begun again', async () => {
    let begun = 0;
    node().lead('sweep', async (signal) => {
      begun += 1;
      if (begun === 1) throw new Error('the first time');
      await untilAborted(signal);
    });
    await expect.poll(() => begun, { timeout: 5_000 }).toBe(2);
  });

  test('is given up only when it has ended', async () => {
    let mayEnd = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      mayEnd = resolve;
    });
    const first = node().lead('sweep', async (signal) => {
      await untilAborted(signal);
      await slow;
    });
    await expect.poll(() => first.isLeading()).toBe(true);
    const work = noted();
    node().lead('sweep', work.by('second'));
    const stopped = first.stop();
    // The second asks many times meanwhile, and in vain.
    const third = node();
    for (let asked = 0; asked < 5; asked += 1) await third.keepName(`nobody-${asked}`);
    expect(work.terms).toEqual([]);
    mayEnd();
    await stopped;
    await expect.poll(() => work.terms).toEqual(['second']);
  });
});

describe('a name for one process', () => {
  test('is refused to a second, and free when the first has gone', async () => {
    const first = node();
    const second = node();
    expect(await first.keepName('node-1')).toBe(true);
    expect(await second.keepName('node-1')).toBe(false);
    expect(await second.keepName('node-2')).toBe(true);
    await first.close();
    await expect.poll(() => second.keepName('node-1')).toBe(true);
  });

  test('is regained after its connection was lost', async () => {
    const first = node();
    expect(await first.keepName('node-1')).toBe(true);
    const { rows } = await own.database.pool.query<{ pid: number }>(locksSession);
    await own.database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    const held = async () => (await own.database.pool.query<{ pid: number }>(locksSession)).rows.map(({ pid }) => pid);
    // The session that was ended may be seen for a moment yet.
    const others = async () => (await held()).filter((pid) => pid !== rows[0]?.pid);
    await expect.poll(others, { timeout: 10_000 }).toHaveLength(1);
    expect(await node().keepName('node-1')).toBe(false);
  });
});
