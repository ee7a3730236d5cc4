import { describe, expect, test } from 'vitest';
import type { OpenEffect } from '../../run.ts';
import type { EffectTask } from './effect-task.ts';
import { ownedTasks } from './owned-tasks.ts';

const task = (name: string, key: string): EffectTask =>
  ({ name, key, orderKey: name, instance: 'i', priority: 2 }) as EffectTask;
const open = (name: string, key: string, more: Partial<OpenEffect> = {}): OpenEffect => ({
  name,
  key,
  occurrence: key,
  visit: 1,
  ...more,
});
const always = (): boolean => true;
const never = (): boolean => false;

describe('an effect that is asked is sent here', () => {
  test('when its lane has room', () => {
    expect(ownedTasks([task('tell', '1')], [open('tell', '1')], always, never)).toEqual([true]);
    expect(ownedTasks([task('tell', '1')], [open('tell', '1')], never, never)).toEqual([false]);
  });

  test('not after an unsettled one of its name that another node has', () => {
    const all = [open('tell', '1'), open('bill', '2'), open('tell', '3')];
    expect(ownedTasks([task('tell', '3')], all, always, never)).toEqual([false]);
    expect(ownedTasks([task('tell', '3')], all, always, (key) => key === '1')).toEqual([true]);
    expect(ownedTasks([task('bill', '2')], all, always, never)).toEqual([true]);
  });

  test('after one of its name that is parked: that one waits for a person', () => {
    const all = [open('tell', '1', { parked: true }), open('tell', '2')];
    expect(ownedTasks([task('tell', '2')], all, always, never)).toEqual([true]);
  });

  test('with those asked beside it, or none that follow one which is not', () => {
    const all = [open('tell', '1'), open('tell', '2')];
    const tasks = [task('tell', '1'), task('tell', '2')];
    expect(ownedTasks(tasks, all, always, never)).toEqual([true, true]);
    let asked = 0;
    const onlyLater = (): boolean => {
      asked += 1;
      return asked > 1;
    };
    expect(ownedTasks(tasks, all, onlyLater, never)).toEqual([false, false]);
  });
});
