import type { EffectTask } from '../effects/effect-task.ts';

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
  readonly size: number;
  /** How many could be taken now. */
  readonly ready: number;
  /** The same by urgency, the most urgent first. */
  readonly readyByUrgency: readonly number[];
  /** When the one that could be taken and waits longest was added; as `now` of `createLaneQueue` tells. */
  readonly oldest: number | undefined;
}

interface Line {
  readonly first: EffectTask[];
  readonly later: EffectTask[];
  at: number;
}

interface Ready {
  readonly task: EffectTask;
  readonly since: number;
}

const urgencies = 5;
const usual = 2;

export function createLaneQueue(now: () => number = () => performance.now()): LaneQueue {
  const lines: Line[] = Array.from({ length: urgencies }, () => ({ first: [], later: [], at: 0 }));
  const counts = lines.map(() => 0);
  /** The order keys in work, with what waits behind the first. */
  const orders = new Map<string, EffectTask[]>();
  /** In a line and not taken. */
  const ready = new Map<string, Ready>();
  let behind = 0;

  const urgencyOf = ({ priority }: EffectTask): number => (priority >= 0 && priority < urgencies ? priority : usual);
  const lineOf = (task: EffectTask): Line => lines[urgencyOf(task)] as Line;
  const count = (task: EffectTask, by: number): void => {
    counts[urgencyOf(task)] = (counts[urgencyOf(task)] ?? 0) + by;
  };

  function unready(task: EffectTask): boolean {
    if (ready.get(task.key)?.task !== task) return false;
    ready.delete(task.key);
    count(task, -1);
    return true;
  }

  function enqueue(task: EffectTask, first: boolean): void {
    ready.set(task.key, { task, since: now() });
    count(task, 1);
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
          if (unready(task)) return task;
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
      if (unready(task)) return 'first';
      const waiting = orders.get(task.orderKey) ?? [];
      const index = waiting.indexOf(task);
      if (index < 0) return 'absent';
      behind -= 1;
      waiting.splice(index, 1);
      return 'behind';
    },
    get size() {
      return ready.size + behind;
    },
    get ready() {
      return ready.size;
    },
    get readyByUrgency() {
      return [...counts];
    },
    get oldest() {
      return ready.values().next().value?.since;
    },
  };
}
