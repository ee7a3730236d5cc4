import { describe, expect, test } from 'vitest';
import type { EffectTask } from '../effects/effect-task.ts';
import { createLaneQueue } from './lane-queue.ts';

const task = (key: string, priority = 2, orderKey = key): EffectTask => ({ key, priority, orderKey }) as EffectTask;
const takeAll = (queue: ReturnType<typeof createLaneQueue>): string[] => {
  const keys: string[] = [];
  for (let next = queue.take(); next; next = queue.take()) keys.push(next.key);
  return keys;
};

describe('what waits in a lane', () => {
  test('goes the most urgent first, and of one urgency the oldest first', () => {
    const queue = createLaneQueue();
    for (const [key, priority] of [
      ['a', 4],
      ['b', 1],
      ['c', 2],
      ['d', 1],
      ['e', 0],
    ] as const)
      queue.add(task(key, priority));
    expect(takeAll(queue)).toEqual(['e', 'b', 'd', 'c', 'a']);
  });

  test('of one order key only the first goes, the next when it is settled', () => {
    const queue = createLaneQueue();
    const first = task('a', 2, 'order');
    queue.add(first);
    queue.add(task('b', 0, 'order'));
    queue.add(task('c'));
    expect(takeAll(queue)).toEqual(['a', 'c']);
    expect(queue.size).toBe(1);
    queue.release(first);
    expect(takeAll(queue)).toEqual(['b']);
  });

  test('one that is put back keeps its order key, and goes before the others when told', () => {
    const queue = createLaneQueue();
    const first = task('a', 2, 'order');
    queue.add(first);
    queue.add(task('b', 2, 'order'));
    queue.add(task('c'));
    queue.take();
    queue.putBack(first, true);
    expect(takeAll(queue)).toEqual(['a', 'c']);
  });

  test('what is taken out does not go', () => {
    const queue = createLaneQueue();
    const [a, b, c] = [task('a', 2, 'order'), task('b', 2, 'order'), task('c', 2, 'order')];
    for (const each of [a, b, c]) queue.add(each);
    expect([queue.remove(b), queue.remove(a), queue.remove(b)]).toEqual(['behind', 'first', 'absent']);
    queue.release(a);
    expect(takeAll(queue)).toEqual(['c']);
    expect(queue.size).toBe(0);
  });

  test('gives up nothing and grows not when very many go through', () => {
    const queue = createLaneQueue();
    let taken = 0;
    for (let number = 0; number < 10_000; number += 1) {
      queue.add(task(`t${number}`));
      if (number % 2 === 0) continue;
      for (const next of [queue.take(), queue.take()]) {
        if (!next) continue;
        taken += 1;
        queue.release(next);
      }
    }
    expect([taken, queue.size]).toEqual([10_000, 0]);
  });
});
