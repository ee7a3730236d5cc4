import { describe, expect, test } from 'vitest';
import type { Order } from '#model/canonical';
import { type Decimal, decimal, Fault } from '#model/kernel';
import { FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';
import { fulfilment } from '../fulfilment/flow.ts';
import { type Actor, createStory } from '../testing/index.ts';
import type { OrderDocument } from './document.ts';
import { CancelRequested, HoldReleased } from './events.ts';
import { orderToCash } from './flow.ts';

const orderNumber = '100001';
const number = (text: string): Decimal => decimal(text);

const order = (changes: Partial<Order> = {}): Order => ({
  orderNumber,
  customer: '17850',
  customerPurchaseOrder: '536365',
  channel: 'api',
  source: 'api:shop',
  currency: 'GBP',
  orderedAt: '2026-03-02T09:00:00.000Z',
  shippingPolicy: 'ship-partial',
  lines: [
    { lineNumber: 1, kind: 'goods', item: '85123A', quantity: number('6'), unit: 'EA', unitPrice: number('2.55') },
    { lineNumber: 2, kind: 'goods', item: '71053', quantity: number('10'), unit: 'EA', unitPrice: number('3.39') },
    { lineNumber: 3, kind: 'charge', item: 'POST', quantity: number('1'), unit: 'EA', unitPrice: number('18') },
  ],
  ...changes,
});

const booking = { id: '1', reference: 'SO1', untaxed: number('67.20'), tax: number('13.44'), total: number('80.64') };

interface Line {
  readonly lineNumber: number;
  readonly item: string;
  readonly quantity: Decimal;
}

const knownPrices: Readonly<Record<string, string>> = { '85123A': '2.55', '71053': '3.39' };

const actors: Readonly<Record<string, Actor>> = {
  'check-customer': () => ({
    known: true,
    name: 'Harbour Gifts',
    blocked: false,
    currency: 'GBP',
    creditLimit: number('1000'),
    creditUsed: number('0'),
  }),
  'check-prices': ({ lines }: { lines: readonly Line[] }) => ({
    lines: lines.map(({ lineNumber, item }) => {
      const unitPrice = knownPrices[item];
      return unitPrice === undefined
        ? { lineNumber, known: false }
        : { lineNumber, known: true, unitPrice, taxPercent: '20', unit: 'EA' };
    }),
  }),
  'claim-purchase-order': () => ({ heldBy: orderNumber }),
  'reserve-stock': ({ lines }: { lines: readonly Line[] }) => ({
    lines: lines.map(({ lineNumber, quantity }) => ({ lineNumber, places: [{ site: 'NORTH', quantity }], short: '0' })),
  }),
  'book-in-erp': () => booking,
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

const storyWith = (changes: Readonly<Record<string, Actor>> = {}, changed: Partial<Order> = {}) => {
  const story = createStory([orderToCash, fulfilment], { ...actors, ...changes });
  return Object.assign(story, {
    begin: () => story.start(orderToCash, orderNumber, order(changed)),
    state: () => story.run(orderToCash, orderNumber).state,
    doc: () => story.run(orderToCash, orderNumber).document as OrderDocument,
    tellOrder: (event: { readonly name: string }, data: unknown) => story.tell(orderToCash, orderNumber, event, data),
    tellWarehouse: (event: { readonly name: string }, data: unknown, site = 'NORTH') =>
      story.tell(fulfilment, `${orderNumber}-${site}-1`, event, data),
  });
};

const shipment = (
  lines: readonly [number, string, string?][],
  shipmentNumber = 'S1',
  site = 'NORTH',
  final = true,
) => ({
  shipment: {
    shipmentNumber,
    fulfilmentNumber: `${orderNumber}-${site}-1`,
    site,
    shippedAt: '2026-03-02T15:00:00.000Z',
    trackingNumber: `T-${shipmentNumber}`,
    lines: lines.map(([lineNumber, shipped, short = '0']) => ({
      lineNumber,
      item: lineNumber === 1 ? '85123A' : '71053',
      shipped,
      short,
      unit: 'EA',
    })),
  },
  final,
  inferred: ['picked', 'packed'],
});

const everything = shipment([
  [1, '6'],
  [2, '10'],
]);

const cancel = { requestedBy: 'api:shop', reason: 'changed my mind' };
const release = (hold: string, waiver?: object) => ({
  hold,
  releasedBy: 'api:finance',
  reason: 'known customer',
  ...(waiver ? { waiver } : {}),
});

describe('an order that nothing stands against', () => {
  test('is checked, reserved, booked, released, shipped, issued, invoiced and completed', () => {
    const story = storyWith();
    story.begin();
    expect(story.state()).toBe('fulfilling');
    expect(story.doc().lines).toMatchObject({
      1: { ordered: '6', released: '6' },
      2: { ordered: '10', released: '10' },
    });
    story.tellWarehouse(ShipmentConfirmed, everything);
    expect(story.state()).toBe('completed');
    expect(story.doc().lines).toMatchObject({ 1: { shipped: '6' }, 2: { shipped: '10' } });
    for (const effect of [
      'book-in-erp',
      'release-to-warehouse',
      'issue-goods',
      'post-invoice',
      'take-out-of-stock',
      'release-stock',
    ]) {
      expect(story.called(effect), effect).toBe(1);
    }
  });

  test('books its charges with its goods, and releases only the goods', () => {
    const story = storyWith();
    story.begin();
    const booked = story.calls().find((call) => call.effect === 'book-in-erp')?.request as {
      lines: { item: string }[];
    };
    expect(booked.lines.map((line) => line.item)).toEqual(['85123A', '71053', 'POST']);
    const released = story.calls().find((call) => call.effect === 'release-to-warehouse')?.request as {
      lines: { item: string }[];
    };
    expect(released.lines.map((line) => line.item)).toEqual(['85123A', '71053']);
  });

  test('with only charges is invoiced without a warehouse', () => {
    const story = storyWith(
      {},
      {
        lines: [
          { lineNumber: 1, kind: 'charge', item: 'POST', quantity: number('1'), unit: 'EA', unitPrice: number('18') },
        ],
      },
    );
    story.begin();
    expect(story.state()).toBe('completed');
    expect(story.called('release-to-warehouse')).toBe(0);
    expect(story.doc().invoices).toHaveLength(1);
  });

  test('reported five times by its warehouse ships once', () => {
    const story = storyWith();
    story.begin();
    const first = shipment([[1, '6']], 'S1', 'NORTH', false);
    for (let time = 0; time < 5; time += 1) story.tellWarehouse(ShipmentConfirmed, first);
    expect(story.called('issue-goods')).toBe(1);
    story.tellWarehouse(ShipmentConfirmed, shipment([[2, '10']], 'S2'));
    expect(story.state()).toBe('completed');
    expect(story.called('issue-goods')).toBe(2);
    expect(story.called('post-invoice')).toBe(2);
  });

  test('whose last part is reported before the first waits for the first, and orders nothing again', () => {
    const story = storyWith();
    story.begin();
    story.tellWarehouse(ShipmentConfirmed, shipment([[2, '10']], 'S2'));
    expect(story.state()).toBe('fulfilling');
    story.tellWarehouse(ShipmentConfirmed, shipment([[1, '6']], 'S1', 'NORTH', false));
    expect(story.state()).toBe('completed');
    const issues = story.calls().filter((call) => call.effect === 'issue-goods');
    expect(issues.map(({ request }) => (request as { readonly final: boolean }).final)).toEqual([false, true]);
    expect(story.called('post-invoice')).toBe(2);
    expect(story.called('reserve-stock')).toBe(1);
  });

  test('whose warehouse reports before the release is answered waits for that answer and then ships', () => {
    const story = storyWith();
    story.startOnly(orderToCash, orderNumber, order());
    story.tell(fulfilment, `${orderNumber}-NORTH-1`, ShipmentConfirmed, everything);
    story.settle();
    expect(story.state()).toBe('completed');
    expect(story.called('issue-goods')).toBe(1);
  });
});

describe('holds', () => {
  const overLimit: Actor = () => ({
    known: true,
    name: 'H',
    blocked: false,
    currency: 'GBP',
    creditLimit: number('50'),
    creditUsed: number('0'),
  });

  test('of every kind stand together', () => {
    const story = storyWith(
      { 'check-customer': overLimit, 'claim-purchase-order': () => ({ heldBy: '99' }) },
      {
        lines: [
          {
            lineNumber: 1,
            kind: 'goods',
            item: '85123A',
            quantity: number('60'),
            unit: 'EA',
            unitPrice: number('2.00'),
          },
        ],
      },
    );
    story.begin();
    expect(story.state()).toBe('held');
    expect(story.doc().holds.map((hold) => hold.hold)).toEqual(['credit', 'price', 'duplicate']);
    expect(story.called('reserve-stock')).toBe(0);
  });

  test('released with a waiver are not placed again by the same check', () => {
    const story = storyWith({ 'check-customer': overLimit });
    story.begin();
    expect(story.state()).toBe('held');
    story.tellOrder(HoldReleased, release('credit'));
    expect(story.state()).toBe('fulfilling');
    expect(story.called('check-customer')).toBe(2);
    const booked = story.calls().find((call) => call.effect === 'book-in-erp')?.request as { creditOverride: boolean };
    expect(booked.creditOverride).toBe(true);
  });

  test('come back when the waiver does not reach', () => {
    const story = storyWith({ 'check-customer': overLimit });
    story.begin();
    story.tellOrder(HoldReleased, release('credit', { amount: '5' }));
    expect(story.state()).toBe('held');
    expect(story.doc().holds.map((hold) => hold.kind)).toEqual(['credit']);
  });

  test('waived up to an amount do not open a customer who was blocked since', () => {
    let blocked = false;
    const story = storyWith({
      'check-customer': () => ({
        known: true,
        name: 'H',
        blocked,
        currency: 'GBP',
        creditLimit: '50',
        creditUsed: '0',
      }),
      'reserve-stock': () => {
        throw new Fault('permanent', { code: 'gone', message: 'gone' });
      },
    });
    story.begin();
    blocked = true;
    story.tellOrder(HoldReleased, release('credit', { amount: '500' }));
    expect(story.state()).toBe('held');
    expect(story.doc().holds[0]?.reason).toContain('blocked');
  });

  test('for a price are waived for that price and no other', () => {
    let agreed = '9.00';
    const story = storyWith({
      'check-prices': ({ lines }: { lines: readonly Line[] }) => ({
        lines: lines.map(({ lineNumber }) => ({
          lineNumber,
          known: true,
          unitPrice: agreed,
          taxPercent: '20',
          unit: 'EA',
        })),
      }),
    });
    story.begin();
    agreed = '8.00';
    story.tellOrder(HoldReleased, release('price'));
    expect(story.state()).toBe('held');
    story.tellOrder(HoldReleased, release('price'));
    expect(story.state()).toBe('fulfilling');
  });

  test('in the ERP are noticed when they are gone', () => {
    let limit = '50';
    const story = storyWith({
      'check-customer': () => ({
        known: true,
        name: 'H',
        blocked: false,
        currency: 'GBP',
        creditLimit: limit,
        creditUsed: '0',
      }),
    });
    story.begin();
    expect(story.state()).toBe('held');
    limit = '5000';
    story.tellOrder({ name: 'deadline' }, { state: 'held', visit: story.run(orderToCash, orderNumber).visit });
    expect(story.state()).toBe('fulfilling');
  });

  test('by the ERP itself at the booking keep the stock, and a waiver books under a new key', () => {
    let refusals = 1;
    const story = storyWith({
      'book-in-erp': () => {
        refusals -= 1;
        return refusals >= 0
          ? new Fault('business', { code: 'credit-limit-exceeded', message: 'over the limit' })
          : booking;
      },
    });
    story.begin();
    expect(story.state()).toBe('held');
    expect(story.doc().lines).toMatchObject({ 1: { allocated: '6' } });
    story.tellOrder(HoldReleased, release('credit'));
    expect(story.state()).toBe('fulfilling');
    expect(story.called('reserve-stock')).toBe(1);
    expect(story.called('book-in-erp')).toBe(2);
  });

  test('on a line with an unknown item let the rest ship, and the rest waits', () => {
    const story = storyWith(
      {},
      {
        lines: [
          { lineNumber: 1, kind: 'goods', item: '85123A', quantity: number('6'), unit: 'EA' },
          { lineNumber: 2, kind: 'goods', item: 'NOSUCH', quantity: number('1'), unit: 'EA' },
        ],
      },
    );
    story.begin();
    expect(story.state()).toBe('fulfilling');
    expect(story.run(orderToCash, orderNumber).cases.map(({ cause }) => cause)).toContain('hold-item-2');
    story.tellWarehouse(ShipmentConfirmed, shipment([[1, '6']]));
    expect(story.state()).toBe('awaiting-remainder');
    story.tellOrder(CancelRequested, cancel);
    expect(story.state()).toBe('completed');
    expect(story.doc().lines).toMatchObject({ 1: { shipped: '6' }, 2: { cancelled: '1' } });
    expect(story.run(orderToCash, orderNumber).cases).toEqual([]);
  });

  test('on a line hold the whole order that ships complete', () => {
    const story = storyWith(
      {},
      {
        shippingPolicy: 'ship-complete',
        lines: [...order().lines, { lineNumber: 4, kind: 'goods', item: 'NOSUCH', quantity: number('1'), unit: 'EA' }],
      },
    );
    story.begin();
    expect(story.state()).toBe('held');
  });
});

describe('too little stock', () => {
  const short: Actor = ({ lines }: { lines: readonly Line[] }) => ({
    lines: lines.map(({ lineNumber, quantity }) =>
      lineNumber === 2
        ? { lineNumber, places: [{ site: 'NORTH', quantity: '4' }], short: '6' }
        : { lineNumber, places: [{ site: 'NORTH', quantity }], short: '0' },
    ),
  });
  const whatIsThere = shipment([
    [1, '6'],
    [2, '4'],
  ]);

  test('backorders the rest, which another round ships when there is stock', () => {
    let rounds = 0;
    const story = storyWith({
      'reserve-stock': (request: never, occurrence) => {
        rounds += 1;
        return rounds === 1 ? short(request, occurrence) : actors['reserve-stock']?.(request, occurrence);
      },
    });
    story.begin();
    story.tellWarehouse(ShipmentConfirmed, whatIsThere);
    expect(story.state()).toBe('awaiting-remainder');
    expect(story.doc().lines).toMatchObject({ 2: { shipped: '4', backordered: '6' } });
    story.tellOrder(
      { name: 'deadline' },
      { state: 'awaiting-remainder', visit: story.run(orderToCash, orderNumber).visit },
    );
    expect(story.state()).toBe('fulfilling');
    const rest = shipment([[2, '6']], 'S2');
    story.tell(fulfilment, `${orderNumber}-NORTH-2`, ShipmentConfirmed, {
      ...rest,
      shipment: { ...rest.shipment, fulfilmentNumber: `${orderNumber}-NORTH-2` },
    });
    expect(story.state()).toBe('completed');
    expect(story.doc().lines).toMatchObject({ 2: { ordered: '10', shipped: '10' } });
  });

  test('cancels the rest of a fill-or-kill order', () => {
    const story = storyWith({ 'reserve-stock': short }, { shippingPolicy: 'fill-or-kill' });
    story.begin();
    story.tellWarehouse(ShipmentConfirmed, whatIsThere);
    expect(story.state()).toBe('completed');
    expect(story.doc().lines).toMatchObject({ 2: { shipped: '4', cancelled: '6' } });
  });

  test('keeps a ship-complete order waiting, and its cancellation is immediate', () => {
    const none: Actor = ({ lines }: { lines: readonly Line[] }) => ({
      lines: lines.map(({ lineNumber, quantity }) => ({ lineNumber, places: [], short: quantity })),
    });
    const story = storyWith({ 'reserve-stock': none }, { shippingPolicy: 'ship-complete' });
    story.begin();
    expect(story.state()).toBe('awaiting-stock');
    story.tellOrder(CancelRequested, cancel);
    expect(story.state()).toBe('cancelled');
    expect(story.called('book-in-erp')).toBe(0);
  });

  test('found at the pick is backordered', () => {
    const story = storyWith();
    story.begin();
    story.tellWarehouse(
      ShipmentConfirmed,
      shipment([
        [1, '6'],
        [2, '7', '3'],
      ]),
    );
    expect(story.state()).toBe('awaiting-remainder');
    expect(story.doc().lines).toMatchObject({ 2: { shipped: '7', backordered: '3' } });
  });
});

describe('two warehouses', () => {
  const split: Actor = ({ lines }: { lines: readonly Line[] }) => ({
    lines: lines.map(({ lineNumber, quantity }) => ({
      lineNumber,
      places: [{ site: lineNumber === 1 ? 'NORTH' : 'SOUTH', quantity }],
      short: '0',
    })),
  });

  test('get a sale and a fulfilment each, and the order ends with the last', () => {
    const story = storyWith({ 'reserve-stock': split });
    story.begin();
    expect(story.called('book-in-erp')).toBe(2);
    story.tellWarehouse(ShipmentConfirmed, shipment([[2, '10']], 'S2', 'SOUTH'), 'SOUTH');
    expect(story.state()).toBe('fulfilling');
    story.tellWarehouse(ShipmentConfirmed, shipment([[1, '6']]));
    expect(story.state()).toBe('completed');
  });

  test('where the ERP refuses one booking, the other stays booked and a cancellation takes it back', () => {
    const story = storyWith({
      'reserve-stock': split,
      'book-in-erp': (request: { site?: string }) =>
        request.site === 'SOUTH' ? new Fault('business', { code: 'not-enough-stock', message: 'only 3' }) : booking,
    });
    story.begin();
    expect(story.state()).toBe('held');
    expect(story.doc().holds.map((hold) => hold.kind)).toEqual(['stock']);
    story.tellOrder(CancelRequested, cancel);
    expect(story.state()).toBe('cancelled');
    expect(story.called('undo book-in-erp')).toBe(1);
    expect(story.called('undo reserve-stock')).toBe(1);
    expect(story.called('undo claim-purchase-order')).toBe(1);
  });
});

describe('cancellation', () => {
  test('after the release is the warehouse’s to grant', () => {
    const story = storyWith();
    story.begin();
    story.tellOrder(CancelRequested, cancel);
    expect(story.state()).toBe('fulfilling');
    expect(story.called('request-cancellation')).toBe(1);
    story.tellWarehouse(FulfilmentCancelled, { fulfilmentNumber: `${orderNumber}-NORTH-1` });
    expect(story.state()).toBe('cancelled');
    expect(story.called('withdraw-booking')).toBe(1);
    expect(story.called('post-invoice')).toBe(0);
  });

  test('after the release is refused by shipping all the same', () => {
    const story = storyWith();
    story.begin();
    story.tellOrder(CancelRequested, cancel);
    story.tellWarehouse(ShipmentConfirmed, everything);
    expect(story.state()).toBe('completed');
    expect(story.doc().lines).toMatchObject({ 1: { shipped: '6' } });
  });

  test('comes too late for a closed order, and a shipment after it is a case', () => {
    const story = storyWith();
    story.begin();
    story.tellOrder(CancelRequested, cancel);
    story.tellWarehouse(FulfilmentCancelled, { fulfilmentNumber: `${orderNumber}-NORTH-1` });
    story.tellWarehouse(ShipmentConfirmed, everything);
    expect(story.run(fulfilment, `${orderNumber}-NORTH-1`).cases.map(({ cause }) => cause)).toEqual([
      'late-shipment.confirmed',
    ]);
    expect(story.called('issue-goods')).toBe(0);
  });
});

describe('what breaks a rule', () => {
  test('a warehouse that ships more than was released: nothing of it is issued or invoiced, and nothing is ordered again', () => {
    const story = storyWith();
    story.begin();
    story.tellWarehouse(
      ShipmentConfirmed,
      shipment([
        [1, '6'],
        [2, '11'],
      ]),
    );
    expect(story.run(fulfilment, `${orderNumber}-NORTH-1`).cases.map(({ cause }) => cause)).toEqual(['over-shipped']);
    expect(story.state()).toBe('fulfilling');
    expect(story.doc().lines).toMatchObject({ 1: { released: '6' }, 2: { released: '10' } });
    expect(story.called('issue-goods')).toBe(0);
    expect(story.called('reserve-stock')).toBe(1);
  });
});

describe('charges', () => {
  test('whose warehouse ships nothing are booked and invoiced by themselves when another has shipped', () => {
    const split: Actor = ({ lines }: { lines: readonly Line[] }) => ({
      lines: lines.map(({ lineNumber, quantity }) => ({
        lineNumber,
        places: [{ site: lineNumber === 1 ? 'NORTH' : 'SOUTH', quantity }],
        short: '0',
      })),
    });
    const story = storyWith({ 'reserve-stock': split });
    story.begin();
    story.tellWarehouse(FulfilmentCancelled, { fulfilmentNumber: `${orderNumber}-NORTH-1` });
    story.tellWarehouse(ShipmentConfirmed, shipment([[2, '10']], 'S2', 'SOUTH'), 'SOUTH');
    expect(story.state()).toBe('awaiting-remainder');
    expect(story.called('give-stock-back')).toBe(1);
    story.tellOrder(CancelRequested, cancel);
    expect(story.state()).toBe('completed');
    const booked = story.calls().filter((call) => call.effect === 'book-in-erp');
    const items = booked.map(({ request }) => (request as { lines: { item: string }[] }).lines.map(({ item }) => item));
    expect(items).toEqual([['85123A', 'POST'], ['71053'], ['POST']]);
    expect(story.called('invoice-charges')).toBe(1);
  });
});

describe('an effect that fails for good', () => {
  const effects = ['check-customer', 'check-prices', 'claim-purchase-order', 'reserve-stock', 'book-in-erp'];

  test.each(effects)('%s: the order waits with a case, and a cancellation undoes exactly what was done', (effect) => {
    const story = storyWith({
      [effect]: () => new Fault('permanent', { code: 'gone', message: 'gone' }),
    });
    story.begin();
    expect(story.run(orderToCash, orderNumber).cases.map(({ cause }) => cause)).toContain(`failed-${effect}`);
    story.tellOrder(CancelRequested, cancel);
    expect(story.state()).toBe('cancelled');
    for (const undone of ['reserve-stock', 'book-in-erp', 'claim-purchase-order']) {
      const wasDone = story
        .journal()
        .some(
          (entry) => entry.kind === 'settled' && entry.name === undone && entry.outcome === 'done' && !entry.undoes,
        );
      expect(story.called(`undo ${undone}`), undone).toBe(wasDone ? 1 : 0);
    }
  });

  test.each(['release-to-warehouse', 'issue-goods', 'take-out-of-stock', 'post-invoice'])(
    '%s: the fulfilment waits with a case',
    (effect) => {
      const story = storyWith({ [effect]: () => new Fault('permanent', { code: 'gone', message: 'gone' }) });
      story.begin();
      story.tellWarehouse(ShipmentConfirmed, everything);
      expect(story.run(fulfilment, `${orderNumber}-NORTH-1`).cases.map(({ cause }) => cause)).toContain(
        `failed-${effect}`,
      );
      expect(story.state()).toBe('fulfilling');
    },
  );
});
