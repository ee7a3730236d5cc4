import { expect, test } from 'vitest';
import { countsByStage, invoicedShare, segmentsOf } from './quantities.ts';

test('a bar has the parts that are not zero, in the order in which a quantity passes them, and fills the whole', () => {
  const segments = segmentsOf({ ordered: '10', shipped: '4', backordered: '5', open: '0', cancelled: '1' });
  expect(segments.map(({ stage }) => stage)).toEqual(['backordered', 'shipped', 'cancelled']);
  expect(segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  expect(segments[0]?.share).toBeCloseTo(0.5);
});

test('the number stays exact beyond what a float holds', () => {
  expect(segmentsOf({ ordered: '90071992547409931.5', open: '90071992547409931.5' })[0]?.text).toBe(
    '90071992547409931.5',
  );
});

test('a line of nothing has no bar', () => {
  expect(segmentsOf({ ordered: '0' })).toEqual([]);
  expect(invoicedShare({ ordered: '0', invoiced: '0' })).toBe(0);
});

test('what is invoiced is a share of what was ordered, never more than all of it', () => {
  expect(invoicedShare({ ordered: '8', shipped: '4', invoiced: '2' })).toBe(0.25);
  expect(invoicedShare({ ordered: '8', invoiced: '9' })).toBe(1);
});

test('a line counts in each stage in which some of it stands', () => {
  const counts = countsByStage([
    { quantities: { ordered: '2', shipped: '1', backordered: '1' } },
    { quantities: { ordered: '3', shipped: '3' } },
    {},
  ]);
  expect(Object.fromEntries(counts)).toEqual({ backordered: 1, shipped: 2 });
});
