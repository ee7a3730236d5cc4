import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordActions } from '#platform/audit';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { recentDeeds } from './recent-deeds.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

const moment = (second: number): string => new Date(Date.UTC(2026, 2, 1, 9, 0, second)).toISOString();

async function open(at: string, sites: readonly string[] | undefined, closedAt?: string): Promise<string> {
  const [id, run] = [randomUUID(), randomUUID()];
  const { pool } = own.database;
  await pool.query(
    `insert into case_record (id, run_id, flow, key, cause, summary, opened_at, closed_at, group_key, effect_key)
     values ($1, $2, 'f', 'k', 'c', 's', $3, $4, 'g', '')`,
    [id, run, at, closedAt ?? null],
  );
  if (sites !== undefined)
    await pool.query(
      `insert into standing (run_id, flow, key, version, state, visit, phase, started_at, entered_at, updated_at, sites, shows)
       values ($1, 'f', 'k', 1, 's', 1, 'forward', now(), now(), now(), $2, '{}')`,
      [run, sites],
    );
  return id;
}

describe('what happened lately', () => {
  test('cases that opened, closed or were acted on, and approvals, each with its warehouses', async () => {
    const { pool } = own.database;
    const before = await open(moment(0), ['EAST']);
    const acted = await open(moment(1), ['EAST', 'WEST']);
    const opened = await open(moment(20), undefined);
    const closed = await open(moment(2), ['WEST'], moment(25));
    const [approval, other] = [randomUUID(), randomUUID()];
    const act = (target: string, at = moment(21)) => ({ target, action: 'retry', by: 'person:olga', at, details: {} });
    await recordActions(pool, [
      act(`case:${before}`, moment(3)),
      act(`case:${acted}`),
      act(`case:${acted}`, moment(22)),
      act(`approval:${approval}`),
      act(`approval:${other}`),
      act('lane:erp'),
      act('bulk:1'),
      act('case:of-another-time'),
    ]);
    const find = async (id: string) => (id === approval ? ({ sites: ['WEST'] } as never) : undefined);
    const told = await recentDeeds({ database: own.database, approvals: { find } }, moment(10));
    const named = told.flatMap(({ topic, things }) =>
      things === 'many' ? [[topic, things]] : things.map(({ key, sites = [] }) => [topic, key, ...sites]),
    );
    expect(named.toSorted()).toEqual(
      [
        ['cases', acted, 'EAST', 'WEST'],
        ['cases', acted, 'EAST', 'WEST'],
        ['cases', opened],
        ['cases', closed, 'WEST'],
        ['cases', 'many'],
        ['approvals', approval, 'WEST'],
        ['approvals', other],
      ].toSorted(),
    );
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });
});
