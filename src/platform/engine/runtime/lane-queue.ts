import type { EffectTask } from './effect-task.ts';

/**
 * What waits in one lane: the most urgent first, in each urgency the oldest first, and of one order key only the first that is
 * not settled.
 */
export interface LaneQueue {
  add(task: EffectTask): void;
  /** A task that was taken, and is to be sent again. `first`: before the others of its urgency. */
  putBack(task: EffectTask, first: boolean): void;
  /** The next one that may be sent; it holds its order key until `release`. */
  take(): EffectTask | undefined;
  /** Settled, or given up: the next of its order key may go. */
  release(task: EffectTask): void;
  /** Takes out a task that waits. Answers whether it was there; it still holds its order key if it was the first. */
  remove(task: EffectTask): 'first' | 'behind' | 'absent';
  /** Those of an order key that were never taken. */
  waitingBehind(orderKey: string): readonly EffectTask[];
  drain(): readonly EffectTask[];
  readonly size: number;
  /** How many could be taken now. */
  readonly ready: number;
}

interface Line {
  readonly first: EffectTask[];
  readonly later: EffectTask[];
  at: number;
}

export function createLaneQueue(): LaneQueue {
  const lines: Line[] = Array.from({ length: 5 }, () => ({ first: [], later: [], at: 0 }));
  /** The order keys in work, with what waits behind the first. */
  const orders = new Map<string, EffectTask[]>();
  /** In a line and not taken. */
  const ready = new Map<string, EffectTask>();
  let behind = 0;

  const lineOf = (task: EffectTask): Line => lines[task.priority] ?? (lines[2] as Line);

  function enqueue(task: EffectTask, first: boolean): void {
    ready.set(task.key, task);
    if (first) lineOf(task).first.push(task);
    else lineOf(task).later.push(task);
  }

  function next(line: Line): EffectTask | undefined {
    const before = line.first.shift();
    if (before) return before;
    const task = line.later[line.at];
    if (task === undefined) return undefined;
    line.at += 1;
    if (line.at > 1_024 && line.at * 2 > line.later.length) {
      line.later.splice(0, line.at);
      line.at = 0;
    }
    return task;
  }

  return {
    add: (task) => {
      const waiting = orders.get(task.orderKey);
      if (waiting) {
        behind += 1;
        waiting.push(task);
        return;
      }
      orders.set(task.orderKey, []);
      enqueue(task, false);
    },
    putBack: enqueue,
    take: () => {
      for (const line of lines) {
        for (let task = next(line); task !== undefined; task = next(line)) {
          // What was removed meanwhile is still in the line.
          if (ready.get(task.key) !== task) continue;
          ready.delete(task.key);
          return task;
        }
      }
      return undefined;
    },
    release: (task) => {
      const waiting = orders.get(task.orderKey);
      const follower = waiting?.shift();
      if (follower === undefined) {
        orders.delete(task.orderKey);
        return;
      }
      behind -= 1;
      enqueue(follower, false);
    },
    remove: (task) => {
      if (ready.delete(task.key)) return 'first';
      const waiting = orders.get(task.orderKey) ?? [];
      const index = waiting.indexOf(task);
      if (index < 0) return 'absent';
      behind -= 1;
      waiting.splice(index, 1);
      return 'behind';
    },
    waitingBehind: (orderKey) => orders.get(orderKey) ?? [],
    drain: () => {
      const all = [...ready.values(), ...[...orders.values()].flat()];
      ready.clear();
      orders.clear();
      behind = 0;
      return all;
    },
    get size() {
      return ready.size + behind;
    },
    get ready() {
      return ready.size;
    },
  };
}
