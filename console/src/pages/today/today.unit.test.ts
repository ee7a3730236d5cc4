import { describe, expect, test } from 'vitest';
import { arrowPath, arrowWidth, wayBetween } from './stage-arrows.ts';
import { stageLayout } from './stage-layout.ts';
import { isLong } from './stage-standing.ts';

describe('the picture of the stages', () => {
  const stages = [
    { state: 'checking', kind: 'working' },
    { state: 'held', kind: 'held' },
    { state: 'reserving', kind: 'working' },
    { state: 'awaiting-stock', kind: 'waiting' },
    { state: 'awaiting-remainder', kind: 'waiting' },
    { state: 'booking', kind: 'working' },
    { state: 'completed', kind: 'ended' },
    { state: 'cancelled', kind: 'ended' },
  ] as const;

  test('has the work in one row, what waits below where it came from, and the ends last', () => {
    const { places, columns, rows } = stageLayout(stages);
    expect(Object.fromEntries(places)).toEqual({
      checking: { column: 0, row: 0 },
      held: { column: 0, row: 1 },
      reserving: { column: 1, row: 0 },
      'awaiting-stock': { column: 1, row: 1 },
      'awaiting-remainder': { column: 1, row: 2 },
      booking: { column: 2, row: 0 },
      completed: { column: 3, row: 0 },
      cancelled: { column: 3, row: 1 },
    });
    expect([columns, rows]).toEqual([4, 3]);
  });

  test('can be of nothing, and can begin with waiting', () => {
    expect(stageLayout([])).toMatchObject({ columns: 0, rows: 0 });
    expect(stageLayout([{ state: 'held', kind: 'held' }]).places.get('held')).toEqual({ column: 0, row: 0 });
  });

  const box = (column: number, row: number) => ({ x: column * 150, y: 30 + row * 110, width: 120, height: 90 });

  const arrow = (from: readonly [number, number], to: readonly [number, number]) =>
    arrowPath(box(...from), box(...to), 30, 500);

  test('has arrows that end at the box they lead to, there and back apart', () => {
    expect(arrow([0, 0], [1, 0])).toBe('M120 67H150');
    expect(arrow([1, 0], [0, 0])).toBe('M150 83H120');
    expect(arrow([0, 0], [0, 1])).toBe('M50 120V140');
    expect(arrow([0, 1], [0, 0])).toBe('M70 140V120');
    expect(arrow([0, 0], [3, 0])).toMatch(/^M84 30L.*L486 30$/);
    expect(arrow([3, 1], [0, 0])).toMatch(/^M450 212L.*L120 102$/);
  });

  test('leads far ways below everything, where they cross no box', () => {
    expect(wayBetween(box(3, 1), box(0, 0))).toBe('under');
    expect(arrow([3, 1], [0, 0])).toContain(' 500');
    expect(wayBetween(box(0, 0), box(3, 0))).toBe('over');
    expect(wayBetween(box(2, 0), box(1, 1))).toBe('beside');
  });

  test('has lines as thick as they are busy', () => {
    expect(arrowWidth(1, 1)).toBe(1.5);
    expect(arrowWidth(1, 1_000)).toBe(1);
    expect(arrowWidth(1_000, 1_000)).toBe(4);
  });
});

test('an order stands long when it does beside the usual, and not when it is young or nothing is usual', () => {
  expect([isLong(3_600, 300), isLong(600, 300), isLong(100, 2), isLong(130, 2), isLong(9_999, undefined)]).toEqual([
    true,
    false,
    false,
    true,
    false,
  ]);
});
