import type { World } from '../../../simulators/kit/index.ts';

const customer = (number: string, more: Partial<World['customers'][number]> = {}): World['customers'][number] => ({
  number,
  name: `Customer ${number}`,
  country: 'GB',
  currency: 'GBP',
  ...more,
});
const goods = (item: string, listPrice: string): World['items'][number] => ({
  item,
  description: `Item ${item}`,
  unit: 'EA',
  kind: 'goods',
  listPrice,
});

/**
 * The world of the journeys: hearts lie in the north, lanterns in the south, clocks in small numbers in both. Each warehouse has
 * plenty of its own, so that many orders do not meet at an empty shelf by chance.
 */
export const world: World = {
  company: 'Journey Wholesale',
  currency: 'GBP',
  taxPercent: '20',
  sites: [
    { site: 'NORTH', name: 'North warehouse' },
    { site: 'SOUTH', name: 'South warehouse' },
  ],
  customers: [customer('17850'), customer('13047', { creditLimit: '100' }), customer('12583', { blocked: true })],
  items: [
    goods('HEART', '2.55'),
    goods('LANTERN', '3.39'),
    goods('CLOCK', '12.75'),
    { item: 'POST', description: 'Postage', unit: 'EA', kind: 'charge', listPrice: '18.00' },
    { item: 'M', description: 'Manual', unit: 'EA', kind: 'charge', listPrice: '10.00' },
  ],
  prices: [{ customer: '17850', item: 'HEART', unitPrice: '2.50' }],
  stock: [
    { item: 'HEART', site: 'NORTH', quantity: '100000' },
    { item: 'LANTERN', site: 'SOUTH', quantity: '100000' },
    { item: 'CLOCK', site: 'NORTH', quantity: '12' },
    { item: 'CLOCK', site: 'SOUTH', quantity: '8' },
  ],
};
