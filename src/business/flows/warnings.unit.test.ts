import { expect, test } from 'vitest';
import { fulfilment } from './fulfilment/flow.ts';
import { orderToCash } from './order-to-cash/flow.ts';

/** Waits whose deadline is a look and no breach, or that last minutes: who would be warned could do nothing before it rings. */
const unwarned = [
  ...['order-to-cash/checking', 'order-to-cash/reserving', 'order-to-cash/booking'],
  ...['order-to-cash/held', 'order-to-cash/awaiting-stock', 'order-to-cash/awaiting-remainder'],
];

test('every wait of an order and its fulfilments is warned of before its deadline, or it is said why not', () => {
  const silent = [orderToCash, fulfilment].flatMap(({ table }) =>
    Object.entries(table.states).flatMap(([name, { within, warnAt }]) =>
      within !== undefined && warnAt === undefined ? [`${table.name}/${name}`] : [],
    ),
  );
  expect(silent.toSorted()).toEqual(unwarned.toSorted());
});
