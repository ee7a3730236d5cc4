import type { Database } from '#platform/storage';
import type { Owner } from '../commit/batch-values.ts';
import type { EffectRunner } from '../effects/effect-runner.ts';
import type { EffectTask } from '../effects/effect-task.ts';
import type { Log } from '../engine.ts';
import { patience } from '../runs/run-actor.ts';
import { ownedAmong, ownedKeys } from '../sql/effects.ts';

/** Keeps in our hands only what is ours. */
export interface OurEffects {
  /** What was written as ours by a statement that was sent after so many revivals. */
  add(tasks: readonly EffectTask[], since: number): void;
  /** Lets go of what others took while we could not say that we live. */
  keep(): Promise<void>;
}

/**
 * The answer to a statement may come after others thought us dead and took what it had made ours: when it was sent before our
 * last revival, the database is asked again who owns it.
 */
export function createOurEffects(needs: {
  readonly database: Database;
  readonly owner: Owner;
  readonly runner: Pick<EffectRunner, 'add' | 'keys' | 'keepOnly'>;
  readonly revivals: () => number;
  readonly log: Log;
  readonly isDead: () => boolean;
}): OurEffects {
  const { database, owner, runner, revivals, log, isDead } = needs;

  async function addWhatIsOurs(tasks: readonly EffectTask[]): Promise<void> {
    const keys = tasks.map(({ key }) => key);
    for (let round = 0; !isDead(); round += 1) {
      const since = revivals();
      try {
        const { rows } = await database.pool.query<{ key: string; withdraw: boolean }>(ownedAmong, [
          keys,
          owner.name,
          owner.epoch,
        ]);
        if (since !== revivals()) continue;
        for (const task of tasks) {
          const stored = rows.find(({ key }) => key === task.key);
          if (stored === undefined) log('effect-lost', { key: task.key });
          else runner.add(stored.withdraw ? { ...task, withdraw: true } : task);
        }
        return;
      } catch (thrown) {
        log('ownership-not-read', { message: String(thrown) });
        await patience(round);
      }
    }
  }

  return {
    add: (tasks, since) => {
      if (tasks.length === 0) return;
      if (since === revivals()) for (const task of tasks) runner.add(task);
      else void addWhatIsOurs(tasks);
    },
    keep: async () => {
      // What comes into our hands from now on was looked at, or written while nobody thought us dead.
      const held = runner.keys();
      const { rows } = await database.pool.query<{ key: string }>(ownedKeys, [owner.name, owner.epoch]);
      runner.keepOnly(new Set(rows.map(({ key }) => key)), held);
    },
  };
}
