import type { Span } from '../answers.ts';

/** A span with its depth below the root, in the order in which it is drawn. */
export interface SpanRow {
  readonly span: Span;
  readonly depth: number;
  readonly children: number;
}

const byStart = (a: Span, b: Span): number => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0);

/** The spans as an indented list: each below its parent, earliest first. One whose parent is not there stands at the top. */
export function spanRows(spans: readonly Span[], folded: ReadonlySet<string> = new Set()): readonly SpanRow[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const below = new Map<string | undefined, Span[]>();
  for (const span of spans) {
    const parent = span.parentId !== undefined && known.has(span.parentId) ? span.parentId : undefined;
    below.set(parent, [...(below.get(parent) ?? []), span]);
  }
  const rows: SpanRow[] = [];
  const put = (parent: string | undefined, depth: number): void => {
    for (const span of (below.get(parent) ?? []).toSorted(byStart)) {
      rows.push({ span, depth, children: below.get(span.spanId)?.length ?? 0 });
      if (!folded.has(span.spanId)) put(span.spanId, depth + 1);
    }
  };
  put(undefined, 0);
  return rows;
}
