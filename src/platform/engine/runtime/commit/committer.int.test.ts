import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { chainStart, nextLink } from '../audit/audit-chain.ts';
import type { CommitCounts } from '../engine-options.ts';
import { uuidV7 } from '../runs/uuid-v7.ts';
import type { CommitUnit } from './commit-unit.ts';
import { type Committer, createCommitter, Unwritable } from './committer.ts';

const at = '2026-03-01T09:00:00.000Z';

const counted = (): CommitCounts => ({
  batches: 0,
  advances: 0,
  lostRaces: 0,
  repeated: 0,
  unwritable: 0,
  recovered: 0,
  waiting: 0,
});

function unit(more: Partial<CommitUnit> & Pick<CommitUnit, 'runId'>): CommitUnit {
  const advanceId = uuidV7();
  const entries = Buffer.from(JSON.stringify({ at, entries: [{ kind: 'entered', state: 's', visit: 1 }] }));
  return {
    flow: 'f',
    key: more.runId,
    expected: 1,
    advanceId,
    at,
    state: 's',
    visit: 1,
    phase: 'forward',
    ending: null,
    dueAt: null,
    chain: nextLink(chainStart(more.runId), advanceId, entries),
    control: '{}',
    document: Buffer.from('{"a":1}'),
    entries,
    receipt: null,
    ask: [],
    settle: [],
    withdraw: [],
    timer: 'keep',
    facts: [],
    outbox: [],
    consumed: null,
    openCases: [],
    closeCases: [],
    bytes: 100,
    ...more,
  };
}

const beginning = (runId: string, more: Partial<CommitUnit> = {}): CommitUnit =>
  unit({
    runId,
    expected: 0,
    begins: { flow: 'f', flowVersion: 1, key: runId, input: '{}', given: null, givenIsInput: false },
    ...more,
  });

describe('group commit', () => {
  let own: TestDatabase;
  let committer: Committer;
  let counts: CommitCounts;
  const owner = { name: 'n', epoch: 1 };
  const log = (): void => undefined;
  const make = (crashAt: () => void = () => undefined): Committer =>
    createCommitter(
      { database: own.database, owner, log },
      { width: 2, batchCount: 64, batchBytes: 256 * 1024, crashAt, counts },
    );

  beforeAll(async () => {
    own = await testDatabase({ poolSize: 20 });
    counts = counted();
    committer = make();
  });
  afterAll(async () => {
    committer.stop();
    await own.drop();
  });

  const versions = async (...ids: string[]): Promise<Record<string, number>> => {
    const { rows } = await own.database.pool.query('select id, version from run where id = any($1)', [ids]);
    return Object.fromEntries(rows.map(({ id, version }) => [id, version]));
  };
  const begun = async (...more: Partial<CommitUnit>[]): Promise<string[]> => {
    const ids = more.map(() => uuidV7());
    await Promise.all(ids.map((id, index) => committer.commit(beginning(id, more[index]))));
    return ids;
  };

  test('writes the advances of one turn in one statement', async () => {
    const before = counts.batches;
    const ids = await begun(...Array.from({ length: 40 }, () => ({})));
    expect(counts.batches - before).toBe(1);
    expect(Object.keys(await versions(...ids))).toHaveLength(40);
  });

  test('splits what is larger than a batch may be', async () => {
    const before = counts.batches;
    await begun(...Array.from({ length: 5 }, () => ({ bytes: 200 * 1024 })));
    expect(counts.batches - before).toBe(5);
  });

  test('writes what is under way before what comes from outside and is to begin', async () => {
    const going = await begun({}, {}, {}, {});
    const narrow = createCommitter(
      { database: own.database, owner, log },
      { width: 1, batchCount: 2, batchBytes: 256 * 1024, crashAt: () => undefined, counts },
    );
    const order: string[] = [];
    const write = (what: string, each: CommitUnit) => narrow.commit(each).then(() => order.push(what));
    await Promise.all([
      ...[uuidV7(), uuidV7()].map((runId) => write('begins', beginning(runId))),
      ...going.map((runId) => write('goes on', unit({ runId }))),
    ]);
    expect(order).toEqual(['goes on', 'goes on', 'goes on', 'goes on', 'begins', 'begins']);
    expect(narrow.beginsAfterMs()).toBe(0);
    narrow.stop();
  });

  test('loses a race against a transaction that is just under way, and the server lives', async () => {
    // Given two runs, one of which somebody else is moving on,
    const [raced = '', other = ''] = await begun({}, {});
    const events: string[] = [];
    const another = createCommitter(
      { database: own.database, owner, log: (event) => events.push(event) },
      { width: 1, batchCount: 64, batchBytes: 256 * 1024, crashAt: () => undefined, counts },
    );
    const client = await own.database.pool.connect();
    await client.query('begin');
    await client.query('update run set version = version + 1 where id = $1', [raced]);

    // when both are to take a message in one batch, which waits for the other's lock and then finds the run changed,
    const receipt = uuidV7();
    const outcomes = Promise.all([
      another.commit(unit({ runId: raced, receipt })),
      another.commit(unit({ runId: other, receipt })),
    ]);
    for (let waits = 0; waits === 0; ) {
      const { rows } = await own.database.pool.query<{ waits: number }>(
        `select count(*)::int as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      waits = rows[0]?.waits ?? 0;
    }
    await client.query('commit');
    client.release();

    // then one is lost and one is written, from a fresh snapshot: no server process has died of a second look at the row.
    expect((await outcomes).map(({ verdict }) => verdict)).toEqual(['lost', 'won']);
    expect(events).toEqual([expect.stringContaining('commit-again')]);
    another.stop();
  });

  test('an advance from an old version leaves nothing, and its neighbours are written', async () => {
    const [old = '', fresh = ''] = await begun({}, {});
    const receipt = uuidV7();
    const facts = [{ id: uuidV7(), source: 's', type: 'lost', subject: 'k', time: at, data: '1' }];
    const outcomes = await Promise.all([
      committer.commit(unit({ runId: old, expected: 7, receipt, facts, timer: { at } })),
      committer.commit(unit({ runId: fresh })),
    ]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['lost', 'won']);
    expect(await versions(old, fresh)).toEqual({ [old]: 1, [fresh]: 2 });
    for (const table of [
      `fact where type = 'lost'`,
      `receipt where run_id = '${old}'`,
      `timer where run_id = '${old}'`,
    ]) {
      expect((await own.database.pool.query(`select 1 from ${table}`)).rowCount).toBe(0);
    }
  });

  test('of two committers with one version, one wins', async () => {
    const [run = ''] = await begun({});
    const other = make();
    for (let version = 1; version < 20; version += 1) {
      const outcomes = await Promise.all([
        committer.commit(unit({ runId: run, expected: version })),
        other.commit(unit({ runId: run, expected: version })),
      ]);
      expect(outcomes.map(({ verdict }) => verdict).toSorted()).toEqual(['lost', 'won']);
    }
    expect((await own.database.pool.query('select 1 from journal where run_id = $1', [run])).rowCount).toBe(20);
    other.stop();
  });

  test('two committers that write the same runs in opposite order do not lock each other out', async () => {
    const ids = await begun(...Array.from({ length: 30 }, () => ({})));
    const other = make();
    const outcomes = await Promise.all([
      ...ids.map((runId) => committer.commit(unit({ runId }))),
      ...ids.toReversed().map((runId) => other.commit(unit({ runId }))),
    ]);
    expect(outcomes.filter(({ verdict }) => verdict === 'won')).toHaveLength(30);
    other.stop();
  });

  test('a message that was consumed leaves nothing the second time', async () => {
    const [run = ''] = await begun({});
    const receipt = uuidV7();
    const first = await committer.commit(unit({ runId: run, receipt }));
    const second = await committer.commit(unit({ runId: run, expected: 2, receipt }));
    expect([first.verdict, second.verdict]).toEqual(['won', 'repeated']);
    expect(await versions(run)).toEqual({ [run]: 2 });
  });

  test('an answer counts once, and only from the owner in its attempt', async () => {
    const key = `effect-${uuidV7()}`;
    const asked = {
      key,
      name: 'e',
      occurrence: 'once',
      undoes: false,
      visit: 1,
      capability: 'c',
      instance: 'i',
      verb: 'v',
      priority: 2,
      orderKey: key,
      owned: true,
      attempt: 1,
      isDoubtful: false,
      isUnwanted: false,
    };
    const [run = ''] = await begun({ ask: [asked] });
    const wrong = await committer.commit(unit({ runId: run, answers: { key, attempt: 2 } }));
    const right = await committer.commit(unit({ runId: run, answers: { key, attempt: 1 } }));
    const again = await committer.commit(unit({ runId: run, expected: 2, answers: { key, attempt: null } }));
    expect([wrong.verdict, right.verdict, again.verdict]).toEqual(['stale', 'won', 'stale']);
  });

  test('a value that cannot be written fails alone', async () => {
    const ids = Array.from({ length: 9 }, () => uuidV7());
    const outcomes = await Promise.allSettled(
      ids.map((id, index) => committer.commit(beginning(id, index === 4 ? { state: 'a\u0000b' } : {}))),
    );
    expect(outcomes.map(({ status }) => status).indexOf('rejected')).toBe(4);
    expect(outcomes[4]).toMatchObject({ reason: expect.any(Unwritable) });
    expect(Object.keys(await versions(...ids))).toHaveLength(8);
  });

  test('a lone surrogate and a NUL inside a document are written', async () => {
    const document = Buffer.from(JSON.stringify({ text: 'a\u0000b\ud800c' }));
    const [run = ''] = await begun({ document });
    const { rows } = await own.database.pool.query('select document from run where id = $1', [run]);
    expect(JSON.parse(rows[0].document).text).toBe('a\u0000b\ud800c');
  });

  test('when the connection is lost, what was committed is not written again and the rest is', async () => {
    const ids = await begun({}, {}, {});
    // The server ends the connections of all commits, again and again, while advances are written.
    let isOver = false;
    const cutter = (async () => {
      while (!isOver) {
        await own.database.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where query like 'with advance%' and pid <> pg_backend_pid()
             and datname = current_database()`,
        );
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
    })();
    for (let version = 1; version < 40; version += 1) {
      const outcomes = await Promise.all(ids.map((runId) => committer.commit(unit({ runId, expected: version }))));
      expect(outcomes.map(({ verdict }) => verdict)).toEqual(['won', 'won', 'won']);
    }
    isOver = true;
    await cutter;
    expect(Object.values(await versions(...ids))).toEqual([40, 40, 40]);
    const { rows } = await own.database.pool.query(
      'select run_id from journal where run_id = any($1) group by run_id having count(*) <> 40',
      [ids],
    );
    expect(rows).toEqual([]);
  });
});
