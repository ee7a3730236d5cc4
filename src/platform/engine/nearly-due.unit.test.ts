import { describe, expect, test } from 'vitest';
import { defineFlow, FlowRefused } from './define-flow.ts';
import { minutes } from './duration.ts';
import { deadline } from './event.ts';
import { when } from './flow.ts';
import type { Message } from './run.ts';
import { begin, step } from './step.ts';

const flow = (warnAt: number) =>
  defineFlow<Record<'waiting' | 'done', null>>()({
    name: 'wait',
    version: 1,
    start: 'waiting',
    begin: () => null,
    states: {
      waiting: { means: 'It waits.', within: minutes(10), warnAt, on: [when(deadline, { to: 'done' })] },
      done: { means: 'It is done.', ends: 'completed' },
    },
    result: () => null,
  });
const at = '2026-03-03T10:00:00.000Z';
const message = (type: string, visit: number): Message => ({
  id: type,
  source: 'engine',
  type,
  data: { state: 'waiting', visit },
  at,
});
const begun = (warnAt: number) => begin(flow(warnAt).table, { key: 'k', input: null, at, source: 'test' });

describe('a warning', () => {
  test('is asked for with the timer', () => {
    expect(begun(0.75).timer).toEqual({ visit: 1, within: minutes(10), warnAt: 0.75 });
  });

  test('opens a case that ends with the visit', () => {
    const warned = step(flow(0.75).table, begun(0.75).run, message('nearly-due', 1));
    expect(warned.openCases).toMatchObject([{ cause: 'nearly-overdue-waiting', severity: 'warning' }]);
    expect(warned.timer).toBe('keep');
    const left = step(flow(0.75).table, warned.run, message('deadline', 1));
    expect(left.closeCases).toMatchObject([{ cause: 'nearly-overdue-waiting', because: 'its deadline has passed' }]);
  });

  test('of an earlier visit, or of a run that is on its way back, says nothing', () => {
    const { run } = begun(0.75);
    expect(step(flow(0.75).table, run, message('nearly-due', 7)).verdict).toBe('ignored');
    const unwinding = { ...run, phase: 'unwinding', unwindTo: 'done' } as const;
    expect(step(flow(0.75).table, unwinding, message('nearly-due', 1))).toMatchObject({
      verdict: 'ignored',
      openCases: [],
    });
  });

  test.each([0, 1, 1.5, -1, Number.NaN])('at %d of the time is refused', (share) => {
    expect(() => flow(share)).toThrow(FlowRefused);
    expect(() => flow(share)).toThrow(/state waiting warns at .*between 0 and 1/);
  });
});
