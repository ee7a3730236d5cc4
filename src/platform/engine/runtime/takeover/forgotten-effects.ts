import type { Database } from '#platform/storage';
import type { Owner } from '../commit/batch-values.ts';
import type { EffectRunner } from '../effects/effect-runner.ts';
import type { Log } from '../engine.ts';
import { ownedKeys } from '../sql/effects.ts';
import type { Takeover } from './takeover.ts';

/** Finds what is ours in the database and not in our hands, because the answer to the statement that made it ours was lost. */
export interface ForgottenEffects {
  start(): void;
  stop(): void;
}

/**
 * Looks from time to time. What was missing in two looks, one after the other, was not merely on its way: it is taken anew, and
 * asked about before it is sent, because nobody can say any more whether it was.
 */
export function createForgottenEffects(
  needs: {
    readonly database: Database;
    readonly owner: Owner;
    readonly runner: Pick<EffectRunner, 'holds'>;
    readonly takeover: Pick<Takeover, 'again'>;
    readonly log: Log;
  },
  options: { readonly everyMs: number },
): ForgottenEffects {
  const { database, owner, runner, takeover, log } = needs;
  let missed: ReadonlySet<string> = new Set();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function look(): Promise<void> {
    const { rows } = await database.pool.query<{ key: string }>(ownedKeys, [owner.name, owner.epoch]);
    const missing = rows.map(({ key }) => key).filter((key) => !runner.holds(key));
    const forgotten = missing.filter((key) => missed.has(key));
    missed = new Set(missing);
    if (forgotten.length === 0 || isStopped) return;
    log('effects-found-again', { effects: await takeover.again(forgotten) });
  }

  function schedule(): void {
    timer = setTimeout(() => {
      look()
        .catch((thrown: unknown) => log('own-effects-not-read', { message: String(thrown) }))
        .finally(() => {
          if (!isStopped) schedule();
        });
    }, options.everyMs);
  }

  return {
    start: schedule,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
