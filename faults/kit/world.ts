import type { World } from '../../simulators/kit/index.ts';

const goods = (item: string, listPrice: string): World['items'][number] => ({
  item,
  description: `Item ${item}`,
  unit: 'EA',
  kind: 'goods',
  listPrice,
});

/** How many clocks there are, in both warehouses together: they are fought for. */
export const clocksInStock = 100;

/**
 * The world of the faults: hearts lie in the north, lanterns in the south, both without end; a hundred clocks in both. One customer,
 * who may owe as much as he likes.
 */
export const world: World = {
  company: 'Faults Wholesale',
  currency: 'GBP',
  taxPercent: '20',
  sites: [
    { site: 'NORTH', name: 'North warehouse' },
    { site: 'SOUTH', name: 'South warehouse' },
  ],
  customers: [{ number: '17850', name: 'Customer 17850', country: 'GB', currency: 'GBP' }],
  items: [goods('HEART', '2.55'), goods('LANTERN', '3.39'), goods('CLOCK', '12.75')],
  prices: [{ customer: '17850', item: 'HEART', unitPrice: '2.50' }],
  stock: [
    { item: 'HEART', site: 'NORTH', quantity: '100000' },
    { item: 'LANTERN', site: 'SOUTH', quantity: '100000' },
    { item: 'CLOCK', site: 'NORTH', quantity: '60' },
    { item: 'CLOCK', site: 'SOUTH', quantity: '40' },
  ],
};

/** A line of an order. */
export interface OrderLine {
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
}

const line =
  (item: string, unitPrice: string) =>
  (quantity: string | number): OrderLine => ({ item, quantity: String(quantity), unitPrice });

/** From the north. */
export const hearts = line('HEART', '2.50');
/** From the south. */
export const lanterns = line('LANTERN', '3.39');
/** Few, from both. */
export const clocks = line('CLOCK', '12.75');
