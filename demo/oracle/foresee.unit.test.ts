import { describe, expect, test } from 'vitest';
import { decimal } from '#model/kernel';
import type { Incident, Plan, PlannedOrder, Submission } from '../plan/plan.ts';
import { incidentKinds } from '../plan/plan.ts';
import type { Expected, ExpectedLine } from './expected.ts';
import { foresee, foreseeDay } from './foresee.ts';

const line = (item: string, quantity: string, unitPrice: string, kind: 'goods' | 'charge' = 'goods') => ({
  kind,
  item,
  quantity: decimal(quantity),
  unit: 'EA' as const,
  unitPrice: decimal(unitPrice),
});

interface Given {
  readonly submission?: Partial<Submission>;
  readonly incident?: Incident;
  readonly agreed?: readonly string[];
  readonly channel?: 'api' | 'crm';
}

function order({ submission, incident, agreed, channel = 'api' }: Given): PlannedOrder {
  const lines = submission?.lines ?? [
    line('A', '10', '2.50'),
    line('B', '4', '1.25'),
    line('POST', '1', '18', 'charge'),
  ];
  return {
    id: '1',
    channel,
    submission: {
      customer: '17850',
      customerPurchaseOrder: 'PO-1',
      currency: 'GBP',
      orderedAt: '2010-12-01T08:26:00.000Z',
      shipTo: { name: 'X', country: 'GB' },
      sourceReference: '1',
      ...submission,
      lines,
    },
    agreed: agreed?.map((price) => decimal(price)) ?? lines.map(({ unitPrice }) => unitPrice),
    ...(incident === undefined ? {} : { incident }),
  };
}

const planOf = (planned: PlannedOrder, stock: Plan['stock'] = {}): Plan => ({
  seed: 1,
  input: 'hand-made',
  orders: [planned],
  stock,
  incidents: Object.fromEntries(incidentKinds.map((kind) => [kind, 0])) as Plan['incidents'],
});

const foreseen = (given: Given, stock?: Plan['stock']): Expected => {
  const planned = order(given);
  return foresee(planned, planOf(planned, stock));
};

const text = (lines: readonly ExpectedLine[]) => lines.map(({ item, quantity }) => `${quantity} ${item}`);
const places = ({ places: all }: Expected) =>
  all.map(({ site, booked, shipped }) => ({ site, booked: text(booked), shipped: text(shipped) }));
const levels = (NORTH: string, SOUTH: string) => ({ NORTH: decimal(NORTH), SOUTH: decimal(SOUTH) });

describe('an order that nothing happens to', () => {
  test('is completed from one warehouse, whichever, with its charges invoiced', () => {
    const expected = foreseen({});
    expect(expected).toMatchObject({ outcome: 'completed', holds: [], chargesInvoiced: true });
    expect(places(expected)).toEqual([{ site: 'any', booked: ['10 A', '4 B'], shipped: ['10 A', '4 B'] }]);
    expect(expected.value.ordered.toFixed(2)).toBe('48.00');
    expect(expected.value.invoiced.toFixed(2)).toBe('48.00');
    expect(expected.value.shipped.toFixed(2)).toBe('30.00');
  });

  test('ships from the one warehouse that has everything', () => {
    expect(places(foreseen({}, { B: levels('0', '4') }))).toMatchObject([{ site: 'SOUTH' }]);
  });

  test('with charges alone is booked and invoiced, and nothing ships', () => {
    const expected = foreseen({ submission: { lines: [line('M', '2', '5', 'charge')] } });
    expect(expected).toMatchObject({
      outcome: 'completed',
      chargesInvoiced: true,
      places: [{ site: 'any', booked: [] }],
    });
    expect(expected.value.invoiced.toFixed(2)).toBe('10.00');
  });

  test('keeps the same item twice as two lines', () => {
    const expected = foreseen({ submission: { lines: [line('A', '1', '2'), line('A', '3', '2')] } });
    expect(places(expected)).toMatchObject([{ booked: ['1 A', '3 A'] }]);
  });
});

describe('what the door finds', () => {
  test('a missing customer and every line that is no order line, all at once', () => {
    const { customer: _, ...anonymous } = order({}).submission;
    const lines = [
      line('A', '-1', '2'),
      line('B', '0', '2'),
      line('C', '1', '-2'),
      line('D', '1', '-2', 'charge'),
      line('E', '1.5', '2'),
    ];
    const planned: PlannedOrder = { ...order({}), submission: { ...anonymous, lines } };
    expect(foresee(planned, planOf(planned))).toMatchObject({
      outcome: 'refused',
      findings: ['/customer', '/lines/0/quantity', '/lines/1/quantity', '/lines/2/unitPrice', '/lines/4/quantity'],
    });
    expect(foresee({ ...planned, channel: 'crm' }, planOf(planned)).outcome).toBe('quarantined');
  });
});

describe('holds', () => {
  test('a price more than one percent off the agreed one, and not one at it', () => {
    expect(foreseen({ agreed: ['2.50', '1.30', '18'] })).toMatchObject({ holds: ['price'], outcome: 'completed' });
    expect(foreseen({ agreed: ['2.525', '1.25', '18'] })).toMatchObject({ holds: [] });
    expect(foreseen({ agreed: ['2.50', '1.25', '99'] })).toMatchObject({ holds: [] });
  });

  test('credit counts the tax, and ends as people decide', () => {
    const credit = (kind: Incident['kind'], limit: string) =>
      foreseen({ incident: { kind, creditLimit: decimal(limit) } });
    expect(credit('credit-released', '57.59')).toMatchObject({ holds: ['credit'], outcome: 'completed' });
    expect(credit('credit-released', '57.60')).toMatchObject({ holds: [] });
    expect(credit('credit-never-released', '1')).toMatchObject({ holds: ['credit'], outcome: 'held', places: [] });
    expect(credit('cancelled-while-held', '1')).toMatchObject({ outcome: 'cancelled', places: [], charges: [] });
  });

  test('an unknown item keeps back its line alone', () => {
    const expected = foreseen({ incident: { kind: 'unknown-item', line: 0 } });
    expect(expected).toMatchObject({ holds: ['item'], outcome: 'completed-short' });
    expect(places(expected)).toMatchObject([{ booked: ['4 B'] }]);
  });

  test('the same purchase order number again is held for it and cancelled', () => {
    const planned = order({ incident: { kind: 'duplicate-purchase-order', line: 0 }, agreed: ['3', '1.25', '18'] });
    expect(foreseeDay(planOf(planned))).toMatchObject([
      { id: '1', holds: ['price'], outcome: 'completed' },
      { id: '1 again', holds: ['price', 'duplicate'], outcome: 'cancelled', places: [] },
    ]);
  });
});

describe('stock', () => {
  const short = (kind: Incident['kind'], shippingPolicy: NonNullable<Submission['shippingPolicy']>) =>
    foreseen({ incident: { kind, line: 0 }, submission: { shippingPolicy } }, { A: levels('5', '0') });

  test('too little: what is there ships, by the policy', () => {
    expect(places(short('stock-backordered', 'ship-partial'))).toMatchObject([
      { site: 'NORTH', booked: ['5 A', '4 B'] },
    ]);
    expect(short('stock-backordered', 'ship-partial').outcome).toBe('completed-short');
    expect(short('stock-fill-or-kill', 'fill-or-kill').outcome).toBe('completed-short');
    expect(short('stock-ship-complete', 'ship-complete')).toMatchObject({ outcome: 'cancelled', places: [] });
  });

  test('over two warehouses: the line is split, the others ship from the north', () => {
    expect(places(foreseen({ incident: { kind: 'two-warehouses', line: 0 } }, { A: levels('7', '3') }))).toEqual([
      { site: 'NORTH', booked: ['7 A', '4 B'], shipped: ['7 A', '4 B'] },
      { site: 'SOUTH', booked: ['3 A'], shipped: ['3 A'] },
    ]);
  });

  test('a short pick is booked whole and shipped less', () => {
    const incident: Incident = { kind: 'short-pick', line: 0, missing: decimal('4') };
    const expected = foreseen({ incident }, { A: levels('10', '0') });
    expect(places(expected)).toEqual([{ site: 'NORTH', booked: ['10 A', '4 B'], shipped: ['6 A', '4 B'] }]);
    expect(expected.outcome).toBe('completed-short');
  });

  test('a cancellation that the warehouse accepts leaves the booking and ships nothing', () => {
    const expected = foreseen({ incident: { kind: 'cancellation-accepted' } });
    expect(expected).toMatchObject({ outcome: 'cancelled', chargesInvoiced: false });
    expect(places(expected)).toEqual([{ site: 'any', booked: ['10 A', '4 B'], shipped: [] }]);
  });
});
