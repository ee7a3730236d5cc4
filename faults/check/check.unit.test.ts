import { describe, expect, test } from 'vitest';
import { check, countCompleted, countOrders, countParked, type Show, vacuous } from './check.ts';
import type { Effect, Evidence, SeenOrder } from './evidence.ts';
import { goodEffects, goodEvidence, goodOrder } from './testing-evidence.ts';

const { sale, release, shipped, issued, invoiced } = goodEffects;
const withEffects = (...effects: readonly Effect[]): Evidence => ({ ...goodEvidence, effects });
const withOrder = (changes: Partial<SeenOrder>): Evidence => ({
  ...goodEvidence,
  orders: new Map([['100001', { ...goodOrder, ...changes }]]),
});
const rulesOf = (evidence: Evidence): readonly string[] => [...new Set(check(evidence).map(({ rule }) => rule))];
const whatOf = (evidence: Evidence): string =>
  check(evidence)
    .map(({ rule, means, what }) => `${rule} ${means}: ${what}`)
    .join('\n');

test('given everything as it should be, nothing is found', () => {
  expect(check(goodEvidence)).toEqual([]);
  expect(countParked(goodEvidence)).toBe(0);
});

describe('I1', () => {
  test('an acknowledged order that the API does not know is lost', () => {
    const evidence = { ...goodEvidence, effects: [], orders: new Map([['100001', undefined]]) };
    expect(whatOf(evidence)).toContain('I1 lost: the API does not know it');
    expect(countOrders(check(evidence), 'lost')).toBe(1);
  });
  test('a second sales order under the same key, and one that the order does not know, are doubled', () => {
    expect(whatOf(withEffects(...goodEvidence.effects, { ...sale, number: 'SO2' }))).toMatch(
      /I1 doubled: sale-confirmed .* more than once[\s\S]*SO2 stands in the ERP/,
    );
  });
  test('a sales order that was cancelled again does not stand', () => {
    const cancelled = { ...sale, kind: 'sale-cancelled', number: 'SO2' };
    const other = { ...sale, number: 'SO2', description: 'order-to-cash:100001:book-in-erp:2.1-NORTH' };
    const effects = [...goodOrder.effects, { name: 'book-in-erp', key: other.description, status: 'undone' }];
    expect(check({ ...withOrder({ effects }), effects: [...goodEvidence.effects, other, cancelled] })).toEqual([]);
  });
  test.each([
    ['release', { ...release, kind: 'duplicate-release' }],
    ['goods issue', issued],
    ['shipment', shipped],
    ['invoice', { ...invoiced, number: 'I2' }],
  ])('a %s that came twice is doubled', (_, effect) => {
    const findings = check(withEffects(...goodEvidence.effects, effect));
    expect(countOrders(findings, 'doubled')).toBe(1);
  });
  test.each([
    ['sales order', [release, shipped, issued, invoiced], 'SO1 is not in the ERP'],
    ['release', [sale, shipped, issued, invoiced], 'the warehouse never had 100001-NORTH-1'],
    ['goods issue', [sale, release, shipped, invoiced], 'shipment N-1 is not issued'],
    ['invoice', [sale, release, shipped, issued], '1 shipments and 0 invoices'],
  ])('a completed order without its %s is lost', (_, effects, what) => {
    const findings = check(withEffects(...effects));
    expect(findings.map((finding) => finding.what).join('\n')).toContain(what);
    expect(countOrders(findings, 'lost')).toBe(1);
  });
  test('a cancelled order whose sales order stands was not compensated', () => {
    const evidence = { ...withOrder({ state: 'cancelled', fulfilments: [] }), effects: [sale] };
    expect(whatOf(evidence)).toContain('I1 wrong: it is cancelled and its sales order SO1 stands');
  });
  test('one that was given up must have left as little behind', () => {
    const givenUp = { ...withOrder({ state: 'compensated', fulfilments: [] }), calledOff: ['100001'] };
    expect(whatOf({ ...givenUp, effects: [sale] })).toContain(
      'I1 wrong: it is compensated and its sales order SO1 stands',
    );
    expect(whatOf({ ...givenUp, effects: [invoiced] })).toContain('it is compensated and has the invoice I1');
  });
  test('one key that made two orders is doubled', () => {
    const [first] = goodEvidence.acknowledged;
    const acknowledged = [...goodEvidence.acknowledged, { ...first, orderNumber: '100002' } as never];
    expect(whatOf({ ...goodEvidence, acknowledged })).toContain('I1 doubled: key k-1 made the orders 100001, 100002');
  });
});

test('I2: what nobody asked for, and what stands under a key that was never asked, is found', () => {
  expect(rulesOf(withOrder({ effects: goodOrder.effects.slice(1) }))).toEqual(['I2']);
  expect(whatOf(withEffects({ ...sale, description: 'other' }, release, shipped, issued, invoiced))).toContain(
    'under the key other, which was never asked',
  );
  const stranger = { ...sale, reference: '999999', number: 'SO9', description: 'stranger' };
  expect(rulesOf(withEffects(...goodEvidence.effects, stranger))).toContain('I2');
});

test.each([
  ['less than what did not leave', { ours: '6' }],
  ['below zero', { ours: '-1' }],
  ['other than the shelf', { theirs: '8' }],
  ['claimed by nobody', { claimed: '1' }],
  ['claimed beyond what is there', { claimed: '8' }],
])('I3: stock that is %s', (_, changes: Readonly<Record<string, string>>) => {
  const changed = Object.fromEntries(
    Object.entries(changes).map(([name, quantity]) => [name, [{ item: 'HEART', site: 'NORTH', quantity }]]),
  );
  expect(rulesOf({ ...goodEvidence, stock: { ...goodEvidence.stock, ...changed } })).toEqual(['I3']);
});

test('I3: more that left than there was', () => {
  const before = [{ item: 'HEART', site: 'NORTH', quantity: '2' }];
  expect(whatOf({ ...goodEvidence, stock: { ...goodEvidence.stock, before } })).toContain('more left than there was');
});

test('I4: an effect before its cause, and news that gets older', () => {
  expect(rulesOf(withEffects({ ...release, at: '2026-01-05T09:00:00.000Z' }, sale, shipped, issued, invoiced))).toEqual(
    ['I4'],
  );
  const news = (version: number): Effect => ({
    at: sale.at,
    system: 'crm',
    kind: 'opportunity-updated',
    id: 'O1',
    fields: { Crossdock_News_Version__c: version },
  });
  expect(rulesOf(withEffects(...goodEvidence.effects, news(1), news(2)))).toEqual([]);
  expect(rulesOf(withEffects(...goodEvidence.effects, news(2), news(2)))).toEqual(['I4']);
});

test('I5: another quantity, another price, another sum', () => {
  const invoice = (quantity: string, unitPrice: string, untaxed: string): Evidence =>
    withEffects(sale, release, shipped, issued, {
      ...invoiced,
      untaxed,
      lines: [{ product: 'HEART', quantity, unitPrice }],
    });
  expect(rulesOf(invoice('2', '2.50', '5.00'))).toEqual(['I5']);
  expect(rulesOf(invoice('3', '2.40', '7.20'))).toEqual(['I5']);
  expect(rulesOf(invoice('3', '2.50', '7.40'))).toEqual(['I5']);
});

test('I6: an order that goes nowhere and of which nobody is told is lost; one with a case is parked', () => {
  const stuck = { ...withOrder({ state: 'booking', phase: 'forward', bookings: [] }), effects: [sale] };
  expect(rulesOf(stuck)).toEqual(['I6']);
  const parked = { ...stuck, orders: new Map([['100001', { ...goodOrder, phase: 'forward', openCases: ['failed'] }]]) };
  expect(rulesOf(parked)).toEqual([]);
  expect(countParked(parked)).toBe(1);
  const left = goodOrder.effects.map((effect) => ({ ...effect, status: 'under way' }));
  expect(rulesOf(withOrder({ effects: left }))).toEqual(['I6']);
});

test('I7: a broken chain', () => {
  expect(rulesOf({ ...goodEvidence, brokenChains: ['order-to-cash 100001: entry 3'] })).toEqual(['I7']);
});

describe('a run that proves nothing', () => {
  const show: Show = {
    acknowledged: 1,
    completed: 1,
    planned: [{ name: 'kill', fired: 1 }],
    retries: 1,
    mustRetry: true,
  };
  test.each([
    ['nothing was acknowledged', { acknowledged: 0 }],
    ['no order was completed', { completed: 0 }],
    ['no fault was planned', { planned: [] }],
    ['the fault "kill" never fired', { planned: [{ name: 'kill', fired: 0 }] }],
    ['nothing had to be done again', { retries: 0 }],
  ])('%s', (what, changes) => {
    expect(vacuous(show)).toEqual([]);
    expect(vacuous({ ...show, ...changes }).map((finding) => finding.what)).toEqual([what]);
  });
  test('completes nothing, unless it says why', () => {
    expect(vacuous({ ...show, completed: 0, completesNothing: 'every order is cancelled' })).toEqual([]);
    expect(countCompleted(goodEvidence)).toBe(1);
    expect(countCompleted(withOrder({ state: 'cancelled' }))).toBe(0);
  });
});
