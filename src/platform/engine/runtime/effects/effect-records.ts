import type { Clock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Owner } from '../commit/batch-values.ts';
import type { Log } from '../engine.ts';
import { patience } from '../runs/run-actor.ts';
import { markSending, recordRetry, releaseEffects } from '../sql/effects.ts';
import type { EffectTask } from './effect-task.ts';

/** What is written about an open effect between its asking and its settling. Each answers false when it is not ours any more. */
export interface EffectRecords {
  /** The next attempt, and when. Tries until the database answers. */
  retry(task: EffectTask, delayMs: number): Promise<boolean>;
  /** Before the first byte of a blind verb. */
  sending(task: EffectTask): Promise<boolean>;
  /** Anyone may take them. */
  release(keys: readonly string[]): Promise<void>;
}

export function createEffectRecords(needs: {
  readonly database: Database;
  readonly owner: Owner;
  readonly clock: Clock;
  readonly log: Log;
  readonly isDead: () => boolean;
}): EffectRecords {
  const { database, owner, clock, log, isDead } = needs;
  return {
    retry: async (task, delayMs) => {
      const at = clock.now();
      const notBefore = new Date(Date.parse(at) + delayMs).toISOString();
      const isDoubtful = task.doubtSince !== undefined;
      const values = [task.key, owner.name, owner.epoch, task.attempt, task.inquiries, notBefore, isDoubtful, at];
      for (let round = 0; !isDead(); round += 1) {
        try {
          const { rowCount } = await database.pool.query({ name: 'record-retry', text: recordRetry, values });
          return rowCount === 1;
        } catch (thrown) {
          log('retry-not-recorded', { key: task.key, message: String(thrown) });
          await patience(round);
        }
      }
      return false;
    },
    sending: async (task) => {
      const { rowCount } = await database.pool.query(markSending, [task.key, owner.name, owner.epoch]);
      return rowCount === 1;
    },
    release: async (keys) => {
      if (keys.length > 0) await database.pool.query(releaseEffects, [keys, owner.name, owner.epoch]);
    },
  };
}
