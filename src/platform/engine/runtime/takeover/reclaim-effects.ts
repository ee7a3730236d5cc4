import type { Log } from '../engine.ts';
import type { NodeLife } from '../nodes/node-life.ts';
import type { Takeover } from './takeover.ts';

/** Takes what was asked by a version that nobody had, soon after its run was taken over by one that we know. */
export interface EffectReclaim {
  soon(): void;
  stop(): void;
}

/** So that one look does for a whole slice of runs. */
const gatherMs = 100;

export function createEffectReclaim(needs: {
  readonly life: Pick<NodeLife, 'deadLives'>;
  readonly takeover: Takeover;
  readonly log: Log;
  readonly isDead: () => boolean;
}): EffectReclaim {
  const { life, takeover, log, isDead } = needs;
  let timer: NodeJS.Timeout | undefined;
  const reclaim: EffectReclaim = {
    soon: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        const ofTheDead = life.deadLives().map((dead) => takeover.fromDead(dead));
        Promise.all([...ofTheDead, takeover.unowned(true)]).catch((thrown: unknown) => {
          log('effects-not-reclaimed', { message: String(thrown) });
          if (!isDead()) reclaim.soon();
        });
      }, gatherMs);
    },
    stop: () => clearTimeout(timer),
  };
  return reclaim;
}
