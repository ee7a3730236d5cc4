import { expect, test } from 'vitest';
import type { Span } from '../answers.ts';
import { spanRows } from './span-rows.ts';

const span = (spanId: string, startedAt: string, parentId?: string): Span => ({
  spanId,
  ...(parentId === undefined ? {} : { parentId }),
  name: spanId,
  kind: 'effect',
  startedAt,
  outcome: 'ok',
});

const spans = [
  span('late', '2026-01-01T00:00:05Z', 'order'),
  span('early', '2026-01-01T00:00:01Z', 'order'),
  span('inner', '2026-01-01T00:00:02Z', 'early'),
  span('order', '2026-01-01T00:00:00Z'),
  span('stray', '2026-01-01T00:00:09Z', 'not-here'),
];

test('each span stands below its parent, earliest first; one without its parent at the top', () => {
  expect(spanRows(spans).map((row) => [row.span.spanId, row.depth, row.children])).toEqual([
    ['order', 0, 2],
    ['early', 1, 1],
    ['inner', 2, 0],
    ['late', 1, 0],
    ['stray', 0, 0],
  ]);
});

test('what is folded hides what is below it and says how much that is', () => {
  const rows = spanRows(spans, new Set(['order']));
  expect(rows.map((row) => [row.span.spanId, row.children])).toEqual([
    ['order', 2],
    ['stray', 0],
  ]);
});
