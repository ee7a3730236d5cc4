import type { World } from './world.ts';

/** A small world for tests: two warehouses, two customers, two goods and a charge. */
export const smallWorld: World = {
  company: 'Test Wholesale',
  currency: 'GBP',
  taxPercent: '20',
  sites: [
    { site: 'NORTH', name: 'North warehouse' },
    { site: 'SOUTH', name: 'South warehouse' },
  ],
  customers: [
    { number: '17850', name: 'Customer 17850', country: 'GB', currency: 'GBP', creditLimit: '5000' },
    { number: '13047', name: 'Customer 13047', country: 'GB', currency: 'GBP' },
  ],
  items: [
    { item: '85123A', description: 'White hanging heart', unit: 'EA', kind: 'goods', listPrice: '2.55' },
    { item: '71053', description: 'White metal lantern', unit: 'EA', kind: 'goods', listPrice: '3.39' },
    { item: 'POST', description: 'Postage', unit: 'EA', kind: 'charge', listPrice: '18.00' },
  ],
  prices: [{ customer: '17850', item: '85123A', unitPrice: '2.55' }],
  stock: [
    { item: '85123A', site: 'NORTH', quantity: '100' },
    { item: '71053', site: 'SOUTH', quantity: '50' },
  ],
};
