import { expect, test } from 'vitest';
import { orderOnPaper } from './testing/order-on-paper.ts';
import { orderView } from './view.ts';

test('an order tells its customer by name, where the master data has one', () => {
  const run = orderOnPaper().read().order;
  const known = { customer: '17850', name: 'Harbour Gifts', currency: 'GBP', active: true } as const;
  const catalogue = { customer: (number: string) => (number === '17850' ? known : undefined) };
  expect(orderView(run, catalogue).customerName).toBe('Harbour Gifts');
  expect(orderView(run, { customer: () => undefined })).not.toHaveProperty('customerName');
});
