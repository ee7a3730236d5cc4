import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { batchValues } from './commit/batch-values.ts';
import { type CommitConnection, openCommitConnection } from './commit/commit-connection.ts';
import { commitStatement, type Shape } from './sql/commit-statement.ts';
import { claimUnowned, recordRetry, takenEffects } from './sql/effects.ts';
import { sweepInbox } from './sql/inbox.ts';
import { laneRound } from './sql/lanes.ts';
import { loadRun, loadRuns, readClaim, readJournal } from './sql/runs.ts';
import { timersUntil } from './sql/timers.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

/** The tables that grow with the work done. */
const big = ['run', 'run_input', 'journal', 'receipt', 'effect', 'inbox', 'timer', 'claim', 'fact', 'case_record'];

const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

const isBig = (relation: string | undefined): boolean =>
  relation !== undefined && big.some((table) => relation === table || relation.startsWith(`${table}_`));

/** Reads of a big table that are no look-up: it would be read whole one day. */
const wholeReads = (plan: Plan): readonly string[] =>
  nodesOf(plan)
    .filter((node) => isBig(node['Relation Name']) && node['Node Type'] !== 'ModifyTable')
    .filter((node) => node['Index Cond'] === undefined && !/Tid Scan/.test(node['Node Type']))
    .map((node) => `${node['Node Type']} on ${node['Relation Name']} ${node['Index Name'] ?? ''}`);

describe('the plans of the hot statements, on empty and on filled tables', () => {
  let own: TestDatabase;
  let connection: CommitConnection;
  beforeAll(async () => {
    own = await testDatabase();
    connection = await openCommitConnection(own.database, { name: 'n', epoch: 1 });
  });
  afterAll(async () => {
    connection.end();
    await own.drop();
  });

  /** The generic plan: the one that every later execution has. */
  async function planOf(text: string, on: { query: CommitConnection['client']['query'] }): Promise<Plan> {
    const { rows } = await on.query({ text: `explain (generic_plan, format json) ${text}` });
    return rows[0]['QUERY PLAN'][0].Plan;
  }

  const shapes: Shape[] = Array.from({ length: 64 }, (_, bits) => ({
    starts: (bits & 1) > 0,
    receipts: (bits & 2) > 0,
    timers: (bits & 4) > 0,
    facts: (bits & 8) > 0,
    rest: (bits & 16) > 0,
    versions: (bits & 32) > 0,
  }));

  async function fill(): Promise<void> {
    await own.database.pool.query(`
      insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
        select gen_random_uuid(), 'f', 1, n::text, now(), 's', 1, 'forward', 1, gen_random_uuid(), '\\x00', now(), '{}', '{}'
        from generate_series(1, 20000) n;
      insert into run_input select id, '{}', null, false from run;
      insert into receipt select id, gen_random_uuid() from run;
      insert into journal (run_id, version, advance_id, hash, entries) select id, 1, gen_random_uuid(), '\\x00', '[]' from run;
      insert into timer select id, now() + random() * interval '10 days' from run;
      insert into inbox select 'f', key, id, 'message', '{}', now() - random() * interval '10 days' from run limit 5000;
      insert into effect (key, run_id, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key, asked_version, asked_at)
        select key, id, 'e', 'once', false, 1, 'c', 'i', 'v', 2, key, 1, now() from run limit 10000;
      insert into claim select 's', key, 'f', key, '' from run;
      analyze`);
  }

  const reads = {
    loadRun,
    loadRuns,
    readClaim,
    readJournal,
    timersUntil,
    sweepInbox,
    recordRetry,
    laneRound,
    claimUnowned: `${claimUnowned}\n${takenEffects}`,
  };

  describe.each(['young', 'empty', 'filled'])('%s', (state) => {
    beforeAll(async () => {
      if (state === 'empty') await own.database.pool.query('vacuum analyze');
      if (state === 'filled') await fill();
    });

    test('every form of the commit statement looks rows up and reads no table whole', async () => {
      for (const shape of shapes) {
        const plan = await planOf(commitStatement(shape).text, connection.client);
        expect({ shape, whole: wholeReads(plan) }).toEqual({ shape, whole: [] });
      }
    });

    test.each(Object.entries(reads))('%s looks rows up', async (_, text) => {
      // Young tables may be read whole, for they are small; filled ones may not.
      if (state !== 'filled') return;
      expect(wholeReads(await planOf(text, own.database.pool))).toEqual([]);
    });
  });

  test('a plan that reads a table whole is noticed', async () => {
    expect(wholeReads(await planOf('select * from run where state = $1', own.database.pool))).toEqual([
      'Seq Scan on run ',
    ]);
  });

  test('every parameter of every form has a value', () => {
    for (const shape of shapes) {
      const values = batchValues([], { name: 'n', epoch: 1 }, shape);
      for (const parameter of commitStatement(shape).parameters) expect(values).toHaveProperty(parameter);
    }
  });
});
