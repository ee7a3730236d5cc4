import type { CasesNeeds } from '#business/apis/cases/v1';
import { type Instant, systemClock } from '#model/kernel';
import { auditOf } from '#platform/audit';
import type { Flow } from '#platform/engine';
import type { Engine, Log } from '#platform/engine/runtime';
import {
  type CasePatience,
  createBulkDesk,
  createBulkWorker,
  createCaseDesk,
  keepDeadlines,
  type LetterDesk,
} from '#platform/exceptions';
import type { Database } from '#platform/storage';

/** How many entries of one target are told at once. */
const mostEntries = 1_000;

export interface CasesParts {
  readonly database: Database;
  readonly engine: Engine;
  readonly flows: readonly Flow[];
  readonly letters: LetterDesk;
  /** Working time, for the cases' own deadlines. */
  readonly calendar: { add(at: Instant, milliseconds: number): Instant };
  readonly patience: CasePatience;
  /** The name of this node. */
  readonly node: string;
  readonly log: Log;
}

/** The desks at which cases are worked, and this node's share of the bulks. */
export function openCaseDesks(parts: CasesParts): {
  readonly needs: Omit<CasesNeeds, 'approvals'>;
  stop(): Promise<void>;
} {
  const { database, engine, flows, letters, calendar, patience, node, log } = parts;
  const tables = (name: string, version: number) =>
    flows.find(({ table }) => table.name === name && table.version === version)?.table;
  const desk = { database, runs: engine, tables, letters, clock: systemClock };
  const worker = createBulkWorker({ ...desk, log }, { node });
  const deadlines = keepDeadlines({ database, calendar, log }, { patience });
  return {
    needs: {
      cases: createCaseDesk(desk),
      bulks: createBulkDesk(desk, worker.wake),
      audit: (target) => auditOf(database.pool, target, mostEntries),
    },
    stop: async () => {
      await Promise.all([worker.stop(), deadlines.stop()]);
    },
  };
}
