import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineCapability } from '#model/kernel';
import {
  begin,
  deadline,
  defineEffect,
  defineEvent,
  defineFlow,
  minutes,
  once,
  patiently,
  type RunState,
  sendAgain,
  step,
  when,
} from './index.ts';

const Store = defineCapability<{ put(what: string): Promise<string>; take(what: string): Promise<void> }>('store');
const put = defineEffect({
  name: 'put',
  uses: Store,
  verb: 'put',
  occurs: once,
  ask: () => 'a thing',
  do: (store, what) => store.put(what),
  ifUnsure: sendAgain,
  undo: (store, answer) => store.take(answer),
  retry: patiently,
});
const Over = defineEvent('part.over', Type.Object({}));
const Enough = defineEvent('whole.enough', Type.Object({}));
const late = when<unknown, null, never>(deadline, {});

const part = defineFlow<{ working: null; over: null }>()({
  name: 'part',
  version: 1,
  start: 'working',
  begin: () => null,
  states: {
    working: { means: 'It works.', within: minutes(1), on: [when(Over, { to: 'over' }), late] },
    over: { means: 'It is over.', ends: 'completed' },
  },
  result: () => 1,
});
const whole = defineFlow<{ putting: null; waiting: null; finished: null; given: null }>()({
  name: 'whole',
  version: 1,
  start: 'putting',
  begin: () => null,
  states: {
    putting: {
      means: 'It puts a thing.',
      run: [put],
      within: minutes(1),
      on: [when(put.done, { to: 'waiting' }), when(put.refused, {}), when(put.failed, {}), late],
    },
    waiting: {
      means: 'Its part works.',
      start: () => [{ flow: 'part', key: 'P1', input: null }],
      within: minutes(1),
      on: [when(Enough, { to: 'finished' }), late],
    },
    finished: { means: 'It has done enough.', ends: 'completed' },
    given: { means: 'It was given up.', ends: 'compensated' },
  },
  everywhere: [when(part.ended, {})],
  ignore: [{ event: Enough, because: 'it is not asked here' }],
  abandonTo: 'given',
  result: () => null,
});

let count = 0;
const told = (run: RunState, type: string, data: unknown) => {
  count += 1;
  return step(whole.table, run, { id: `m${count}`, source: 'test', type, data, at: '2026-03-02T09:00:00.000Z' });
};
const begun = begin(whole.table, { key: 'W1', input: null, at: '2026-03-02T09:00:00.000Z', source: 'test' }).run;
const waiting = told(begun, 'put.done', { occurrence: 'once', answer: 'a thing' }).run;
const giveUp = (run: RunState) => told(run, 'decide.compensate', { reason: 'nobody wants it' });

describe('giving a run up', () => {
  test('is refused while a part of it is under way, for what that does would be done all the same', () => {
    expect(waiting.children).toEqual([{ flow: 'part', key: 'P1' }]);
    const { verdict, run, ask, entries } = giveUp(waiting);
    expect({ verdict, phase: run.phase, ask }).toEqual({ verdict: 'ignored', phase: 'forward', ask: [] });
    expect(entries).toMatchObject([{ because: 'part P1 is under way: cancel it, or give that up first' }]);
  });

  test('undoes what it did when its part is over', () => {
    const { run } = told(waiting, 'part.ended', { flow: 'part', key: 'P1', ending: 'completed', result: 1 });
    expect(run).toMatchObject({ phase: 'forward', children: [] });
    const { run: after, ask } = giveUp(run);
    expect(after.phase).toBe('unwinding');
    expect(ask).toMatchObject([{ name: 'put', undoes: true }]);
  });
});
