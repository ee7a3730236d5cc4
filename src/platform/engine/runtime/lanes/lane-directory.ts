import type { EffectTask } from '../effects/effect-task.ts';
import { createLane, type Lane, type LaneHooks, type LaneNeeds } from './lane.ts';
import type { LaneExchange } from './lane-exchange.ts';

/** The lanes of this node, one per outside system that it has had work for. */
export interface LaneDirectory {
  of(task: EffectTask): Lane;
  all(): readonly Lane[];
  /** Whether an effect asked now stays in memory; else it waits in the database, behind what waits there already. */
  hasRoom(instance: string, priority: number): boolean;
  /** Lanes whose work in the database is to be looked at: there is room for it, or it is more urgent than what waits here. */
  hungry(): readonly { readonly instance: string; readonly room: number }[];
  /** What waits in the database. `floor`: the priority of the most urgent of it. */
  noteWaiting(instance: string, floor: number): void;
  /** More waits in the database than was taken; absent: all was taken. */
  noteTaken(instance: string, floor: number | undefined): void;
}

/** For what nobody offers: it fails at once, and needs nobody's budget. */
const unlimited = { slots: 64, perSecond: undefined, until: Number.POSITIVE_INFINITY, isPart: false };
const noHooks: LaneHooks = {
  tell: () => undefined,
  askForProbe: async () => true,
  short: () => undefined,
  freed: () => undefined,
};

/** Most that one look takes beyond a lane's depth, when it is more urgent. */
const urgentRoom = 100;

export function createLaneDirectory(
  needs: Omit<LaneNeeds, 'instance' | 'hooks'> & { readonly exchange: Pick<LaneExchange, 'join'> },
  options: { readonly depth: number },
): LaneDirectory {
  const lanes = new Map<string, Lane>();
  /** The most urgent priority that waits in the database, by lane, where something does. */
  const floors = new Map<string, number>();

  function make({ instance, provider }: EffectTask): Lane {
    const create = (hooks: LaneHooks): Lane => createLane({ ...needs, instance, hooks });
    if (provider !== undefined) return needs.exchange.join(instance, provider.lane, create);
    const lane = create(noHooks);
    lane.share(unlimited);
    return lane;
  }

  const isUrgent = (lane: Lane, floor: number): boolean =>
    !lane.queue.readyByUrgency.some((count, urgency) => count > 0 && urgency <= floor);

  return {
    of: (task) => {
      const known = lanes.get(task.instance);
      if (known) return known;
      const lane = make(task);
      lanes.set(task.instance, lane);
      return lane;
    },
    all: () => [...lanes.values()],
    hasRoom: (instance, priority) => {
      const lane = lanes.get(instance);
      if (lane === undefined) return true;
      if (lane.queue.size + lane.delayed >= options.depth) lane.hasBacklog = true;
      if (!lane.hasBacklog) return true;
      // What is more urgent than all that waits there goes before it.
      const floor = floors.get(instance);
      if (floor !== undefined && priority < floor) return true;
      floors.set(instance, Math.min(priority, floor ?? priority));
      return false;
    },
    hungry: () =>
      [...floors].flatMap(([instance, floor]) => {
        const lane = lanes.get(instance);
        const size = lane?.queue.size ?? 0;
        if (size < options.depth / 2) return [{ instance, room: options.depth - size }];
        return lane !== undefined && isUrgent(lane, floor) ? [{ instance, room: urgentRoom }] : [];
      }),
    noteWaiting: (instance, floor) => {
      floors.set(instance, floor);
    },
    noteTaken: (instance, floor) => {
      const lane = lanes.get(instance);
      if (lane) lane.hasBacklog = floor !== undefined;
      if (floor === undefined) floors.delete(instance);
      else floors.set(instance, floor);
    },
  };
}
