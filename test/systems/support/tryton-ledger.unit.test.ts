import { Big } from 'big.js';
import { expect, test } from 'vitest';
import type { BookedInvoice, BookedSale, BookedShipment, TrytonBooks } from './tryton-books.ts';
import { ledgerOf } from './tryton-ledger.ts';

const at = '2026-03-02T09:00:00.000Z';
const line = { item: 'HEART', quantity: new Big(6), unitPrice: new Big('2.5500') };
const amounts = { untaxed: new Big('15.3'), tax: new Big('3.06'), total: new Big('18.36') };

const sale: BookedSale = {
  number: 'SO1',
  reference: '100001',
  description: 'order-to-cash:100001:book:1.1-NORTH',
  comment: 'PO PO-1',
  state: 'done',
  isDated: true,
  warehouse: 'NORTH',
  lines: [line],
  ...amounts,
};
const shipment: BookedShipment = {
  number: 'SHP1',
  reference: 'NORTH-000001',
  state: 'done',
  warehouse: 'NORTH',
  orders: ['100001'],
  moves: [
    { item: 'HEART', quantity: new Big(4), state: 'done' },
    { item: 'HEART', quantity: new Big(2), state: 'cancelled' },
  ],
};
const invoice: BookedInvoice = {
  number: 'INV1',
  state: 'posted',
  orders: ['100001'],
  lines: [line],
  taxes: [],
  ...amounts,
};

const given = (some: Partial<TrytonBooks>) => ledgerOf({ sales: [], shipments: [], invoices: [], ...some }, at);
const kinds = (some: Partial<TrytonBooks>) => given(some).map(({ kind }) => kind);

test('books become entries in the words of the ledger', () => {
  const goods = { product: 'HEART', quantity: '6', unitPrice: '2.55' };
  const money = { untaxed: '15.30', tax: '3.06', total: '18.36' };
  expect(given({ sales: [sale], shipments: [shipment], invoices: [invoice] })).toEqual([
    {
      ...{ at, system: 'erp', kind: 'sale-confirmed', number: 'SO1', reference: '100001' },
      ...{ description: sale.description, comment: 'PO PO-1', warehouse: 'NORTH', lines: [goods], ...money },
    },
    {
      ...{ at, system: 'erp', kind: 'shipment-done', number: 'SHP1', reference: '100001', shipment: 'NORTH-000001' },
      ...{ warehouse: 'NORTH', lines: [{ product: 'HEART', quantity: '4' }] },
    },
    { at, system: 'erp', kind: 'invoice-posted', number: 'INV1', reference: '100001', lines: [goods], ...money },
  ]);
});

test('what was only begun is no entry', () => {
  for (const state of ['draft', 'quotation']) expect(kinds({ sales: [{ ...sale, state }] })).toEqual([]);
  for (const state of ['waiting', 'assigned', 'picked', 'packed']) {
    expect(kinds({ shipments: [{ ...shipment, state }] })).toEqual([]);
  }
  for (const state of ['draft', 'validated', 'cancelled']) {
    expect(kinds({ invoices: [{ ...invoice, state }] })).toEqual([]);
  }
});

test('what was taken back is one, and a sale that had been confirmed is both', () => {
  expect(kinds({ shipments: [{ ...shipment, state: 'cancelled' }] })).toEqual(['shipment-cancelled']);
  expect(kinds({ sales: [{ ...sale, state: 'cancelled' }] })).toEqual(['sale-confirmed', 'sale-cancelled']);
  expect(kinds({ sales: [{ ...sale, state: 'cancelled', isDated: false }] })).toEqual(['sale-cancelled']);
});

test('a document of no order, or of two, is of none that anybody was promised', () => {
  expect(given({ invoices: [{ ...invoice, orders: [] }] })[0]?.reference).toBe('');
  expect(given({ invoices: [{ ...invoice, orders: ['100001', '100002'] }] })[0]?.reference).toBe('100001 100002');
});
