import { isIdle, newActor, type RunActor } from './run-actor.ts';

/** The runs that this node has in memory. */
export interface ActorDirectory {
  /** The run's actor, made when it is not there. */
  of(flow: string, key: string): RunActor;
  readonly size: number;
  /** Forgets a run that has ended, unless somebody still waits for it. */
  retire(actor: RunActor): void;
  /** Whether any has work. */
  isBusy(): boolean;
  clear(): void;
}

/** Forgets idle runs, the longest unused first, above `limit`. */
export function createActorDirectory(limit: number): ActorDirectory {
  const actors = new Map<string, RunActor>();

  function evict(): void {
    // One comes with each call, so looking at a few is enough to shrink again, and a crowd of busy ones costs each call little.
    let looked = 0;
    for (const [name, actor] of actors) {
      looked += 1;
      if (actors.size <= limit || looked > 4) return;
      actors.delete(name);
      if (!isIdle(actor)) actors.set(name, actor);
    }
  }

  return {
    of: (flow, key) => {
      const name = `${flow}/${key}`;
      const known = actors.get(name);
      if (known) return known;
      const actor = newActor(flow, key);
      actors.set(name, actor);
      if (actors.size > limit) evict();
      return actor;
    },
    retire: (actor) => {
      // Its last mail is still being handled; what has come meanwhile keeps it, and what comes later finds a new one.
      if (actor.mailbox.length === 0 && actor.waiters.size === 0) actors.delete(`${actor.flow}/${actor.key}`);
    },
    get size() {
      return actors.size;
    },
    isBusy: () => [...actors.values()].some((actor) => actor.isBusy),
    clear: () => actors.clear(),
  };
}
