import { describe, expect, test } from 'vitest';
import { effectKey } from '../../effect-key.ts';
import type { RunState } from '../../run.ts';
import { controlJson, readControl } from './stored-control.ts';

const keyOf = (name: string, occurrence = 'once'): string => effectKey('errand', 'E-1', name, occurrence);

const run: RunState = {
  key: 'E-1',
  state: 'shipping',
  visit: 2,
  document: {},
  phase: 'unwinding',
  unwindTo: 'cancelled',
  parent: { flow: 'order', key: '7' },
  open: [
    { name: 'ship', occurrence: 'parcel/2', key: keyOf('ship', 'parcel/2'), visit: 2, parked: true },
    { name: 'book', occurrence: 'once', key: `${keyOf('book')}:undo`, visit: 2, undoes: true },
  ],
  undoable: [{ name: 'pay', occurrence: 'part/1', key: keyOf('pay', 'part/1') }],
  asked: ['pay/part/1', 'book/once', 'ship/parcel/2'],
  children: [{ flow: 'parcel', key: 'P-1' }],
  cases: [{ cause: 'slow', group: 'f.slow', visit: 2 }],
  deferred: [{ id: 'm1', source: 'wms', type: 'noted', data: { note: 'x' }, at: '2026-03-01T00:00:00.000Z' }],
};

describe('the stored control of a run', () => {
  test('is read back as it was, with every key worked out again', () => {
    const timer = { dueVisit: 2, timerAt: '2026-03-02T00:00:00.000Z' };
    const { open, undoable, asked, children, cases, deferred, unwindTo, parent } = run;
    expect(readControl('errand', 'E-1', controlJson(run, timer))).toEqual({
      run: { open, undoable, asked, children, cases, deferred, unwindTo, parent },
      timer,
    });
  });

  test('of a run that waits for nothing is empty', () => {
    const idle = { ...run, open: [], undoable: [], asked: [], children: [], cases: [], deferred: [] };
    const { unwindTo: _, parent: __, ...plain } = idle;
    const json = controlJson(plain, { dueVisit: null, timerAt: null });
    expect(json).toBe('{}');
    expect(readControl('errand', 'E-1', json)).toEqual({
      run: { open: [], undoable: [], asked: [], children: [], cases: [], deferred: [] },
      timer: { dueVisit: null, timerAt: null },
    });
  });

  test('names no key: it is written with every advance', () => {
    expect(controlJson(run, { dueVisit: null, timerAt: null })).not.toContain(keyOf('pay', 'part/1'));
  });
});
