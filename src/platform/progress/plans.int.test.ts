import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { createRunReader, type RunQuery } from './read-runs.ts';
import {
  countBegun,
  countEnded,
  countMoves,
  countOpen,
  countReached,
  countWithCases,
  summariseOpen,
  usualStays,
  usualTimesTo,
} from './sql/count-runs.ts';
import { casesOfKeys, countLeft, selectLate } from './sql/departures.ts';
import {
  countCases,
  countWays,
  createValues,
  pageByCases,
  pageByIndex,
  pageByTerm,
  type RunConditions,
  type RunOrder,
  rowsOfKeys,
  runOrders,
} from './sql/read-runs.ts';
import { pageOfSearch } from './sql/search-runs.ts';
import { behindStanding, sliceOfRuns } from './sql/sweep.ts';
import { readPlaces } from './sql/write-runs.ts';
import { putManyRuns } from './testing/many-runs.ts';

const runs = 60_000;
const flow = 'whole';
const at = '2026-03-01T00:00:00.000Z';
const id = '00000000-0000-7000-8000-000000000000';

const conditions: Readonly<Record<string, Partial<RunConditions>>> = {
  nothing: {},
  state: { state: 'held' },
  open: { phase: 'open' },
  ended: { phase: 'ended' },
  terms: { terms: [{ kind: 'item', folded: 'i7' }] },
  sites: { sites: ['NORTH'] },
  time: { startedFrom: at, startedBefore: at },
  due: { phase: 'open', dueFrom: at, dueBefore: at },
  everything: {
    state: 'held',
    phase: 'open',
    terms: [{ kind: 'item', folded: 'i7' }],
    sites: ['NORTH'],
    withCases: true,
  },
};

/** What a statement may read from end to end: a few hundred parties are nothing. */
const large = (tables: readonly string[]): readonly string[] => tables.filter((table) => table !== 'standing_party');

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

const pages = (wanted: RunConditions, after: { place: string; id: string } | undefined): Record<string, string> => {
  const orders = Object.keys(runOrders) as RunOrder[];
  const open = orders.filter((order) => order === 'newest' || wanted.phase === 'open');
  const search = (fewInState: boolean): string =>
    pageOfSearch(
      { folded: '1', kinds: ['number'], fewInState },
      wanted,
      after && { ...after, exact: false },
      51,
      createValues(),
    );
  return {
    ...Object.fromEntries(open.map((order) => [order, pageByIndex(order, wanted, after, 51, createValues())])),
    term: pageByTerm({ kind: 'party', folded: 'p1' }, wanted, after, 51, createValues()),
    search: search(false),
    ...(wanted.state === undefined ? {} : { 'search in a state of few': search(true) }),
  };
};

const others: Readonly<Record<string, string>> = {
  countBegun: countBegun('all'),
  'countBegun of what some may see': countBegun('some'),
  countCases,
  countEnded: countEnded('all'),
  'countEnded of what some may see': countEnded('some'),
  countLeft,
  countMoves: countMoves('all'),
  'countMoves of what some may see': countMoves('some'),
  countOpen: countOpen('all'),
  'countOpen of what some may see': countOpen('some'),
  countReached: countReached('all'),
  'countReached of what some may see': countReached('some'),
  countWays,
  casesOfKeys,
  readPlaces,
  rowsOfKeys,
  selectLate,
  sliceOfRuns,
  summariseOpen,
  usualStays,
  usualTimesTo,
};

describe.each(['empty', 'filled'])('on tables that are %s', (how) => {
  beforeAll(async () => {
    if (how === 'filled') await putManyRuns(own.database, runs);
  }, 180_000);

  test.each(Object.entries(conditions))('a list by %s reads no table from end to end', async (_, some) => {
    for (const after of [undefined, { place: at, id }]) {
      for (const [driver, text] of Object.entries(pages({ flow, terms: [], ...some }, after))) {
        expect({ driver, whole: large(await tablesReadWhole(own.database.pool, text)) }).toEqual({ driver, whole: [] });
      }
    }
  });

  test.each(Object.entries(others))('%s reads none', async (_, text) => {
    expect(large(await tablesReadWhole(own.database.pool, text))).toEqual([]);
  });
});

describe('cases', () => {
  // Of open cases there are few: they may be read as one likes.
  test('lead to their runs by look-ups', async () => {
    for (const text of [
      countWithCases('all'),
      countWithCases('some'),
      pageByCases({ flow, terms: [] }, undefined, 51, createValues()),
    ]) {
      const whole = large(await tablesReadWhole(own.database.pool, text));
      expect(whole.filter((table) => table !== 'case_record')).toEqual([]);
    }
  });
});

describe('the sweep', () => {
  test('reads of the journal what its index by time leaves', async () => {
    const { rows } = await own.database.pool.query({
      text: `explain (generic_plan, format json) ${behindStanding}`,
    });
    expect(JSON.stringify(rows)).not.toMatch(/"Seq Scan"[^}]*"Relation Name": ?"(run|standing)"/);
  });
});

describe('with sixty thousand runs', () => {
  const query = (more: Partial<RunQuery> = {}): RunQuery => ({
    flow,
    visible: {},
    order: 'newest',
    limit: 50,
    ...more,
  });
  const item = { kind: 'item', value: 'I7' };

  /** How many rows a page touched: of tables and of indexes. */
  async function touched(more: Partial<RunQuery>): Promise<number> {
    const seen: { text: string; values: unknown[] }[] = [];
    const spy = {
      ...own.database,
      pool: {
        query: async (asked: string | { text: string; values: unknown[] }, values: unknown[]) => {
          const statement = typeof asked === 'string' ? { text: asked, values } : asked;
          seen.push(statement);
          return own.database.pool.query(statement.text, statement.values);
        },
      },
    } as unknown as typeof own.database;
    await createRunReader(spy).page(query(more));
    let rows = 0;
    for (const { text, values } of seen) {
      const { rows: plan } = await own.database.pool.query(`explain (analyze, format json) ${text}`, values);
      const walk = (node: Record<string, unknown>): void => {
        const loops = Number(node['Actual Loops'] ?? 1);
        if (String(node['Node Type']).includes('Scan') && node['Relation Name'] !== undefined) {
          rows += (Number(node['Actual Rows'] ?? 0) + Number(node['Rows Removed by Filter'] ?? 0)) * loops;
        }
        for (const child of (node.Plans as Record<string, unknown>[] | undefined) ?? []) walk(child);
      };
      walk(plan[0]['QUERY PLAN'][0].Plan);
    }
    return rows;
  }

  test.each([
    ['all', {}],
    ['open', { phase: 'open' }],
    ['one state', { state: 'held' }],
    ['a rare state', { state: 'given-up' }],
    ['a rare state of one source', { state: 'given-up', visible: { source: 'api:1' } }],
    ['a party', { terms: [{ kind: 'party', value: 'P1' }] }],
    ['an item', { terms: [item] }],
    ['a party and an item', { terms: [{ kind: 'party', value: 'P1' }, item] }],
    ['a site', { visible: { sites: ['SOUTH'] } }],
    ['with cases', { withCases: true }],
    ['the dearest', { order: 'worth' }],
    ['a number', { search: { text: '123456', kinds: ['number'] } }],
    ['a beginning', { search: { text: '12', kinds: ['number'] } }],
    ['a name', { search: { text: 'name of p1', kinds: ['number'] } }],
    ['a name in a rare state', { state: 'given-up', search: { text: 'name of p', kinds: ['number'] } }],
  ] as const satisfies readonly (readonly [string, Partial<RunQuery>])[])(
    'a page of %s touches few rows',
    async (_, more) => {
      expect(await touched(more)).toBeLessThan(16_000);
    },
  );

  test('every run is on one page and no other, whatever leads to it', async () => {
    const reader = createRunReader(own.database);
    for (const more of [{ phase: 'open' }, { terms: [item] }, { phase: 'open', order: 'due' }] as const) {
      const keys: string[] = [];
      let after: RunQuery['after'];
      do {
        const page = await reader.page(query({ ...more, limit: 100, after }));
        keys.push(...page.runs.map(({ key }) => key));
        after = page.next;
      } while (after !== undefined);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toHaveLength('terms' in more ? runs / 1_000 : runs / 50);
    }
  });

  test('who may see one site sees nothing of another, and who may see none sees nothing', async () => {
    const reader = createRunReader(own.database);
    const of = async (sites: readonly string[], more: Partial<RunQuery> = {}) =>
      (await reader.page(query({ visible: { sites }, ...more }))).runs.map((run) => run.sites.join());
    for (const more of [
      {},
      { phase: 'open' },
      { order: 'due' },
      { search: { text: '1', kinds: ['number'] } },
    ] as const) {
      expect(new Set(await of(['SOUTH'], more))).toEqual(new Set(['SOUTH']));
      expect(new Set(await of(['SOUTH', 'EAST'], more))).toEqual(new Set(['SOUTH']));
      expect(await of([], more)).toEqual([]);
      expect(await of(['EAST'], more)).toEqual([]);
    }
  });
});
