import type { Database } from '#platform/storage';
import { type ChainVerdict, verifyChain } from '../audit/audit-chain.ts';
import { parseRecorded } from '../effects/recorded-effects.ts';
import type { JournalLine, ParkedCase, RunView } from '../engine.ts';
import { openCases } from '../sql/cases.ts';
import { loadRun, readJournal } from '../sql/runs.ts';
import { runView } from './run-view.ts';
import { hotRun, type StoredRun } from './stored-run.ts';

/** Reads what is stored, as it is stored. */
export interface RunReader {
  view(flow: string, key: string): Promise<RunView | undefined>;
  journal(flow: string, key: string): Promise<readonly JournalLine[]>;
  verify(flow: string, key: string): Promise<ChainVerdict | undefined>;
  parked(limit: number): Promise<readonly ParkedCase[]>;
}

interface JournalRow {
  readonly version: number;
  readonly advance_id: string;
  readonly hash: Buffer;
  readonly entries: string;
}

interface CaseRecord {
  readonly id: string;
  readonly flow: string;
  readonly key: string;
  readonly cause: string;
  readonly summary: string;
  readonly opened_at: string;
}

export function createRunReader({ pool }: Database): RunReader {
  const rowsOf = async (flow: string, key: string): Promise<readonly JournalRow[]> =>
    (await pool.query<JournalRow>(readJournal, [flow, key])).rows;

  const stored = async (flow: string, key: string): Promise<StoredRun | undefined> =>
    (await pool.query<StoredRun>({ name: 'load-run', text: loadRun, values: [flow, key] })).rows[0];

  return {
    view: async (flow, key) => {
      const row = await stored(flow, key);
      return row && runView(hotRun(row, { name: row.flow, version: row.flow_version }));
    },
    journal: async (flow, key) => {
      const lines: JournalLine[] = [];
      for (const row of await rowsOf(flow, key)) {
        const { at, entries } = parseRecorded(row.entries);
        for (const entry of entries) lines.push({ seq: lines.length + 1, at, entry });
      }
      return lines;
    },
    verify: async (flow, key) => {
      const run = await stored(flow, key);
      if (run === undefined) return undefined;
      const rows = await rowsOf(flow, key);
      const chained = rows.map(({ version, advance_id, hash, entries }) => ({
        version,
        advanceId: advance_id,
        hash,
        entries,
      }));
      return verifyChain(run.id, chained, run.chain);
    },
    parked: async (limit) => {
      const { rows } = await pool.query<CaseRecord>(openCases, [limit]);
      return rows.map(({ opened_at, ...rest }) => ({ ...rest, openedAt: opened_at }));
    },
  };
}
