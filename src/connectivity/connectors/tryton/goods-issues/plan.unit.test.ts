import { describe, expect, test } from 'vitest';
import type { GoodsIssueRequest } from '#model/capabilities';
import { decimal } from '#model/kernel';
import type { Delivery } from './delivery.ts';
import { planIssue, stillToIssue } from './plan.ts';

type Move = readonly [id: number, line: number, quantity: number];
const shipment = (id: number, state: string, moves: readonly Move[], reference: string | null = null) => ({
  id,
  number: `SHP${id}`,
  reference,
  state,
  warehouse: 5,
  'outgoing_moves.': moves.map(([move, line, quantity]) => ({
    id: move,
    origin: `sale.line,${line}`,
    quantity,
    state: state === 'done' ? 'done' : 'draft',
    invoice_lines: [],
  })),
  'inventory_moves.': [],
});

const delivery = (...shipments: readonly ReturnType<typeof shipment>[]): Delivery => ({
  id: 1,
  state: 'processing',
  invoice_method: 'shipment',
  shipment_state: 'waiting',
  'lines.': [
    { id: 11, sequence: 1, 'product.': { code: 'A' } },
    { id: 12, sequence: 2, 'product.': { code: 'B' } },
    { id: 13, sequence: 3, 'product.': { code: 'A' } },
  ],
  'shipments.': [...shipments],
});

const request = (...lines: readonly (readonly [number, string, string])[]): GoodsIssueRequest => ({
  booking: { id: '1', reference: 'SO1', untaxed: decimal('0'), tax: decimal('0'), total: decimal('0') },
  site: 'NORTH',
  shipmentNumber: 'W1',
  shippedAt: '2026-03-01T10:00:00.000Z',
  lines: lines.map(([lineNumber, item, shipped]) => ({ lineNumber, item, shipped: decimal(shipped), unit: 'EA' })),
  final: false,
});

const left = (given: GoodsIssueRequest, where: Delivery) => Object.fromEntries(stillToIssue(given, where));
const open = shipment(100, 'waiting', [
  [1, 11, 10],
  [2, 12, 5],
  [3, 13, 3],
]);

describe('what is still to issue', () => {
  test('is what left, by line, also when an item stands in two lines', () => {
    expect(left(request([1, 'A', '7'], [2, 'B', '0'], [3, 'A', '3']), delivery(open))).toEqual({ 11: '7', 13: '3' });
  });

  test('is less what an earlier attempt issued under the same number', () => {
    const issued = shipment(99, 'done', [[9, 11, 7]], 'W1');
    expect(left(request([1, 'A', '7'], [2, 'B', '5']), delivery(issued, open))).toEqual({ 12: '5' });
  });

  test('is not less what left under another number', () => {
    const other = shipment(99, 'done', [[9, 11, 7]], 'W0');
    expect(left(request([1, 'A', '3']), delivery(other, open))).toEqual({ 11: '3' });
  });

  test('knows a line by its only item where numbers do not help', () => {
    expect(left(request([77, 'B', '1']), delivery(open))).toEqual({ 12: '1' });
    expect(() => left(request([77, 'A', '1']), delivery(open))).toThrow('no line 77 of A');
  });
});

describe('the plan', () => {
  const plan = (given: GoodsIssueRequest, where: Delivery) =>
    planIssue(stillToIssue(given, where), where, 5).map(({ shipment: { id }, quantities }) => [
      id,
      Object.fromEntries(quantities),
    ]);

  test('names a quantity for each move that ships', () => {
    expect(plan(request([1, 'A', '7'], [3, 'A', '3']), delivery(open))).toEqual([[100, { 1: '7', 3: '3' }]]);
  });

  test('spreads over open shipments, and what is more than open goes with the last', () => {
    const two = delivery(shipment(100, 'waiting', [[1, 11, 4]]), shipment(101, 'assigned', [[2, 11, 6]]));
    expect(plan(request([1, 'A', '12']), two)).toEqual([
      [100, { 1: '4' }],
      [101, { 2: '8' }],
    ]);
  });

  test('leaves shipments alone that need not move', () => {
    const two = delivery(shipment(100, 'waiting', [[1, 11, 4]]), shipment(101, 'waiting', [[2, 12, 6]]));
    expect(plan(request([2, 'B', '6']), two)).toEqual([[101, { 2: '6' }]]);
  });

  test('has no place for what is not open, here or in another warehouse', () => {
    const done = delivery(shipment(100, 'done', [[1, 11, 10]], 'W0'));
    expect(() => plan(request([1, 'A', '1']), done)).toThrow('nothing open');
    expect(() => planIssue(stillToIssue(request([1, 'A', '1']), delivery(open)), delivery(open), 6)).toThrow(
      'nothing open',
    );
  });
});
