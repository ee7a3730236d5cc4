import type { Database } from '#platform/storage';
import type { RunHistory } from '../../advanced.ts';
import { parseRecorded } from '../effects/recorded-effects.ts';
import { readHistories } from '../sql/runs.ts';
import { hotRun, type StoredRun } from './stored-run.ts';

/** Runs with their whole journals, each as of one moment; ids that are nobody's are left out. */
export async function runHistories({ pool }: Database, ids: readonly string[]): Promise<readonly RunHistory[]> {
  const { rows } = await pool.query<StoredRun & { readonly journal: readonly string[] }>({
    name: 'read-histories',
    text: readHistories,
    values: [ids],
  });
  return rows.map((row) => ({
    runId: row.id,
    flow: row.flow,
    flowVersion: row.flow_version,
    startedAt: row.started_at,
    version: row.version,
    run: hotRun(row, { name: row.flow, version: row.flow_version }).state,
    advances: row.journal.map((text) => parseRecorded(text)),
  }));
}
