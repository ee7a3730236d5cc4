import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { summariseOpenCases } from './index.ts';
import { actionsOfCase, actsLeft, claimCase, claimCases, notesOfCase, selectAction } from './sql/case-acts.ts';
import { countGroup, laneBacklog, selectBulk, sliceOfGroup, takeBulk, unfinishedActions } from './sql/case-bulk.ts';
import { withoutDeadline } from './sql/case-deadlines.ts';
import {
  type CaseCondition,
  type CaseOrder,
  caseConditions,
  caseOrders,
  casePage,
  selectCase,
  selectGroups,
} from './sql/case-lists.ts';
import { recentCases } from './sql/recent-cases.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
  // A hundred thousand open cases in fifty groups, and as many closed ones.
  await own.database.pool.query(`
    insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
      select gen_random_uuid(), 'f', 1, n::text, now(), 's', 1, 'forward', 1, gen_random_uuid(), '', now(), '{}', '{}'
      from generate_series(1, 50000) n;
    insert into effect (key, run_id, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key, asked_version, asked_at)
      select 'e' || key, id, 'e', 'once', false, 1, 'c', 'i' || key::int % 50, 'v', 2, key, 1, now() from run;
    insert into case_record (id, run_id, flow, key, cause, summary, opened_at, group_key, effect_key, worth, currency, due_by, party, owner, closed_at)
      select gen_random_uuid(), gen_random_uuid(), 'f', n::text, 'failed-e', 's', now() - n * interval '1 min', 'g' || n % 50,
        'e' || n, n, case when n % 3 = 0 then 'EUR' else 'GBP' end, now() + (n % 1000) * interval '1 h', 'p' || n % 5000,
        case when n % 10 = 0 then 'jane' end, case when n > 100000 then now() end
      from generate_series(1, 200000) n;
    insert into case_action (id, case_id, action, at, by, details, bulk_id, verdict)
      select 'a' || n, gen_random_uuid(), 'retry', now(), 'x', '{}', gen_random_uuid(), 'applied' from generate_series(1, 50000) n;
    insert into case_note (case_id, at, by, text) select gen_random_uuid(), now(), 'x', 'y' from generate_series(1, 50000) n;
    insert into bulk_action (id, action, group_key, at, by, details, state, total)
      select gen_random_uuid(), 'retry', 'g', now(), 'x', '{}', 'finished', 1 from generate_series(1, 20000) n;
    insert into standing (run_id, flow, key, version, state, visit, phase, started_at, entered_at, updated_at, sites, shows)
      select run_id, flow, key, 1, 's', 1, 'forward', now(), now(), now(), array[case when random() < 0.5 then 'NORTH' else 'SOUTH' end], '{}'
      from case_record;
    analyze standing, run, effect, case_record, case_action, case_note, bulk_action`);
}, 120_000);
afterAll(() => own.drop());

const hot = {
  selectCase,
  selectAction,
  actionsOfCase,
  actsLeft,
  notesOfCase,
  claimCase,
  claimCases,
  countGroup,
  sliceOfGroup,
  selectBulk,
  takeBulk,
  unfinishedActions,
  laneBacklog,
  withoutDeadline,
  recentCases,
};
const orders = Object.keys(caseOrders) as CaseOrder[];
const conditions = Object.keys(caseConditions) as CaseCondition[];

describe('with a hundred thousand open cases', () => {
  test.each(Object.entries(hot))('%s reads no table from end to end', async (_, text) => {
    expect(await tablesReadWhole(own.database.pool, text)).toEqual([]);
  });

  test.each(orders)(
    'a list by %s reads none, whatever it is filtered by, on the first page and on the next',
    async (order) => {
      for (const wanted of [[], ...conditions.map((condition) => [condition]), conditions]) {
        for (const goesOn of [false, true]) {
          const whole = await tablesReadWhole(own.database.pool, casePage(order, wanted, goesOn));
          expect({ wanted, goesOn, whole }).toEqual({ wanted, goesOn, whole: [] });
        }
      }
    },
  );

  test('the groups are counted from their index', async () => {
    expect(await tablesReadWhole(own.database.pool, selectGroups)).toEqual([]);
    const began = performance.now();
    const groups = await summariseOpenCases(own.database, new Date().toISOString());
    expect(groups).toHaveLength(50);
    expect(groups[0]).toMatchObject({ count: 2000, unowned: expect.any(Number) });
    // Far above what it takes, far below what reading everything several times would.
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('a list that no index serves is noticed', async () => {
    expect(await tablesReadWhole(own.database.pool, 'select from case_record where summary = $1')).toEqual([
      'case_record',
    ]);
  });
});
