import { expect, test } from 'vitest';
import { check, countOrders } from './check.ts';
import type { Effect, Evidence, SeenLine } from './evidence.ts';
import { goodEffects, goodEvidence, goodOrder } from './testing-evidence.ts';

const { sale, release, shipped, issued, invoiced } = goodEffects;
const star = { item: 'STAR', quantity: '5', unitPrice: '1.00' };
const seenStar = (quantities: SeenLine['quantities']): SeenLine => ({ lineNumber: 2, item: 'STAR', quantities });
const rests = (quantity: string) => [{ item: 'HEART', site: 'NORTH', quantity }];
const found = (evidence: Evidence): readonly string[] =>
  check(evidence).map(({ rule, means, what }) => `${rule} ${means}: ${what}`);

/** The good order with five stars beside its three hearts. */
const withStars = (lines: readonly SeenLine[], changes: Partial<Evidence> = {}): Evidence => ({
  ...goodEvidence,
  acknowledged: goodEvidence.acknowledged.map((order) => ({ ...order, lines: [...order.lines, star] })),
  orders: new Map([['100001', { ...goodOrder, lines: [...goodOrder.lines, ...lines] }]]),
  ...changes,
});

const withHearts = (quantity: string, seen: SeenLine['quantities']): Evidence => {
  const lines = [{ line: 1, item: 'HEART', quantity }];
  const erp = [{ product: 'HEART', quantity, unitPrice: '2.50' }];
  const left: readonly Effect[] = [
    { ...sale, lines: erp },
    { ...release, lines },
    { ...shipped, lines },
    { ...issued, lines: erp },
    { ...invoiced, lines: erp, untaxed: '2.50' },
  ];
  return {
    ...goodEvidence,
    effects: left,
    orders: new Map([
      ['100001', { ...goodOrder, lines: [{ lineNumber: 1, item: 'HEART', quantities: { ordered: '3', ...seen } }] }],
    ]),
    stock: { ...goodEvidence.stock, ours: rests('9'), theirs: rests('9') },
  };
};

test('a completed order of which a whole line never left is lost, whatever it says itself', () => {
  const owed = 'I1 lost: line 2: 5 STAR were ordered, 0 left and 0 are cancelled';
  expect(found(withStars([]))).toEqual(['I1 lost: line 2: 5 STAR were ordered, and the order has no such line']);
  expect(found(withStars([seenStar({ ordered: '5', open: '5' })]))).toEqual([owed]);
  expect(found(withStars([seenStar({ ordered: '5', backordered: '5' })]))).toEqual([owed]);
  expect(found(withStars([seenStar({ ordered: '5', shipped: '5', invoiced: '5' })]))).toContain(owed);
  expect(countOrders(check(withStars([])), 'lost')).toBe(1);
});

test('a completed order of which only a part left is lost', () => {
  const owed = 'I1 lost: line 1: 3 HEART were ordered, 1 left and 0 are cancelled';
  expect(found(withHearts('1', { shipped: '1', invoiced: '1' }))).toEqual([owed]);
  expect(found(withHearts('1', { shipped: '3', invoiced: '3' }))).toContain(owed);
});

test('a line that is said to be cancelled needs somebody who asked for it', () => {
  const rest = withHearts('1', { shipped: '1', invoiced: '1', cancelled: '2' });
  expect(found(rest)).toEqual(['I1 lost: line 1: 2 HEART are cancelled, and nothing explains it']);
  expect(found({ ...rest, calledOff: ['100001'] })).toEqual([]);
});

test('what left of a line and what the order knows as invoiced is the same', () => {
  const [line] = goodOrder.lines;
  const lines = line === undefined ? [] : [{ ...line, quantities: { ordered: '3', shipped: '3', invoiced: '2' } }];
  expect(found({ ...goodEvidence, orders: new Map([['100001', { ...goodOrder, lines }]]) })).toEqual([
    'I1 lost: line 1: 3 HEART left, the order knows 2 as invoiced',
  ]);
});

test('an order that came another way is compared with what it says was ordered, and its invoices with what left', () => {
  const fromCrm: Evidence = { ...goodEvidence, acknowledged: [] };
  expect(found(fromCrm)).toEqual([]);
  const lines = [{ lineNumber: 1, item: 'HEART', quantities: { ordered: '4', shipped: '3', invoiced: '3' } }];
  expect(found({ ...fromCrm, orders: new Map([['100001', { ...goodOrder, lines }]]) })).toEqual([
    'I1 lost: line 1: 4 HEART were ordered, 3 left and 0 are cancelled',
  ]);
  const cheaper = { ...invoiced, lines: [{ product: 'HEART', quantity: '1', unitPrice: '2.50' }], untaxed: '2.50' };
  expect(found({ ...fromCrm, effects: [sale, release, shipped, issued, cheaper] })).toEqual([
    'I5 lost: 3 HEART left, 1 are invoiced',
  ]);
});
