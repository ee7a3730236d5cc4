import type { Flow } from '#platform/engine';
import { type Log, runHistories } from '#platform/engine/runtime';
import { createProgress, type Progress } from '#platform/progress';
import type { Database, Leadership } from '#platform/storage';

export interface ProgressParts {
  readonly database: Database;
  readonly flows: readonly Flow[];
  readonly lead: Leadership['lead'];
  readonly log: Log;
  readonly stayed?: (flow: string, state: string, milliseconds: number) => void;
}

/** Keeps the rows that lists read, from what the engine has written. */
export const keepProgress = (parts: ProgressParts): Progress =>
  createProgress({ ...parts, histories: (ids) => runHistories(parts.database, ids) });
