import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Advanced } from '#platform/engine';
import type { Engine } from '#platform/engine/runtime';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Changes } from './change-line.ts';
import type { Progress } from './progress.ts';
import { rebuildProgress } from './sweep.ts';
import { Labelled, message, Packed, parcel, Reopened, startEngine, startProgress, written } from './testing/parcel.ts';

let own: TestDatabase;
let engines: Engine[] = [];
let kept: Progress[] = [];
beforeEach(async () => {
  own = await testDatabase({ poolSize: 20 });
});
afterEach(async () => {
  for (const engine of engines) engine.kill();
  await Promise.all(kept.map((progress) => progress.stop()));
  engines = [];
  kept = [];
  await own.drop();
});

function progressOf(
  ...given: Parameters<typeof startProgress> extends [unknown, ...infer Rest] ? Rest : never
): Progress {
  const progress = startProgress(own.database, ...given);
  kept.push(progress);
  return progress;
}
async function engineOf(progress?: Pick<Progress, 'advanced'>, node?: string): Promise<Engine> {
  const engine = await startEngine(own.database, progress, node);
  engines.push(engine);
  return engine;
}

const start = (key: string, size: number, more: object = {}) => ({
  flow: parcel.name,
  key,
  input: { size, sender: 'Meyer', ...more },
  source: 'test',
});

/** Parcels on many ways, some with the same messages at once. */
async function aDay(engine: Engine, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const key = `p-${String(n).padStart(4, '0')}`;
      await engine.start(start(key, n % 30, { sender: `Sender ${n % 7}` }));
      await engine.deliver([message(key, Labelled.name, { label: `LABEL-${n}` }), message(key, Packed.name)]);
      if (n % 30 > 10 && n % 3 === 0) {
        await engine.deliver([message(key, Reopened.name), message(key, Labelled.name, { label: `again-${n}` })]);
      }
      if (n % 5 === 0) await engine.deliver([message(key, Packed.name)]);
    }),
  );
}

const settled = async (engine: Engine): Promise<void> => {
  const { rows } = await own.database.pool.query(`select count(*)::int as count from run`);
  expect(rows[0].count).toBeGreaterThan(0);
  await expect
    .poll(async () => (await own.database.pool.query(behind)).rows[0].count, { timeout: 10_000, interval: 20 })
    .toBe(0);
  void engine;
};
const behind = `select count(*)::int as count from run r left join standing s on s.run_id = r.id
  where s.version is distinct from r.version`;

/** Writes all rows anew in a database that has none. */
async function anew(): Promise<Awaited<ReturnType<typeof written>>> {
  await own.database.pool.query('truncate standing, standing_term, standing_party, stay');
  await rebuildProgress(own.database);
  const progress = startProgress(own.database, { leads: true, slice: 7, everyMs: 60_000 });
  await expect
    .poll(
      async () => (await own.database.pool.query('select rebuilt_at from progress_sweep')).rows[0]?.rebuilt_at ?? null,
      { timeout: 10_000, interval: 20 },
    )
    .not.toBe(null);
  await progress.stop();
  return written(own.database);
}

describe('what is written of a run', () => {
  test('says where it stands, with whom, and by what it is found', async () => {
    const progress = progressOf();
    const engine = await engineOf(progress);
    await engine.start(start('p-1', 20));
    await engine.deliver([message('p-1', Labelled.name, { label: 'AbC-1' })]);
    await engine.deliver([message('p-1', Packed.name)]);
    await settled(engine);
    const view = await engine.view(parcel.name, 'p-1');
    const { standing, stays, terms, parties } = await written(own.database);
    expect(standing).toMatchObject([
      {
        ...{ key: 'p-1', root_key: null, state: 'waiting', visit: 2, phase: 'forward', ending: null },
        ...{ party: 'Meyer', party_name: 'The house of Meyer', worth: '20', currency: 'GBP', sites: ['BIG', 'SMALL'] },
        ...{ source: 'test', shows: { size: 20 }, started_at: view?.startedAt, entered_at: view?.updatedAt },
      },
    ]);
    expect(stays).toEqual([
      {
        ...{ key: 'p-1', visit: 1, flow: 'parcel', state: 'packing', moved_to: 'waiting' },
        ...{ entered_at: view?.startedAt, left_at: view?.updatedAt },
      },
    ]);
    expect(terms.map(({ kind, folded, value }) => [kind, folded, value])).toEqual([
      ['label', 'abc-1', 'AbC-1'],
      ['party', 'meyer', 'Meyer'],
      ['site', 'big', 'BIG'],
      ['site', 'small', 'SMALL'],
      ['source', 'test', null],
    ]);
    expect(parties).toMatchObject([{ party: 'Meyer', name: 'The house of Meyer', folded_name: 'the house of meyer' }]);
  });

  test('a part is found by its whole alone', async () => {
    const progress = progressOf();
    const engine = await engineOf(progress);
    await engine.start(start('p-1-a', 1, { part: 'p-1' }));
    await settled(engine);
    const { standing, terms } = await written(own.database);
    expect(standing).toMatchObject([{ key: 'p-1-a', root_key: 'p-1' }]);
    expect(terms).toEqual([]);
  });

  test('is the same live and folded from the journals', async () => {
    const engine = await engineOf(progressOf());
    await aDay(engine, 120);
    await settled(engine);
    const live = await written(own.database);
    expect(live.standing).toHaveLength(120);
    expect(live.stays.length).toBeGreaterThan(120);
    expect(await anew()).toEqual(live);
  });

  test('is the same when it falls behind and keeps only ids', async () => {
    const engine = await engineOf(progressOf({ mostAdvances: 10, batch: 5 }));
    await aDay(engine, 120);
    await settled(engine);
    const live = await written(own.database);
    expect(await anew()).toEqual(live);
  });

  test('is written before it ends in order', async () => {
    const progress = startProgress(own.database, { gatherMs: 60_000 });
    const engine = await engineOf(progress);
    await aDay(engine, 30);
    await engine.stop();
    expect((await written(own.database)).standing).toEqual([]);
    await progress.stop();
    expect((await written(own.database)).standing).toHaveLength(30);
  });
});

describe('what goes wrong on the way', () => {
  test('a node that dies with what it gathered: the sweep finds it, and a repeated one changes nothing', async () => {
    const lost = { advanced: () => undefined };
    const engine = await engineOf(lost);
    await aDay(engine, 40);
    // Written by nobody, and all is made anew already.
    await own.database.pool.query(
      `insert into progress_sweep (shape, rebuilt_at, swept_to) values (1, now(), now() - interval '1 min')`,
    );
    const progress = progressOf({ leads: true });
    await settled(engine);
    const swept = await written(own.database);
    await progress.stop();
    expect(await anew()).toEqual(swept);
  });

  test('of two nodes the later advance stands, in whatever order they write', async () => {
    const told: Advanced[] = [];
    const engine = await engineOf({ advanced: (advanced) => void told.push(advanced) });
    await engine.start(start('p-1', 20));
    await engine.deliver([message('p-1', Packed.name)]);
    await engine.deliver([message('p-1', Reopened.name)]);
    await engine.deliver([message('p-1', Packed.name)]);
    await engine.deliver([message('p-1', Packed.name)]);
    const [elder, later] = [startProgress(own.database), startProgress(own.database)];
    for (const advanced of told.slice(3)) later.advanced(advanced);
    await later.stop();
    for (const advanced of told.slice(0, 3)) elder.advanced(advanced);
    await elder.stop();
    const rows = await written(own.database);
    expect(rows.standing).toMatchObject([{ state: 'sent', version: 5 }]);
    expect(rows.stays.map(({ state, moved_to }) => [state, moved_to])).toEqual([
      ['packing', 'waiting'],
      ['waiting', 'packing'],
      ['packing', 'waiting'],
      ['waiting', 'sent'],
    ]);
    expect(await anew()).toEqual(rows);
  });

  test('a node that takes a run over goes on from its row, or from its journal where that is old', async () => {
    const told: Advanced[] = [];
    const engine = await engineOf({ advanced: (advanced) => void told.push(advanced) });
    for (const key of ['p-1', 'p-2']) {
      await engine.start(start(key, 20));
      await engine.deliver([message(key, Packed.name)]);
      await engine.deliver([message(key, Packed.name)]);
    }
    const of = (key: string) => told.filter(({ run }) => run.key === key);
    const read: string[][] = [];
    const first = startProgress(own.database);
    for (const advanced of [...of('p-1').slice(0, 2), ...of('p-2').slice(0, 1)]) first.advanced(advanced);
    await first.stop();
    const second = startProgress(
      own.database,
      {},
      {
        histories: async (ids) => {
          read.push([...ids]);
          return (await import('#platform/engine/runtime')).runHistories(own.database, ids);
        },
      },
    );
    for (const advanced of [...of('p-1').slice(2), ...of('p-2').slice(2)]) second.advanced(advanced);
    await second.stop();
    expect(read).toEqual([[of('p-2')[0]?.runId]]);
    const rows = await written(own.database);
    expect(rows.standing).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
    expect(rows.stays).toHaveLength(4);
    expect(await anew()).toEqual(rows);
  });

  test('connections that are ended: it is written all the same', async () => {
    const engine = await engineOf(progressOf());
    const day = aDay(engine, 60);
    for (let times = 0; times < 20; times += 1) {
      await own.database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%standing%'`,
      );
    }
    await day;
    await settled(engine);
    const live = await written(own.database);
    expect(await anew()).toEqual(live);
  });

  test('a value that cannot be written costs its own run and no other', async () => {
    const log: string[] = [];
    const progress = progressOf({}, { log: (event) => void log.push(event) });
    const engine = await engineOf(progress);
    await Promise.all(
      ['p-1', 'p-2', 'p-3'].map((key) => engine.start(start(key, 1, key === 'p-2' ? { sender: 'a\0b' } : {}))),
    );
    await expect.poll(async () => (await written(own.database)).standing.map(({ key }) => key)).toEqual(['p-1', 'p-3']);
    expect(log).toContain('progress-not-writable');
  });
});

describe('who listens', () => {
  test('is told on every node which rows were written, after they are', async () => {
    const here = progressOf();
    const there = progressOf();
    const heard: Changes[] = [];
    there.onChanged((changes) => void heard.push(changes));
    const engine = await engineOf(here);
    await expect
      .poll(
        async () =>
          (
            await own.database.pool.query(
              `select from pg_stat_activity where query like '%listen crossdock_progress' and datname = current_database()`,
            )
          ).rowCount,
      )
      .toBe(2);
    await engine.start(start('p-1', 20));
    await expect
      .poll(() => heard.flat())
      .toContainEqual({ flow: 'parcel', key: 'p-1', rootKey: 'p-1', sites: ['BIG', 'SMALL'] });
    expect((await written(own.database)).standing).toHaveLength(1);
  });

  test('is told of many when the line was down', async () => {
    const progress = progressOf();
    const heard: Changes[] = [];
    progress.onChanged((changes) => void heard.push(changes));
    const listening = `select pg_terminate_backend(pid) from pg_stat_activity where query like '%listen crossdock_progress' and datname = current_database() and pid <> pg_backend_pid()`;
    await expect.poll(async () => (await own.database.pool.query(listening)).rowCount).toBe(1);
    await expect.poll(() => heard, { timeout: 5_000 }).toContain('many');
  });

  test('a stay that is over is told to whoever measures', async () => {
    const stays: string[] = [];
    const engine = await engineOf(
      progressOf({}, { stayed: (flow, state, ms) => void stays.push(`${flow} ${state} ${ms >= 0}`) }),
    );
    await engine.start(start('p-1', 1));
    await engine.deliver([message('p-1', Packed.name)]);
    await expect.poll(() => stays).toEqual(['parcel packing true']);
  });
});

describe('the journal’s index by time', () => {
  test('is there for months that are made, and made for those that were there', async () => {
    const engine = await engineOf();
    progressOf({ leads: true });
    const valid = `select i.indisvalid from pg_index i where i.indexrelid = 'journal_recorded'::regclass`;
    await expect
      .poll(async () => (await own.database.pool.query(valid)).rows[0].indisvalid, { timeout: 5_000 })
      .toBe(true);
    void engine;
  });

  test('summary counts open runs by flow, state and currency', async () => {
    const progress = progressOf();
    const engine = await engineOf(progress);
    await Promise.all([11, 12, 1].map((size) => engine.start(start(`p-${size}`, size))));
    await engine.deliver([11, 12, 1].map((size) => message(`p-${size}`, Packed.name)));
    await settled(engine);
    expect(await progress.summary()).toEqual([
      { flow: 'parcel', state: 'waiting', currency: 'GBP', count: 2, worth: '23', oldestEnteredAt: expect.any(String) },
    ]);
  });
});
