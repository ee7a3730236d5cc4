import { describe, expect, test } from 'vitest';
import type { OrderView } from '../answers.ts';
import { changeOf, draftOf } from './change-draft.ts';

const order = {
  orderNumber: '1',
  requestedDate: '2026-12-01',
  customerPurchaseOrder: 'PO-1',
  shipTo: { name: 'Ann', city: 'Leeds', country: 'GB' },
  lines: [
    { lineNumber: 1, kind: 'goods', item: 'A', quantity: '6', unit: 'EA' },
    { lineNumber: 2, kind: 'goods', item: 'B', quantity: '2', unit: 'EA' },
  ],
} as unknown as OrderView;

const draft = draftOf(order);

describe('a change that is being written', () => {
  test('as it begins changes nothing', () => {
    expect(changeOf(order, draft)).toEqual({ wanted: {}, preview: [], wrong: [] });
  });

  test('names only what is other, and shows it before it is asked for', () => {
    const { wanted, preview } = changeOf(order, {
      ...draft,
      quantities: { 1: '4', 2: '2.0' },
      requestedDate: '2026-12-05',
    });
    expect(wanted).toEqual({ lines: [{ lineNumber: 1, quantity: '4' }], requestedDate: '2026-12-05' });
    expect(preview).toEqual([
      { what: 'Line 1, A', from: '6', to: '4' },
      { what: 'Due', from: '2026-12-01', to: '2026-12-05' },
    ]);
  });

  test('a quantity of 0 cancels the line, and says so', () => {
    const { wanted, preview } = changeOf(order, { ...draft, quantities: { 2: '0' } });
    expect(wanted.lines).toEqual([{ lineNumber: 2, quantity: '0' }]);
    expect(preview[0]?.to).toBe('cancelled');
  });

  test('an address goes whole, without its empty parts', () => {
    const { wanted } = changeOf(order, { ...draft, shipTo: { ...draft.shipTo, city: ' ', street: '1 High St' } });
    expect(wanted.shipTo).toEqual({ name: 'Ann', street: '1 High St', country: 'GB' });
  });

  test('what cannot be read is said and not sent', () => {
    const { wanted, wrong } = changeOf(order, {
      ...draft,
      quantities: { 1: 'six' },
      added: [
        { item: 'C', quantity: '' },
        { item: '', quantity: '' },
      ],
      customerPurchaseOrder: '',
      shipTo: { ...draft.shipTo, country: 'Britain' },
    });
    expect(wrong).toHaveLength(4);
    expect(wanted.lines).toBeUndefined();
    expect(wanted.add).toBeUndefined();
    expect(wanted.customerPurchaseOrder).toBeUndefined();
  });
});
