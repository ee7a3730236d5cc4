import { describe, expect, test } from 'vitest';
import type { NoticeContent, OrderFactData } from '#business/flows';
import { decimal } from '#model/kernel';
import { type NoticePreference, tellCustomers } from './tell-customers.ts';

const line = (changes: object = {}) => ({
  item: 'HEART',
  description: 'Hanging heart',
  unit: 'EA',
  quantity: decimal('6'),
  shipped: decimal('0'),
  waiting: decimal('0'),
  cancelled: decimal('0'),
  ...changes,
});
const fact = (changes: Partial<OrderFactData> = {}): OrderFactData => ({
  orderNumber: '100001',
  customer: '17850',
  channel: 'api',
  source: 'api:shop',
  state: 'confirmed',
  trackingNumbers: [],
  changes: 0,
  lines: [line()],
  final: false,
  ...changes,
});
const everything: NoticePreference = { email: 'buyer@shop.example' };
const told = (type: string, data: OrderFactData, preference: NoticePreference | undefined = everything) =>
  tellCustomers(() => preference)({ type, data });
const noticeOf = (type: string, data: OrderFactData): NoticeContent | undefined =>
  (told(type, data)?.message.data as { readonly notice?: NoticeContent } | undefined)?.notice;
const shipment = { shipmentNumber: 'S1', fulfilmentNumber: 'F1', site: 'N', shippedAt: '2026-03-02T15:00:00.000Z' };

describe('a customer who wants to be told', () => {
  test.each([
    ['order.confirmed', fact({ requestedDate: '2026-03-05' }), 'acknowledgement', 'acknowledgement', /2026-03-05/],
    ['order.confirmed', fact({ changes: 2 }), 'acknowledgement', 'acknowledgement-of-change-2', /confirmed/],
    ['order.dispatched', fact({ shipment, lines: [line({ shipped: '6' })] }), 'dispatch', 'dispatch-S1', /everything/],
    ['order.dispatched', fact({ shipment, lines: [line({ shipped: '2' })] }), 'part-shipment', 'dispatch-S1', /rest/],
    ['order.waiting', fact({ lines: [line({ waiting: '4' })] }), 'backorder', 'backorder-HEART:4', /4 EA HEART/],
    ['order.delayed', fact(), 'delay', 'delay-of-the-warehouse', /not left/],
    [
      'order.cancelled',
      fact({ final: true, lines: [line({ cancelled: '6' })] }),
      'cancellation',
      'cancellation',
      /6 EA/,
    ],
  ] as const)('hears of %s', (type, data, kind, id, text) => {
    expect(noticeOf(type, data)).toMatchObject({ kind, id, text: expect.stringMatching(text) });
  });

  test('hears of what was cancelled of an order that was delivered in part, and else nothing of its end', () => {
    const end = { final: true, state: 'completed' };
    expect(noticeOf('order.completed', fact(end))).toBeUndefined();
    expect(told('order.completed', fact(end))?.message.data).toEqual({ final: true });
    const rest = fact({ ...end, lines: [line({ shipped: '2', cancelled: '4' })] });
    expect(noticeOf('order.completed', rest)).toMatchObject({
      kind: 'cancellation',
      subject: expect.stringContaining('rest'),
    });
  });

  test('of dispatches alone hears of nothing else', () => {
    const preference: NoticePreference = { ...everything, kinds: ['dispatch'] };
    expect(told('order.confirmed', fact(), preference)).toBeUndefined();
    expect(told('order.dispatched', fact({ shipment, lines: [] }), preference)).toBeDefined();
  });
});

test('a customer who is not named hears nothing', () => {
  expect(tellCustomers(() => undefined)({ type: 'order.confirmed', data: fact() })).toBeUndefined();
});

test('what a name brings with it begins no header and no line', () => {
  const nasty = 'x\r\nBcc: all@shop.example\u2028y';
  const notice = noticeOf(
    'order.confirmed',
    fact({ customerPurchaseOrder: nasty, lines: [line({ description: nasty })] }),
  );
  expect(notice?.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(notice?.text.split('\n').some((each) => each.startsWith('Bcc'))).toBe(false);
});
