import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Engine } from '../engine.ts';
import { ended, eventually, startEngine } from '../testing/engine-under-test.ts';
import { errandFlow } from '../testing/errand.ts';
import { createFakeTarget } from '../testing/fake-target.ts';
import { chainStart, nextLink } from './audit-chain.ts';
import { verifyAudit } from './verify-audit.ts';

interface Row {
  readonly run_id: string;
  readonly version: number;
  readonly advance_id: string;
  readonly entries: string;
}

describe('the audit', () => {
  let own: TestDatabase;
  let engine: Engine;
  beforeEach(async () => {
    own = await testDatabase();
    engine = await startEngine({
      database: own.database,
      flows: [errandFlow()],
      provider: createFakeTarget().provider('keyed'),
      options: { anchorMs: 20 },
    });
    for (const key of ['a', 'b']) {
      await engine.start({ flow: 'errand', key, input: { size: 1 }, source: 'test' });
      await ended(engine, 'errand', key);
    }
    await eventually(async () => (await verifyAudit(own.database)).anchors > 0, 'an anchor');
    await engine.stop();
  });
  afterEach(() => own.drop());

  const query = async (text: string, values: readonly unknown[] = []) => own.database.pool.query(text, [...values]);
  const rowsOf = async (key: string): Promise<readonly Row[]> =>
    (
      await query(
        'select j.* from journal j join run r on r.id = j.run_id where r.flow = $1 and r.key = $2 order by j.version',
        ['errand', key],
      )
    ).rows;

  test('verifies as it was written', async () => {
    const report = await verifyAudit(own.database);
    expect(report).toMatchObject({ runs: 2, findings: [] });
  });

  test('names the entry that was changed', async () => {
    const [, second] = await rowsOf('a');
    await query('update journal set entries = replace(entries, $1, $2) where run_id = $3 and version = 2', [
      'ref-1',
      'ref-9',
      second?.run_id,
    ]);
    const { findings } = await verifyAudit(own.database, { flow: 'errand', key: 'a' });
    expect(findings).toEqual([{ what: 'changed', flow: 'errand', key: 'a', firstBadVersion: 2 }]);
    expect((await verifyAudit(own.database, { key: 'b' })).findings).toEqual([]);
  });

  test('finds a journal whose whole chain was computed anew', async () => {
    const rows = await rowsOf('a');
    let link = chainStart(rows[0]?.run_id ?? '');
    for (const { run_id, version, advance_id, entries } of rows) {
      const forged = entries.replace('ref-1', 'ref-9');
      link = nextLink(link, advance_id, Buffer.from(forged));
      const values = [run_id, version, forged, link];
      await query('update journal set entries = $3, hash = $4 where run_id = $1 and version = $2', values);
    }
    await query('update run set chain = $2 where id = $1', [rows[0]?.run_id, link]);
    const { findings } = await verifyAudit(own.database);
    expect(findings).toEqual([expect.objectContaining({ what: 'rewritten', flow: 'errand', key: 'a' })]);
  });

  test('finds a run that was taken out altogether', async () => {
    const [first] = await rowsOf('b');
    for (const table of ['journal', 'receipt', 'timer', 'run_input'])
      await query(`delete from ${table} where run_id = $1`, [first?.run_id]);
    await query('delete from run where id = $1', [first?.run_id]);
    const { findings } = await verifyAudit(own.database);
    expect(findings).toEqual([expect.objectContaining({ what: 'removed', key: first?.run_id })]);
  });

  test('does not let an anchor be changed, and finds one that was all the same', async () => {
    await expect(query('update audit_anchor set hash = heads')).rejects.toThrow('only ever added');
    await expect(query('delete from audit_anchor')).rejects.toThrow('only ever added');
    await expect(query('truncate audit_anchor')).rejects.toThrow('only ever added');
    await query('alter table audit_anchor disable trigger audit_anchor_stays');
    await query(`update audit_anchor set heads = '\\x' where seq = 1`);
    const { findings } = await verifyAudit(own.database);
    expect(findings).toContainEqual({ what: 'anchor', anchor: 'node-1/1' });
  });
});
