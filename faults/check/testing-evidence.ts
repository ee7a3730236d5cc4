import type { Effect, Evidence, SeenOrder } from './evidence.ts';

const at = (second: number): string => `2026-01-05T10:00:${String(second).padStart(2, '0')}.000Z`;
const lines = [{ line: 1, item: 'HEART', quantity: '3' }];
const booked = [{ product: 'HEART', quantity: '3', unitPrice: '2.50' }];
const about = { reference: '100001', warehouse: 'NORTH' };
const fulfilment = { fulfilmentNumber: '100001-NORTH-1', purchaseOrder: 'PO-1' };
const key = 'order-to-cash:100001:book-in-erp:1.1-NORTH';

/** Everything that one order of three hearts leaves in the ledgers when all is well. */
export const goodEffects: Readonly<Record<'sale' | 'release' | 'shipped' | 'issued' | 'invoiced', Effect>> = {
  sale: { at: at(1), system: 'erp', kind: 'sale-confirmed', ...about, number: 'SO1', description: key, lines: booked },
  release: { at: at(2), system: 'wms-NORTH', kind: 'release-received', ...fulfilment, lines },
  shipped: { at: at(3), system: 'wms-NORTH', kind: 'shipped', ...fulfilment, shipmentNumber: 'N-1', lines },
  issued: {
    at: at(4),
    system: 'erp',
    kind: 'shipment-done',
    ...about,
    number: 'S1',
    shipment: 'N-1',
    lines: [{ product: 'HEART', quantity: '3' }],
  },
  invoiced: {
    at: at(5),
    system: 'erp',
    kind: 'invoice-posted',
    ...about,
    number: 'I1',
    lines: booked,
    untaxed: '7.50',
  },
};

export const goodOrder: SeenOrder = {
  orderNumber: '100001',
  state: 'completed',
  phase: 'ended',
  openCases: [],
  fulfilments: [{ fulfilmentNumber: '100001-NORTH-1', ended: true }],
  bookings: ['SO1'],
  lines: [{ lineNumber: 1, item: 'HEART', quantities: { ordered: '3', shipped: '3', invoiced: '3' } }],
  effects: [
    { name: 'book-in-erp', key, status: 'done' },
    ...['release-to-warehouse', 'issue-goods', 'post-invoice'].map((name) => ({ name, key: name, status: 'done' })),
  ],
};

const position = (quantity: string) => [{ item: 'HEART', site: 'NORTH', quantity }];

/** A run of one order in which everything is as it should be. */
export const goodEvidence: Evidence = {
  acknowledged: [
    {
      orderNumber: '100001',
      key: 'k-1',
      purchaseOrder: 'PO-1',
      lines: [{ item: 'HEART', quantity: '3', unitPrice: '2.50' }],
    },
  ],
  calledOff: [],
  effects: Object.values(goodEffects),
  orders: new Map([['100001', goodOrder]]),
  stock: { before: position('10'), ours: position('7'), theirs: position('7'), claimed: [] },
  brokenChains: [],
};
