import { expect, test } from 'vitest';
import type { ComparisonRow } from '../answers.ts';
import { propertyWords, sectionsOf } from './comparison.ts';

const row = (property: string, agrees: boolean, line?: number): ComparisonRow => ({
  property,
  agrees,
  cells: [],
  ...(line === undefined ? {} : { line }),
});

const rows = [
  row('line 10: shipped', false, 10),
  row('line 2: shipped', true, 2),
  row('state', true),
  row('worth', false),
];

test('what is said of the whole order stands first, then its lines by their numbers', () => {
  const { sections, agreeing } = sectionsOf(rows, 'all');
  expect(sections.map(({ line, differing }) => [line, differing])).toEqual([
    [undefined, 1],
    [2, 0],
    [10, 1],
  ]);
  expect(agreeing).toBe(0);
});

test('lines on which all agree are left out and counted until all is asked for', () => {
  const { sections, agreeing } = sectionsOf(rows, 'telling');
  expect(sections.map(({ line, rows: shown }) => [line, shown.length])).toEqual([
    [undefined, 2],
    [10, 1],
  ]);
  expect(agreeing).toBe(1);
});

test('only differences leaves out what all agree on, and headings with nothing below', () => {
  const { sections } = sectionsOf(rows, 'differing');
  expect(sections.flatMap(({ rows: left }) => left.map(({ property }) => property))).toEqual([
    'worth',
    'line 10: shipped',
  ]);
  expect(sectionsOf(rows.slice(1, 3), 'differing').sections).toEqual([]);
});

test('below its line’s heading a property does not name the line again', () => {
  expect(propertyWords(row('line 10: shipped', true, 10))).toBe('shipped');
  expect(propertyWords(row('invoiced total', true))).toBe('invoiced total');
});
