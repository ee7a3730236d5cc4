import { expect, test } from 'vitest';
import type { OrderView } from '../answers.ts';
import { changeOf, draftOf } from './change-draft.ts';
import { changedSince } from './changed-since.ts';

const opened = {
  customerPurchaseOrder: 'PO-1',
  shipTo: { name: 'Ann', city: 'Leeds', country: 'GB' },
  lines: [
    { lineNumber: 1, item: 'A', quantity: '6' },
    { lineNumber: 2, item: 'B', quantity: '2' },
  ],
} as unknown as OrderView;
const now = {
  ...opened,
  customerPurchaseOrder: 'PO-2',
  lines: [
    { lineNumber: 1, item: 'A', quantity: '6' },
    { lineNumber: 2, item: 'B', quantity: '0' },
    { lineNumber: 3, item: 'C', quantity: '1' },
  ],
} as unknown as OrderView;

test('what a colleague changed meanwhile is told', () => {
  expect(changedSince(opened, opened)).toEqual([]);
  expect(changedSince(opened, now)).toEqual([
    { what: 'Line 2, B', from: '2', to: 'cancelled' },
    { what: 'New line, C', from: '', to: '1' },
    { what: 'Customer’s order', from: 'PO-1', to: 'PO-2' },
  ]);
});

test('a change that is held against what one saw takes nothing of it back', () => {
  const draft = { ...draftOf(opened), quantities: { 1: '5' } };
  expect(changeOf(opened, draft).wanted).toEqual({ lines: [{ lineNumber: 1, quantity: '5' }] });
});
