import type { LedgerEntry } from '../../simulators/kit/index.ts';
import type { ScriptRecords } from '../check/fired.ts';
import type { PlannedScript } from '../drive/scripts.ts';

/** How a running ERP is reached. */
export interface ErpAccess {
  readonly url: string;
  readonly database: string;
  readonly password: string;
  /** Calls that it answers at once without growing slower. */
  readonly concurrency: number;
  /** How late a call whose answer was lost may still take effect. */
  readonly lateCommitSeconds: number;
}

/** The ERP of a day, simulated or real. */
export interface DayErp {
  readonly access: ErpAccess;
  /** Where its dials are turned; a real one has none. */
  readonly control?: string;
  /** Tells it what to do wrong with which order. One that cannot be told refuses any. */
  tell(scripts: readonly PlannedScript[]): Promise<void>;
  /** What it was told, and how often it did so. */
  scripts(): Promise<ScriptRecords>;
  /** What was really done in it, in the ledger's words (`sale-confirmed`, `shipment-done`, `invoice-posted` …). */
  ledger(): Promise<readonly LedgerEntry[]>;
  stop(): Promise<void>;
}

/** What a system of the day is started with. */
export interface Stage {
  /** What it must hold before the day. */
  readonly worldFile: string;
  /** For its files. */
  readonly directory: string;
  readonly seed: number;
}

export type StartErp = (stage: Stage) => Promise<DayErp>;
