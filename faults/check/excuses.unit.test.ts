import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import type { Acknowledged, Evidence, SeenOrder } from './evidence.ts';
import { goodEvidence, goodOrder } from './testing-evidence.ts';

const untouched = [{ item: 'HEART', site: 'NORTH', quantity: '10' }];
const ended = (orderNumber: string, state: string): SeenOrder => ({
  ...goodOrder,
  orderNumber,
  state,
  fulfilments: [],
  bookings: [],
  effects: [],
  lines: [],
});
const asked = (orderNumber: string, quantity: string, shippingPolicy?: string): Acknowledged => ({
  orderNumber,
  key: orderNumber,
  purchaseOrder: orderNumber,
  lines: [{ item: 'HEART', quantity, unitPrice: '2.50' }],
  ...(shippingPolicy === undefined ? {} : { shippingPolicy }),
});
/** Orders that all ended as this, of which nothing is anywhere; there are ten hearts. */
const all = (state: string, acknowledged: readonly Acknowledged[]): Evidence => ({
  ...goodEvidence,
  acknowledged,
  effects: [],
  orders: new Map(acknowledged.map(({ orderNumber }) => [orderNumber, ended(orderNumber, state)])),
  stock: { before: untouched, ours: untouched, theirs: untouched, claimed: [] },
});
const lost = (evidence: Evidence): readonly (string | undefined)[] =>
  check(evidence).flatMap(({ means, orderNumber }) => (means === 'lost' ? [orderNumber] : []));

describe.each(['cancelled', 'compensated'])('an order that is %s', (state) => {
  test('is lost when nobody asked for that', () => {
    const evidence = all(state, [asked('100001', '3'), asked('100002', '3', 'ship-partial')]);
    expect(lost(evidence)).toEqual(['100001', '100002']);
    expect(check(evidence)[0]?.what).toBe(`it is ${state}, and nothing explains it`);
  });
  test('is as it should be when somebody did', () => {
    const evidence = all(state, [asked('100001', '3'), asked('100002', '3')]);
    expect(lost({ ...evidence, calledOff: ['100002'] })).toEqual(['100001']);
  });
});

describe('an order that is to be filled or killed', () => {
  test('may be killed when it wants more than there is', () => {
    expect(lost(all('cancelled', [asked('100001', '11', 'fill-or-kill')]))).toEqual([]);
  });
  test('may not when there was enough for it: others that were killed had nothing', () => {
    const orders = [asked('100001', '8', 'fill-or-kill'), asked('100002', '8', 'fill-or-kill')];
    expect(lost(all('cancelled', orders))).toEqual(['100001', '100002']);
  });
  test('may when others have what it wanted, or may still get it', () => {
    const orders = [...goodEvidence.acknowledged, asked('100002', '8', 'fill-or-kill')];
    const both = new Map([...goodEvidence.orders, ['100002', ended('100002', 'cancelled')] as const]);
    expect(check({ ...goodEvidence, acknowledged: orders, orders: both })).toEqual([]);
    const waiting = all('cancelled', [asked('100001', '3'), asked('100002', '8', 'fill-or-kill')]);
    expect(lost({ ...waiting, calledOff: ['100001'] })).toEqual([]);
  });
});
