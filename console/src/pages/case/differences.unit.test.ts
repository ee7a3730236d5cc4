import { describe, expect, test } from 'vitest';
import { differences } from './differences.ts';

describe('what was edited', () => {
  test('is told place by place', () => {
    const from = { site: 'NORTH', lines: [{ item: 'A', quantity: '1' }, { item: 'B' }], note: 'x' };
    const to = { site: 'SOUTH', lines: [{ item: 'A', quantity: '2' }], 'a/b': true };
    expect(differences(from, to)).toEqual([
      { path: '/site', from: 'NORTH', to: 'SOUTH' },
      { path: '/lines/0/quantity', from: '1', to: '2' },
      { path: '/lines/1', from: { item: 'B' } },
      { path: '/note', from: 'x' },
      { path: '/a~1b', to: true },
    ]);
  });

  test('is nothing when it is the same, however it is written', () =>
    expect(differences({ a: [1, null], b: {} }, { b: {}, a: [1, null] })).toEqual([]));

  test('is the whole when it became something else', () =>
    expect(differences({ a: 1 }, [1])).toEqual([{ path: '', from: { a: 1 }, to: [1] }]));
});
