import { describe, expect, test } from 'vitest';
import type { Advanced } from '#platform/engine';
import { createGathering } from './gathering.ts';

const at = '2026-03-01T10:00:00.000Z';
const advanced = (runId: string, version: number, state: string): Advanced => ({
  runId,
  flow: 'errand',
  flowVersion: 1,
  startedAt: at,
  version,
  at,
  entries: [{ kind: 'entered', state, visit: version }],
  run: {
    key: runId,
    state,
    visit: version,
    document: {},
    phase: 'forward',
    open: [],
    undoable: [],
    asked: [],
    children: [],
    cases: [],
    deferred: [],
  },
});

describe('what is gathered', () => {
  test('is one entry a run, the latest, with all the states that it came through', () => {
    const gathering = createGathering(100, 100);
    gathering.note(advanced('a', 1, 'one'));
    gathering.note(advanced('b', 1, 'one'));
    gathering.note(advanced('a', 2, 'two'));
    const [a, b] = gathering.take(10);
    expect(a).toMatchObject({ first: 1, last: { version: 2 }, passages: [{ state: 'one' }, { state: 'two' }] });
    expect(b).toMatchObject({ last: { runId: 'b' } });
    expect(gathering.size).toBe(0);
  });

  test('with a version missing between is to be read from the journal', () => {
    const gathering = createGathering(100, 100);
    gathering.note(advanced('a', 1, 'one'));
    gathering.note(advanced('a', 3, 'three'));
    expect(gathering.take(10)).toEqual([]);
    expect(gathering.takeLost(10)).toEqual(['a']);
  });

  test('beyond its bound is only ids, and beyond the bound of those it is counted', () => {
    const gathering = createGathering(5, 4);
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) gathering.note(advanced(id, 1, 'one'));
    expect(gathering.take(10)).toEqual([]);
    expect(gathering.forgotten).toBe(2);
    expect(gathering.takeLost(10)).toEqual(['a', 'b', 'c', 'd']);
    // It is back: what comes now is gathered again.
    gathering.note(advanced('a', 2, 'two'));
    expect(gathering.take(10)).toHaveLength(1);
  });

  test('is taken in turns, the first first', () => {
    const gathering = createGathering(100, 100);
    for (const id of ['a', 'b', 'c']) gathering.note(advanced(id, 1, 'one'));
    expect(gathering.take(2).map(({ last }) => last.runId)).toEqual(['a', 'b']);
    expect(gathering.take(2).map(({ last }) => last.runId)).toEqual(['c']);
  });
});
