import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceBetween } from './difference.ts';

/** Applies a difference: what it means, said once more and in another way. */
function apply(document: unknown, path: readonly string[], to: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return to;
  const copy = structuredClone(document) as Record<string, unknown>;
  const value = apply(copy[name], rest, to);
  if (value === undefined) {
    if (Array.isArray(copy)) copy.length = Math.min(copy.length, Number(name));
    else delete copy[name];
  } else copy[name] = value;
  return copy;
}
const parts = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

describe('the difference between what was asked and what was edited', () => {
  test('names what was changed, added and taken out, by JSON Pointer', () => {
    const from = { to: 'Ann', lines: [{ item: 'A', 'n/m': 1 }, { item: 'B' }], note: 'x' };
    const to = { to: 'Bob', lines: [{ item: 'A', 'n/m': 2 }], urgent: true };
    expect(differenceBetween(from, to)).toEqual([
      { path: '/to', from: 'Ann', to: 'Bob' },
      { path: '/lines/0/n~1m', from: 1, to: 2 },
      { path: '/lines/1', from: { item: 'B' } },
      { path: '/note', from: 'x' },
      { path: '/urgent', to: true },
    ]);
    expect(differenceBetween(from, structuredClone(from))).toEqual([]);
  });

  test('carried out upon what was asked it gives what was edited', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(json, json, (from, to) => {
        const made = differenceBetween(from, to).reduce<unknown>(
          (document, { path, to: now }) => apply(document, parts(path), now),
          from,
        );
        expect(JSON.parse(JSON.stringify(made))).toEqual(to);
      }),
      { numRuns: 300 },
    );
  });
});
