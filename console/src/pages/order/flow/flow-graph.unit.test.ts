import { describe, expect, test } from 'vitest';
import { flowLayout, pathThrough } from '../../../parts/flow-layout.ts';
import type { FlowPicture } from '../answers.ts';
import { flowGraph } from './flow-graph.ts';

const state = (name: string, visits: number, kind: 'waiting' | 'choice' | 'final' = 'waiting') => ({
  name,
  means: name,
  kind,
  runs: [],
  visits,
  seconds: 0,
});
const arrow = (from: string, to: string, on: string[], taken = 0, undoing = false) => ({
  from,
  to,
  on,
  taken,
  undoing,
});

const picture: FlowPicture = {
  flow: 'order-to-cash',
  key: '1',
  version: 1,
  start: 'checking',
  state: 'held',
  phase: 'forward',
  enteredAt: '2026-01-01T00:00:00Z',
  waitsFor: [],
  states: [state('checking', 2), state('held', 2), state('closed', 0, 'choice'), state('given-up', 0, 'final')],
  arrows: [
    arrow('checking', 'held', ['prices done'], 2),
    arrow('checking', 'held', ['customer done']),
    arrow('held', 'checking', ['deadline'], 1),
    arrow('held', 'closed', ['cancel requested'], 0, true),
  ],
  path: [],
};

describe('the graph of a flow', () => {
  test('arrows of one way are one, with all their reasons and counts', () => {
    const { edges } = flowGraph(picture, false);
    expect(edges).toHaveLength(3);
    expect(edges[0]).toMatchObject({ on: ['prices done', 'customer done'], taken: 2, undoing: false });
    expect(edges.find(({ to }) => to === 'closed')?.undoing).toBe(true);
  });

  test('only where it went leaves the rest out, but never where it is', () => {
    const { nodes, edges } = flowGraph(picture, true);
    expect(nodes.map(({ name }) => name)).toEqual(['checking', 'held']);
    expect(edges.every(({ taken }) => taken > 0)).toBe(true);
  });

  test('a state that no arrow touches shows once it was entered, with the way there', () => {
    expect(flowGraph(picture, false).nodes.some(({ name }) => name === 'given-up')).toBe(false);
    const at = '2026-01-01T00:00:00Z';
    const { nodes, edges } = flowGraph(
      {
        ...picture,
        state: 'given-up',
        states: [...picture.states.slice(0, 3), state('given-up', 1, 'final')],
        path: ['checking', 'held', 'given-up'].map((name) => ({ state: name, at, seconds: 1 })),
      },
      true,
    );
    expect(nodes.some(({ name }) => name === 'given-up')).toBe(true);
    expect(edges.some(({ from, to }) => from === 'held' && to === 'given-up')).toBe(true);
  });
});

describe('its layout', () => {
  test('has every state in the picture and none upon another', () => {
    const { nodes, width, height } = flowLayout(flowGraph(picture, false));
    for (const node of nodes) {
      expect(node.x - node.width / 2).toBeGreaterThanOrEqual(0);
      expect(node.x + node.width / 2).toBeLessThanOrEqual(width);
      expect(node.y + node.height / 2).toBeLessThanOrEqual(height);
      for (const other of nodes.filter((each) => each !== node)) {
        const apart =
          Math.abs(node.x - other.x) >= (node.width + other.width) / 2 ||
          Math.abs(node.y - other.y) >= (node.height + other.height) / 2;
        expect(apart).toBe(true);
      }
    }
  });

  test('a line through points begins and ends at the outer ones', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 5, y: 5 },
      { x: 5, y: 10 },
      { x: 0, y: 20 },
    ];
    expect(pathThrough(points)).toMatch(/^M0\.0 0\.0.*0\.0 20\.0$/);
    expect(pathThrough(points.slice(0, 2))).toBe('M0.0 0.0L5.0 5.0');
    expect(pathThrough([])).toBe('');
  });
});
