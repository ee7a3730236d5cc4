import { describe, expect, test } from 'vitest';
import { CancelRequested, fulfilment, HoldReleased, orderToCash } from '#business/flows';
import { orderOfTests, underWay } from '#business/flows/testing';
import type { Shipment } from '#model/canonical';
import { type Decimal, decimal, Fault, subtract } from '#model/kernel';
import { FulfilmentAcknowledged, FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';
import { deadline } from '#platform/engine';
import { compileSchema } from '#platform/gateway';
import { Comparison } from '../comparison-schema.ts';
import type { OrderRecord } from '../record/order-record.ts';
import { orderOnPaper } from '../testing/order-on-paper.ts';
import { compareSystems } from './compare-systems.ts';

const north = '100001-NORTH-1';
const fromCrm = { channel: 'crm', source: 'crm-main', sourceReference: '006-1' } as const;
const noCharges = { lines: orderOfTests().lines.filter(({ kind }) => kind === 'goods') };

const shipment = (
  number: string,
  lines: readonly (readonly [line: number, item: string, shipped: string, short?: string])[],
  fulfilmentNumber = north,
): Shipment => ({
  shipmentNumber: number,
  fulfilmentNumber,
  site: 'NORTH',
  shippedAt: '2026-03-02T15:00:00.000Z',
  carrier: 'DHL',
  trackingNumber: `T-${number}`,
  lines: lines.map(([lineNumber, item, shipped, short = '0']) => ({
    ...{ lineNumber, item, unit: 'EA' },
    ...{ shipped: decimal(shipped), short: decimal(short) },
  })),
});
const everything = shipment('S1', [
  [1, '85123A', '6'],
  [2, '71053', '10'],
]);

type Paper = ReturnType<typeof orderOnPaper>;
const confirm = ({ story }: Paper, left: Shipment, final = true): void =>
  story.tell(
    fulfilment,
    left.fulfilmentNumber,
    ShipmentConfirmed,
    { shipment: left, final, inferred: [] },
    'wms-north',
  );
const acknowledge = ({ story }: Paper, accepted = true, reasons: readonly string[] = []): void =>
  story.tell(
    fulfilment,
    north,
    FulfilmentAcknowledged,
    { fulfilmentNumber: north, document: 'release', accepted, reasons },
    'wms-north',
  );

const contradictions = (record: OrderRecord) => compareSystems(record).contradictions;
const says = (record: OrderRecord): readonly string[] => contradictions(record).map((each) => each.says);
const cellOf = (record: OrderRecord, property: string, system: string) =>
  compareSystems(record)
    .rows.find((each) => each.property === property)
    ?.cells.find((each) => each.system === system);

/** Notes every moment at which anything was said to be wrong. */
function watched() {
  const alarms: unknown[] = [];
  let looks = 0;
  return {
    alarms,
    looks: () => looks,
    look: (read: () => OrderRecord): void => {
      looks += 1;
      const found = compareSystems(read());
      const rows = found.rows.filter(({ agrees }) => !agrees);
      if (found.contradictions.length + rows.length > 0) alarms.push({ said: found.contradictions, rows });
    },
  };
}

describe('who says what, while all goes well', () => {
  test('nothing is wrong at any step of an order that is booked, released, shipped in two parts, and invoiced', () => {
    const { look, alarms, looks } = watched();
    const paper = orderOnPaper(
      { 'release-to-warehouse': () => ({ reference: '940', acknowledgeWithinMs: 1_000 }) },
      fromCrm,
      look,
    );
    paper.handOnNews();
    acknowledge(paper);
    confirm(paper, shipment('S1', [[1, '85123A', '6']]), false);
    paper.handOnNews();
    confirm(paper, shipment('S2', [[2, '71053', '10']]));
    paper.handOnNews();
    expect(paper.story.run(orderToCash, paper.orderNumber).state).toBe('completed');
    expect(looks()).toBeGreaterThan(30);
    expect(alarms).toEqual([]);
  });

  test('at its end everybody says the same, in their own words', () => {
    const paper = orderOnPaper({}, fromCrm);
    confirm(paper, everything);
    paper.handOnNews();
    const found = compareSystems(paper.read());
    expect(compileSchema(Comparison).failures(found)).toEqual([]);
    expect(found.systems.map(({ system, role }) => [system, role])).toEqual([
      ['crossdock', 'crossdock'],
      ['crm-main', 'crm'],
      ['erp-main', 'erp'],
      ['wms-north', 'warehouse'],
    ]);
    const values = Object.fromEntries(
      found.rows.map(({ property, cells }) => [property, cells.map(({ value }) => value)]),
    );
    expect(values).toMatchObject({
      state: ['completed', 'completed', 'SO1 invoiced', 'shipped'],
      tracking: ['T-S1', 'T-S1', 'T-S1', 'T-S1'],
      customer: ['17850', '17850 Harbour Gifts'],
      'customer’s purchase order': ['536365', '536365', '536365'],
      currency: ['GBP', 'GBP'],
      'booked untaxed': ['67.20', '67.20'],
      'invoiced untaxed': ['67.20', '67.20'],
      'line 2: ordered': ['10'],
      'line 2: booked': ['10', '10'],
      'line 2: released': ['10', '10'],
      'line 2: shipped': ['10', '10', '10'],
      'line 2: invoiced': ['10', '10'],
      'line 2: price': ['3.39', '3.39'],
    });
    expect(found.rows.flatMap(({ cells }) => cells.map(({ standing }) => standing))).toEqual(
      found.rows.flatMap(({ cells }) => cells.map(() => 'agrees')),
    );
  });

  test('nothing is wrong at any step of short picks and the round that follows, of holds, changes and cancellations', () => {
    const { look, alarms } = watched();
    let limit = '10';
    const customer = () => ({
      ...{ known: true, name: 'Harbour Gifts', blocked: false, currency: 'GBP' },
      ...{ creditLimit: limit, creditUsed: '0' },
    });
    const short = orderOnPaper({ 'check-customer': customer }, noCharges, look);
    short.story.tell(orderToCash, short.orderNumber, HoldReleased, {
      ...{ hold: 'credit', releasedBy: 'api:finance', reason: 'paid' },
    });
    limit = '1000';
    confirm(
      short,
      shipment('S1', [
        [1, '85123A', '6'],
        [2, '71053', '8', '2'],
      ]),
    );
    expect(short.story.run(orderToCash, short.orderNumber).state).toBe('awaiting-remainder');
    short.story.tell(orderToCash, short.orderNumber, deadline, {
      visit: short.story.run(orderToCash, short.orderNumber).visit,
    });
    confirm(short, shipment('S2', [[2, '71053', '2']], '100001-NORTH-2'));
    expect(short.story.run(orderToCash, short.orderNumber).state).toBe('completed');
    expect(alarms).toEqual([]);

    const held = orderOnPaper({ 'check-customer': () => ({ ...customer(), creditLimit: '1' }) }, noCharges, look);
    held.story.tell(orderToCash, held.orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'twice' });
    const stopped = orderOnPaper({}, {}, look);
    stopped.story.tell(orderToCash, stopped.orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'twice' });
    stopped.story.tell(fulfilment, north, FulfilmentCancelled, { fulfilmentNumber: north }, 'wms-north');
    for (const paper of [held, stopped]) {
      expect(paper.story.run(orderToCash, paper.orderNumber).state).toBe('cancelled');
    }
    expect(alarms).toEqual([]);
  });

  test('what is under way is in flight, whoever has it', () => {
    const paper = orderOnPaper({ 'book-in-erp': () => underWay }, fromCrm);
    const [key = ''] = paper.story.run(orderToCash, paper.orderNumber).open.map((open) => open.key);
    for (const standing of ['safe to send', 'under way', 'in doubt: asking'] as const) {
      const record = paper.read({ standings: { [key]: standing } });
      expect(contradictions(record)).toEqual([]);
      expect(cellOf(record, 'state', 'erp-main')?.standing).toBe('in-flight');
      expect(cellOf(record, 'state', 'crm-main')?.standing).toBe('in-flight');
      expect(cellOf(record, 'line 1: booked', 'erp-main')).toMatchObject({ value: '0', standing: 'in-flight' });
    }
  });
});

describe('who says what, when something is wrong', () => {
  test('an ERP that invoices 10 where 8 left gives exactly one contradiction, with the line and what is missing', () => {
    const paper = orderOnPaper(
      {
        'post-invoice': () => ({
          invoices: [
            {
              ...{ id: '1', number: 'INV1', untaxed: '49.20', tax: '9.84', total: '59.04' },
              lines: [
                { item: '85123A', quantity: '6', unitPrice: '2.55' },
                { item: '71053', quantity: '10', unitPrice: '3.39' },
              ],
            },
          ],
        }),
      },
      noCharges,
    );
    confirm(
      paper,
      shipment('S1', [
        [1, '85123A', '6'],
        [2, '71053', '8', '2'],
      ]),
    );
    const record = paper.read();
    expect(contradictions(record)).toEqual([
      {
        property: 'line 2: invoiced',
        says: 'erp-main has invoiced another quantity than left: line 2 10 instead of 8.',
        missing: {
          ...{ message: 'credit memo', from: 'erp-main', to: 'crossdock' },
          whatToDo: expect.stringContaining('credit memo'),
        },
      },
    ]);
    expect(cellOf(record, 'line 2: invoiced', 'erp-main')).toMatchObject({ value: '10', standing: 'differs' });
    expect(cellOf(record, 'invoiced untaxed', 'erp-main')).toMatchObject({ value: '49.20', standing: 'differs' });
    expect(cellOf(record, 'line 1: invoiced', 'erp-main')?.standing).toBe('agrees');
  });

  test('a shipping confirmation that is lost is missed when the time for it is over, and not before', () => {
    const paper = orderOnPaper({}, fromCrm);
    paper.handOnNews();
    const due = { [`fulfilment/${north}`]: '2026-03-03T09:00:00.000Z' };
    expect(contradictions(paper.read({ due }))).toEqual([]);
    const late = paper.read({ due, now: '2026-03-03T09:00:01.000Z' });
    expect(contradictions(late)).toMatchObject([
      {
        property: 'state',
        missing: { message: 'shipping confirmation', from: 'wms-north', to: 'crossdock', since: expect.any(String) },
      },
    ]);
    expect(cellOf(late, 'state', 'wms-north')?.standing).toBe('silent');
    // It rang, and the case is open: it is still missing.
    paper.story.tell(fulfilment, north, deadline, {
      state: 'released',
      visit: paper.story.run(fulfilment, north).visit,
    });
    expect(contradictions(paper.read())).toHaveLength(1);
    confirm(paper, everything);
    paper.handOnNews();
    expect(contradictions(paper.read())).toEqual([]);
  });

  test('a release that nobody acknowledged, and one that could not be read', () => {
    const actors = { 'release-to-warehouse': () => ({ reference: '940', acknowledgeWithinMs: 60_000 }) };
    const paper = orderOnPaper(actors);
    const due = { [`fulfilment/${north}`]: '2026-03-02T09:30:00.000Z' };
    expect(contradictions(paper.read({ due }))).toEqual([]);
    expect(cellOf(paper.read({ due }), 'state', 'wms-north')?.standing).toBe('in-flight');
    expect(contradictions(paper.read({ due, now: '2026-03-02T10:00:00.000Z' }))).toMatchObject([
      { missing: { message: 'release acknowledgement', from: 'wms-north', to: 'crossdock' } },
    ]);
    acknowledge(paper, false, ['N404 is no postal code']);
    expect(contradictions(paper.read())).toMatchObject([
      { says: expect.stringContaining('N404'), missing: { message: 'release that it can read', to: 'wms-north' } },
    ]);
    expect(cellOf(paper.read(), 'state', 'wms-north')).toMatchObject({
      value: 'could not read it',
      standing: 'differs',
    });
  });

  test('a CRM that is behind: the call failed, or the news never got as far', () => {
    const failed = orderOnPaper(
      {
        'tell-crm': ({ state }: { readonly state: string }) => {
          if (state === 'confirmed')
            throw new Fault('permanent', { code: 'no-field', message: 'there is no such field' });
        },
      },
      fromCrm,
    );
    failed.handOnNews();
    expect(contradictions(failed.read())).toMatchObject([
      { says: expect.stringContaining('no such field'), missing: { message: 'news to the CRM', to: 'crm-main' } },
    ]);
    expect(cellOf(failed.read(), 'state', 'crm-main')).toMatchObject({ value: 'checking', standing: 'differs' });

    const forgotten = orderOnPaper({}, fromCrm);
    expect(contradictions(forgotten.read())).toEqual([]);
    expect(contradictions(forgotten.read({ now: '2026-03-02T10:00:00.000Z' }))).toMatchObject([
      { says: expect.stringContaining('crm-main shows nothing'), missing: { message: 'news to the CRM' } },
    ]);
  });

  test('an ERP with another price: while the order is held for it, and when it booked at that', () => {
    const quote = ({ lines }: { readonly lines: readonly { readonly lineNumber: number }[] }) => ({
      lines: lines.map(({ lineNumber }) => ({
        ...{ lineNumber, known: true, unitPrice: lineNumber === 1 ? '2.95' : '3.39', taxPercent: '20', unit: 'EA' },
      })),
    });
    const paper = orderOnPaper({ 'check-prices': quote }, noCharges);
    expect(says(paper.read())).toEqual(['erp-main has other prices than the order: line 1 2.95 instead of 2.55.']);
    expect(cellOf(paper.read(), 'line 1: price', 'erp-main')).toMatchObject({ value: '2.95', standing: 'differs' });
    paper.story.tell(orderToCash, paper.orderNumber, HoldReleased, {
      ...{ hold: 'price', releasedBy: 'api:sales', reason: 'agreed by telephone' },
    });
    expect(paper.story.run(orderToCash, paper.orderNumber).state).toBe('fulfilling');
    expect(contradictions(paper.read())).toEqual([]);

    const dearer = orderOnPaper(
      { 'book-in-erp': () => ({ id: '1', reference: 'SO1', untaxed: '51.60', tax: '10.32', total: '61.92' }) },
      noCharges,
    );
    expect(says(dearer.read())).toEqual([
      "erp-main books SO1 at 51.60 GBP untaxed; at the order's prices it is 49.20.",
    ]);
    expect(cellOf(dearer.read(), 'booked total', 'erp-main')?.standing).toBe('differs');
  });

  test('a cancelled order that its warehouse still has', () => {
    const paper = orderOnPaper();
    // Somebody gave the fulfilment up without asking the warehouse.
    paper.story.tell(fulfilment, north, { name: 'decide.compensate' }, { reason: 'customer is gone' }, 'person:jane');
    expect(paper.story.run(fulfilment, north).state).toBe('cancelled');
    expect(contradictions(paper.read())).toMatchObject([
      {
        says: `Our books have closed ${north}; wms-north has it and may still ship it.`,
        missing: { message: 'request to stop', from: 'crossdock', to: 'wms-north' },
      },
    ]);
    confirm(paper, everything);
    const late = says(paper.read());
    expect(late.some((each) => each.includes('shipment S1 left with 6 EA of line 1, 10 EA of line 2'))).toBe(true);
    expect(cellOf(paper.read(), 'line 1: shipped', 'wms-north')).toMatchObject({ value: '6', standing: 'differs' });
  });

  test('a verdict on a cancellation that does not come', () => {
    const paper = orderOnPaper();
    paper.story.tell(orderToCash, paper.orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'twice' });
    const due = { [`fulfilment/${north}`]: '2026-03-02T13:00:00.000Z' };
    expect(contradictions(paper.read({ due }))).toEqual([]);
    expect(contradictions(paper.read({ due, now: '2026-03-02T14:00:00.000Z' }))).toMatchObject([
      { missing: { message: 'verdict on the cancellation', from: 'wms-north', to: 'crossdock' } },
    ]);
  });

  test('a booking that stands in the ERP though the order is cancelled', () => {
    const paper = orderOnPaper({
      'undo book-in-erp': () => {
        throw new Fault('permanent', { code: 'locked', message: 'the sales order is locked' });
      },
      'reserve-stock': ({ lines }: { readonly lines: readonly { lineNumber: number; quantity: Decimal }[] }) => ({
        lines: lines.map(({ lineNumber, quantity }) => ({
          lineNumber,
          places: [{ site: lineNumber === 1 ? 'NORTH' : 'SOUTH', quantity }],
          short: '0',
        })),
      }),
      'book-in-erp': (request: { readonly site: string }, occurrence: string) =>
        request.site === 'SOUTH'
          ? underWay
          : { id: occurrence, reference: `SO-${occurrence}`, untaxed: '33.30', tax: '6.66', total: '39.96' },
    });
    expect(contradictions(paper.read())).toEqual([]);
    paper.story.tell(orderToCash, paper.orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'twice' });
    expect(contradictions(paper.read())).toMatchObject([
      { says: expect.stringContaining('locked'), missing: { message: 'withdrawal of the booking', to: 'erp-main' } },
    ]);
  });

  test('a booking whose answer does not come, by what is known of it', () => {
    const paper = orderOnPaper({ 'book-in-erp': () => underWay });
    const [key = ''] = paper.story.run(orderToCash, paper.orderNumber).open.map((open) => open.key);
    const late = { due: { 'order-to-cash/100001': '2026-03-02T09:10:00.000Z' }, now: '2026-03-02T09:11:00.000Z' };
    expect(contradictions(paper.read({ ...late, standings: { [key]: 'safe to send' } }))).toMatchObject([
      { missing: { message: 'booking', from: 'crossdock', to: 'erp-main', whatToDo: expect.stringContaining('lane') } },
    ]);
    const doubted = paper.read({ ...late, standings: { [key]: 'in doubt: asking' } });
    expect(contradictions(doubted)).toMatchObject([
      { missing: { message: 'booking confirmation', from: 'erp-main', to: 'crossdock' } },
    ]);
    expect(cellOf(doubted, 'state', 'erp-main')?.standing).toBe('silent');
  });

  test('a refused booking is no contradiction: both say that it is not booked', () => {
    const paper = orderOnPaper({
      'book-in-erp': () => {
        throw new Fault('business', { code: 'credit-limit-exceeded', message: 'No credit.' });
      },
    });
    expect(paper.story.run(orderToCash, paper.orderNumber).state).toBe('held');
    expect(contradictions(paper.read())).toEqual([]);
    expect(cellOf(paper.read(), 'state', 'erp-main')).toMatchObject({
      value: 'refused: No credit.',
      standing: 'agrees',
    });
  });

  test('a warehouse that ships more than it was given', () => {
    const paper = orderOnPaper();
    confirm(paper, shipment('S1', [[1, '85123A', '7']]), false);
    expect(says(paper.read())).toEqual([
      'wms-north says that shipment S1 left with 7 EA of line 1; our books have not taken it.',
    ]);
  });

  test('a customer whom the ERP does not know', () => {
    const paper = orderOnPaper({ 'check-customer': () => ({ known: false }) });
    expect(contradictions(paper.read())).toMatchObject([
      { property: 'customer', missing: { message: 'customer record', to: 'erp-main' } },
    ]);
  });
});

test('bookings for two warehouses are one sum, and no quarrel with each other, at any moment', () => {
  const differing: string[] = [];
  const paper = orderOnPaper(
    {
      'reserve-stock': ({ lines }: { readonly lines: readonly { lineNumber: number; quantity: Decimal }[] }) => ({
        lines: lines.map(({ lineNumber, quantity }) => ({
          lineNumber,
          places: [
            { site: 'NORTH', quantity: '2' },
            { site: 'SOUTH', quantity: subtract(quantity, decimal('2')) },
          ],
          short: '0',
        })),
      }),
    },
    {},
    (read) => {
      const { rows, contradictions: found } = compareSystems(read());
      differing.push(
        ...rows.filter(({ agrees }) => !agrees).map(({ property }) => property),
        ...found.map(({ says: it }) => it),
      );
    },
  );
  const { rows } = compareSystems(paper.read());
  const said = (property: string) =>
    rows.find((row) => row.property === property)?.cells.map(({ system, value }) => [system, value]);
  expect(said('line 2: booked')).toEqual([
    ['crossdock', '10'],
    ['erp-main', '10'],
  ]);
  expect(said('line 2: released')).toEqual([
    ['crossdock', '10'],
    ['wms-north', '2'],
    ['wms-south', '8'],
  ]);
  expect(differing).toEqual([]);
});

test('an order of two hundred lines is compared in a few milliseconds', () => {
  const lines = Array.from({ length: 200 }, (_, index) => ({
    ...{ lineNumber: index + 1, kind: 'goods' as const, item: `I${index}`, unit: 'EA' },
    ...{ quantity: decimal('10'), unitPrice: decimal('2.50') },
  }));
  const paper = orderOnPaper(
    {
      'check-customer': () => ({ known: true, name: 'A', blocked: false, currency: 'GBP', creditUsed: '0' }),
      'check-prices': ({ lines: asked }: { readonly lines: readonly { readonly lineNumber: number }[] }) => ({
        lines: asked.map(({ lineNumber }) => ({
          ...{ lineNumber, known: true, unitPrice: '2.50', taxPercent: '20', unit: 'EA' },
        })),
      }),
    },
    { lines },
  );
  confirm(
    paper,
    shipment(
      'S1',
      lines.map(({ lineNumber, item }) => [lineNumber, item, '10'] as const),
    ),
  );
  const record = paper.read();
  const found = compareSystems(record);
  // Of the processor, and the best of a few: other tests run beside it.
  const times = Array.from({ length: 8 }, () => {
    const began = process.cpuUsage();
    compareSystems(record);
    return process.cpuUsage(began).user / 1_000;
  });
  expect(Math.min(...times)).toBeLessThan(50);
  expect(found.contradictions).toEqual([]);
  expect(found.rows.filter(({ line }) => line === 200).map(({ property }) => property)).toContain('line 200: invoiced');
});
