import { expect, test } from 'vitest';
import { parkedBeyond } from './parked.ts';
import { goodEvidence, goodOrder } from './testing-evidence.ts';

const parked = (...causes: readonly (readonly string[])[]) => ({
  orders: new Map(
    causes.map((openCases, place) => {
      const orderNumber = String(100_001 + place);
      return [orderNumber, { ...goodOrder, orderNumber, openCases }] as const;
    }),
  ),
});
const whats = (...asked: Parameters<typeof parkedBeyond>) =>
  parkedBeyond(...asked).map(({ orderNumber, what }) => `${orderNumber} ${what}`);

test('without an allowance nothing may be parked', () => {
  expect(parkedBeyond(goodEvidence, 'S99')).toEqual([]);
  expect(whats(parked(['failed-x']), 'S99')).toEqual(['100001 it waits for a person: failed-x']);
});

test('more than may be parked is found', () => {
  const allowance = { causes: ['failed-x'], most: 1 };
  expect(whats(parked(['failed-x']), 'S99', allowance)).toEqual([]);
  expect(whats(parked(['failed-x'], ['failed-x']), 'S99', allowance)).toEqual([
    '100002 it waits for a person, beyond the 1 that may: failed-x',
  ]);
});

test('a cause that was not foreseen is found, also beside one that was', () => {
  const allowance = { causes: ['failed-x'], most: 5 };
  expect(whats(parked(['other'], ['failed-x', 'other']), 'S99', allowance)).toEqual([
    '100001 it waits for a person: other',
    '100002 it waits for a person: failed-x, other',
  ]);
});
