import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { type AuditListQuery, listAudit, recordActions } from './index.ts';
import { entriesNewestFirst } from './sql/entry-list.ts';

let own: TestDatabase;
const at = (second: number): string => new Date(Date.UTC(2026, 2, 1, 9, 0, second)).toISOString();
beforeAll(async () => {
  own = await testDatabase();
  await recordActions(own.database.pool, [
    { target: 'case:1', action: 'retry', by: 'person:olga', at: at(0), details: { reason: 'a' } },
    { target: 'lane:erp', action: 'pause', by: 'person:ivan', at: at(1), details: {} },
    { target: 'case:1', action: 'close', by: 'api:shop', at: at(1), details: {} },
    { target: 'case:2', action: 'retry', by: 'person:ivan', at: at(1), details: {} },
    { target: 'case:1', action: 'retry', by: 'person:olga', at: at(2), details: {} },
  ]);
});
afterAll(() => own.drop());

const told = async (query: Partial<AuditListQuery>): Promise<readonly string[]> =>
  (await listAudit(own.database.pool, { limit: 50, ...query })).entries.map(({ target, seq }) => `${target}#${seq}`);

describe('the list of the audit', () => {
  test('is newest first, with what was done and the link of its chain', async () => {
    expect(await told({})).toEqual(['case:1#3', 'lane:erp#1', 'case:2#1', 'case:1#2', 'case:1#1']);
    const { entries } = await listAudit(own.database.pool, { limit: 1, by: 'person:olga' });
    expect(entries[0]).toMatchObject({
      target: 'case:1',
      seq: 3,
      at: at(2),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test.each<[string, Partial<AuditListQuery>, readonly string[]]>([
    ['a target', { target: 'case:1' }, ['case:1#3', 'case:1#2', 'case:1#1']],
    ['a kind', { kind: 'lane' }, ['lane:erp#1']],
    ['a person', { by: 'person:ivan' }, ['lane:erp#1', 'case:2#1']],
    ['an action', { action: 'retry' }, ['case:1#3', 'case:2#1', 'case:1#1']],
    ['a time', { from: at(1), to: at(2) }, ['lane:erp#1', 'case:2#1', 'case:1#2']],
    ['all of them', { kind: 'case', by: 'person:ivan', action: 'retry', from: at(0), to: at(9) }, ['case:2#1']],
    ['what is not there', { by: "x' or true --" }, []],
  ])('is narrowed by %s', async (_, query, entries) => {
    expect(await told(query)).toEqual(entries);
  });

  test.each([1, 2, 3])('page by page has each entry once, %i at a time', async (limit) => {
    const seen: string[] = [];
    for (let query: AuditListQuery | undefined = { limit }; query; ) {
      const { entries, next } = await listAudit(own.database.pool, query);
      seen.push(...entries.map(({ target, seq }) => `${target}#${seq}`));
      query = next && { limit, after: next };
    }
    expect(seen).toEqual(await told({}));
  });

  test('reads by its indexes when it is large', async () => {
    await own.database.pool.query(`
      set session_replication_role = replica;
      insert into audit_entry select 'item:' || n, 1, now() - n * interval '1 s', 'api:' || n % 100, 'act-' || n % 50, '{}', ''
        from generate_series(1, 50000) n;
      set session_replication_role = origin;
      analyze audit_entry`);
    for (const name of ['target', 'kind', 'by', 'action', 'from', 'to'] as const)
      for (const isContinued of [true, false])
        expect(await tablesReadWhole(own.database.pool, entriesNewestFirst([name], isContinued)), name).toEqual([]);
    const { rows } = await own.database.pool.query<{ 'QUERY PLAN': string }>(
      `explain ${entriesNewestFirst(['by'], false).replace('$1', `'api:7'`).replace('$2', '51')}`,
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Scan Backward using audit_by_person/);
  });
});
