import type { Order, OrderLine } from '#model/canonical';
import { decimal } from '#model/kernel';

const things = ['LANTERN', 'MUG', 'CAKE STAND', 'TEA TOWEL', 'CANDLE HOLDER', 'LUNCH BOX', 'PHOTO FRAME', 'DOORMAT'];
const looks = ['RED SPOTTY', 'VINTAGE', 'IVORY', 'PINK POLKADOT', 'SET OF 6', 'WHITE HANGING', 'WOODEN', 'RETRO'];

const pick = (list: readonly string[], number: number): string => list[number % list.length] ?? '';

function line(lineNumber: number): OrderLine {
  return {
    lineNumber,
    kind: 'goods',
    item: String(20_000 + lineNumber * 137),
    description: `${pick(looks, lineNumber)} ${pick(things, lineNumber * 3)} No. ${lineNumber}`,
    quantity: decimal(6 + (lineNumber % 7) * 6),
    unit: 'EA',
    unitPrice: decimal(`${1 + (lineNumber % 9)}.${lineNumber % 2 === 0 ? '65' : '25'}`),
  };
}

/** An order like a wholesaler's, with `lines` lines; its number is all that differs from the next. */
export function benchOrder(orderNumber: string, lines: number): Order {
  return {
    orderNumber,
    customer: '17850',
    customerPurchaseOrder: `PO-${orderNumber}`,
    channel: 'api',
    source: 'api:bench',
    currency: 'GBP',
    orderedAt: '2026-03-02T09:30:00.000Z',
    requestedDate: '2026-03-05',
    shippingPolicy: 'ship-partial',
    shipTo: {
      name: 'Corner Shop & Daughters',
      street: '14 Market Street',
      city: 'Sheffield',
      postalCode: 'S1 2GH',
      country: 'GB',
    },
    lines: Array.from({ length: lines }, (_, index) => line(index + 1)),
  };
}
