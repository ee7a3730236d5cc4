import type { Order } from '#model/canonical';
import { decimal } from '#model/kernel';
import type { Actor } from './story.ts';

/** A line as the actors are asked about it. */
export interface TestLine {
  readonly lineNumber: number;
  readonly item: string;
  readonly quantity: string;
}

const orderNumber = '100001';

/** Six of one thing, ten of another, and postage; nothing stands against it. */
export const orderOfTests = (changes: Partial<Order> = {}): Order => ({
  orderNumber,
  customer: '17850',
  customerPurchaseOrder: '536365',
  channel: 'api',
  source: 'api:shop',
  currency: 'GBP',
  orderedAt: '2026-03-02T09:00:00.000Z',
  shippingPolicy: 'ship-partial',
  lines: [
    { lineNumber: 1, kind: 'goods', item: '85123A', quantity: decimal('6'), unit: 'EA', unitPrice: decimal('2.55') },
    { lineNumber: 2, kind: 'goods', item: '71053', quantity: decimal('10'), unit: 'EA', unitPrice: decimal('3.39') },
    { lineNumber: 3, kind: 'charge', item: 'POST', quantity: decimal('1'), unit: 'EA', unitPrice: decimal('18') },
  ],
  ...changes,
});

export const bookingOfTests = { id: '1', reference: 'SO1', untaxed: '67.20', tax: '13.44', total: '80.64' };

const prices: Readonly<Record<string, string>> = { '85123A': '2.55', '71053': '3.39', '22633': '1.85' };

/** Systems that do what they are asked, at once. */
export const orderActors: Readonly<Record<string, Actor>> = {
  'check-customer': () => ({
    known: true,
    name: 'Harbour Gifts',
    blocked: false,
    currency: 'GBP',
    creditLimit: '1000',
    creditUsed: '0',
  }),
  'check-prices': ({ lines }: { lines: readonly TestLine[] }) => ({
    lines: lines.map(({ lineNumber, item }) => {
      const unitPrice = prices[item];
      return unitPrice === undefined
        ? { lineNumber, known: false }
        : { lineNumber, known: true, unitPrice, taxPercent: '20', unit: 'EA' };
    }),
  }),
  'claim-purchase-order': () => ({ heldBy: orderNumber }),
  'reserve-stock': ({ lines }: { lines: readonly TestLine[] }) => ({
    lines: lines.map(({ lineNumber, quantity }) => ({ lineNumber, places: [{ site: 'NORTH', quantity }], short: '0' })),
  }),
  'book-in-erp': () => bookingOfTests,
  'release-to-warehouse': () => ({ reference: '940' }),
  'request-cancellation': () => ({ reference: '940F' }),
  'issue-goods': () => ({ id: '7', reference: 'SHP7' }),
  'take-out-of-stock': () => undefined,
  'post-invoice': () => ({ invoices: [] }),
  'withdraw-booking': () => undefined,
  'give-stock-back': () => undefined,
  'invoice-charges': () => ({
    invoices: [{ id: '1', number: 'INV1', untaxed: '18', tax: '3.60', total: '21.60', lines: [] }],
  }),
  'release-stock': () => undefined,
  'release-purchase-order': () => undefined,
};
