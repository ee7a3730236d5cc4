import type { OpenEffect } from '../../run.ts';
import type { EffectTask } from './effect-task.ts';

/**
 * Which of the effects asked now this node sends; the others wait in the database for whoever has room. One that comes after an
 * unsettled effect of its name waits there too, unless that one is in our own hands, where the lane keeps their order.
 */
export function ownedTasks(
  tasks: readonly EffectTask[],
  open: readonly OpenEffect[],
  hasRoom: (instance: string, priority: number) => boolean,
  holds: (key: string) => boolean,
): readonly boolean[] {
  const refused = new Set<string>();

  function isAfterOthers({ name, key }: EffectTask): boolean {
    for (const elder of open) {
      if (elder.key === key) return false;
      if (elder.name !== name || elder.parked || holds(elder.key)) continue;
      if (!tasks.some((task) => task.key === elder.key)) return true;
    }
    return false;
  }

  return tasks.map((task) => {
    const isOwned = !isAfterOthers(task) && !refused.has(task.orderKey) && hasRoom(task.instance, task.priority);
    if (!isOwned) refused.add(task.orderKey);
    return isOwned;
  });
}
