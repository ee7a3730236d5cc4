import type { ClientBase } from 'pg';
import type { Clock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { EffectTask } from '../effects/effect-task.ts';
import type { Log, StartRun } from '../engine.ts';
import { createDatabaseWatch } from './database-watch.ts';
import { openEvidence } from './evidence.ts';
import { type Declared, type Loss, openLostWindows } from './lost-window.ts';

/** Whether the database has lost time, before this node began and while it runs, and what is done about it. */
export interface DatabaseHistory {
  /** Whether the effect may have been done in a time that was lost: the target is asked before it is sent. */
  mayBeDone(task: EffectTask): boolean | Promise<boolean>;
  /** Before a new connection writes. Throws when the database was replaced under this node. */
  check(on: ClientBase): Promise<void>;
  isReplaced(): boolean;
  /** The key under which a claim was acknowledged before the database lost it. */
  recalled(claim: { readonly scope: string; readonly key: string }): Promise<string | undefined>;
  /** A start was acknowledged. */
  started(start: StartRun, key: string): void;
  start(): void;
  kill(): void;
  stop(): Promise<void>;
}

export interface HistoryNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly onLoss?: (loss: Loss) => Promise<void>;
  /** The database went back while this node ran. Called once; nothing is written or sent any more. */
  readonly onReplaced: (because: string) => void;
}

export interface HistoryOptions {
  readonly node: string;
  /** A folder outside of the database. Absent: an older copy that was put in its place is not noticed. */
  readonly evidence?: string;
  readonly declared?: Declared;
  readonly everyMs: number;
}

/** Before anything is read into memory or sent: a loss is noticed and recorded here. */
export async function openDatabaseHistory(needs: HistoryNeeds, options: HistoryOptions): Promise<DatabaseHistory> {
  const { database, clock, log, onLoss, onReplaced } = needs;
  const { node, declared, everyMs } = options;
  const evidence =
    options.evidence === undefined ? undefined : await openEvidence(options.evidence, node, () => clock.now());
  const windows = await openLostWindows(
    { database, clock, log, ...(evidence ? { evidence } : {}), ...(onLoss ? { onLoss } : {}) },
    declared,
  );
  const watch = createDatabaseWatch(
    { database, log, onReplaced, ...(evidence ? { evidence } : {}) },
    { position: windows.position, window: windows.newest, everyMs },
  );
  return {
    mayBeDone: windows.mayBeDone,
    check: watch.check,
    isReplaced: () => watch.isReplaced,
    recalled: windows.recalled,
    started: ({ flow, claim }, key) => {
      if (claim)
        evidence?.remember({
          at: clock.now(),
          system: windows.position.system,
          scope: claim.scope,
          claim: claim.key,
          flow,
          key,
        });
    },
    start: watch.start,
    kill: watch.kill,
    stop: watch.stop,
  };
}
