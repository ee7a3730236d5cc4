import type { EffectTask } from './effect-task.ts';
import { createLane, type Lane, type LaneNeeds } from './lane.ts';

/** The lanes of this node, one per outside system that it has had work for. */
export interface LaneDirectory {
  of(task: EffectTask): Lane;
  all(): readonly Lane[];
  /** Whether an effect asked now stays in memory; else it waits in the database, behind what waits there already. */
  hasRoom(instance: string): boolean;
  /** Lanes that have room for work that waits in the database. */
  hungry(): readonly { readonly instance: string; readonly room: number }[];
  /** Whether more of a lane's work waits in the database. */
  noteBacklog(instance: string, hasBacklog: boolean): void;
}

/** For what nobody offers: it fails at once. */
const budgetOfNobody = { concurrency: 64 };

export function createLaneDirectory(
  needs: Omit<LaneNeeds, 'instance' | 'budget'>,
  options: { readonly depth: number },
): LaneDirectory {
  const lanes = new Map<string, Lane>();
  return {
    of: ({ instance, provider }) => {
      const known = lanes.get(instance);
      if (known) return known;
      const lane = createLane({ ...needs, instance, budget: provider?.lane ?? budgetOfNobody });
      lanes.set(instance, lane);
      return lane;
    },
    all: () => [...lanes.values()],
    hasRoom: (instance) => {
      const lane = lanes.get(instance);
      if (lane === undefined) return true;
      if (lane.queue.size + lane.delayed >= options.depth) lane.hasBacklog = true;
      return !lane.hasBacklog;
    },
    hungry: () =>
      [...lanes.values()]
        .filter((lane) => lane.hasBacklog && lane.queue.size < options.depth / 2)
        .map((lane) => ({ instance: lane.instance, room: options.depth - lane.queue.size })),
    noteBacklog: (instance, hasBacklog) => {
      const lane = lanes.get(instance);
      if (lane) lane.hasBacklog = hasBacklog;
    },
  };
}
