import { describe, expect, test } from 'vitest';
import { decimal } from '#model/kernel';
import type { LedgerEntry } from '../../simulators/kit/index.ts';
import type { Observed } from '../drive/observed.ts';
import { foreseeDay } from '../oracle/foresee.ts';
import type { Plan, PlannedOrder } from '../plan/plan.ts';
import { incidentKinds } from '../plan/plan.ts';
import { checkDay, type DayEvidence, isAsForeseen } from './check-day.ts';

const line = (item: string, quantity: string, unitPrice: string, kind: 'goods' | 'charge' = 'goods') => ({
  kind,
  item,
  quantity: decimal(quantity),
  unit: 'EA' as const,
  unitPrice: decimal(unitPrice),
});

const lines = [line('A', '10', '2.50'), line('B', '4', '1.25'), line('POST', '1', '18', 'charge')];
const order: PlannedOrder = {
  id: '1',
  channel: 'crm',
  submission: {
    customer: '17850',
    customerPurchaseOrder: 'PO-1',
    currency: 'GBP',
    orderedAt: '2010-12-01T08:26:00.000Z',
    shipTo: { name: 'X', country: 'GB' },
    sourceReference: '1',
    lines,
  },
  agreed: lines.map(({ unitPrice }) => unitPrice),
};

const refused: PlannedOrder = {
  ...order,
  id: 'C2',
  channel: 'api',
  submission: { ...order.submission, lines: [line('A', '-1', '2')] },
};

const plan: Plan = {
  seed: 1,
  input: 'hand-made',
  orders: [order, refused],
  stock: {},
  incidents: Object.fromEntries(incidentKinds.map((kind) => [kind, 0])) as Plan['incidents'],
};

const seen = (some: Partial<Observed>): Observed => ({
  id: '1',
  channel: 'crm',
  findings: [],
  quarantined: false,
  statesSeen: [],
  holdsSeen: [],
  deeds: [],
  wholeMs: 1,
  ...some,
});

const entry = (system: string, kind: string, more: object): LedgerEntry => ({
  at: '2026-03-01T09:30:00.000Z',
  system,
  kind,
  ...more,
});

const goods = [
  { product: 'A', quantity: '10', unitPrice: '2.5' },
  { product: 'B', quantity: '4.0', unitPrice: '1.2500' },
];
const money = { untaxed: '48.00', tax: '9.60', total: '57.60' };
const documentLines = [...goods, { product: 'POST', quantity: '1', unitPrice: '18' }];
const sale = entry('erp', 'sale-confirmed', {
  reference: '100001',
  number: 'S1',
  warehouse: 'NORTH',
  lines: documentLines,
  ...money,
});
const issue = entry('erp', 'shipment-done', {
  reference: '100001',
  number: 'D1',
  shipment: 'W1',
  warehouse: 'NORTH',
  lines: goods,
});
const invoice = entry('erp', 'invoice-posted', { reference: '100001', number: 'I1', lines: documentLines, ...money });
const released = goods.map(({ product, quantity }, at) => ({ line: at + 1, item: product, quantity }));
const release = entry('wms-NORTH', 'release-received', { fulfilmentNumber: '100001-NORTH-1', lines: released });
const shipped = entry('wms-NORTH', 'shipped', {
  fulfilmentNumber: '100001-NORTH-1',
  shipmentNumber: 'W1',
  lines: released,
});
const told = entry('crm', 'opportunity-updated', {
  id: '006',
  fields: { Crossdock_Order_Number__c: '100001', Crossdock_Order_State__c: 'completed' },
});

interface Day {
  readonly erp?: readonly LedgerEntry[];
  readonly wms?: readonly LedgerEntry[];
  readonly crm?: readonly LedgerEntry[];
  readonly observed?: readonly Observed[];
  readonly plan?: Plan;
  readonly scripts?: DayEvidence['scripts'];
}

const wentThrough = seen({ orderNumber: '100001', state: 'completed' });
const wasRefused = seen({ id: 'C2', channel: 'api', status: 422, findings: ['/lines/0/quantity'] });

const check = (day: Day) =>
  checkDay({
    plan: day.plan ?? plan,
    expected: foreseeDay(day.plan ?? plan),
    observed: day.observed ?? [wentThrough, wasRefused],
    ledgers: {
      erp: day.erp ?? [sale, issue, invoice],
      wms: day.wms ?? [release, shipped],
      crm: day.crm ?? [told],
    },
    scripts: day.scripts ?? [],
  });

const what = (day: Day) => check(day).differences.map(({ kind, what: text }) => `${kind}: ${text}`);

describe('a day that went as foreseen', () => {
  test('has no differences, and every submission is as scripted', () => {
    const verdict = check({});
    expect(verdict.differences).toEqual([]);
    expect(verdict).toMatchObject({ accepted: 1, refused: 1, asScripted: 2, lost: 0, doubled: 0 });
    expect(verdict.byOutcome).toEqual({ completed: 1, refused: 1 });
    expect(isAsForeseen(verdict)).toBe(true);
  });

  test('may ship and invoice in parts', () => {
    const [first, second] = goods;
    const half = { untaxed: '25', tax: '5', total: '30' };
    const rest = { untaxed: '23', tax: '4.6', total: '27.6' };
    const part = (base: LedgerEntry, more: object): LedgerEntry => ({ ...base, ...more });
    expect(
      what({
        erp: [
          sale,
          part(issue, { lines: [first] }),
          part(issue, { shipment: 'W2', lines: [second] }),
          part(invoice, { lines: [first], ...half }),
          part(invoice, { number: 'I2', lines: [second, documentLines[2]], ...rest }),
        ],
        wms: [
          release,
          part(shipped, { lines: [released[0]] }),
          part(shipped, { shipmentNumber: 'W2', lines: [released[1]] }),
        ],
      }),
    ).toEqual([]);
  });
});

describe('a corrupted ledger is caught', () => {
  test('a doubled sale', () => {
    expect(what({ erp: [sale, { ...sale, number: 'S2' }, issue, invoice] })).toContainEqual(
      'doubled: 2 sales orders for warehouse any: S1, S2',
    );
  });

  test('a lost sale, release, shipment, issue, invoice, and news that never came', () => {
    expect(what({ erp: [issue, invoice] })).toContainEqual('lost: no sales order in the ERP for warehouse any');
    expect(what({ wms: [shipped] })).toContainEqual('lost: no release reached warehouse any');
    expect(what({ wms: [release] })).toContainEqual('lost: what left warehouse any lacks 10 of A');
    expect(what({ erp: [sale, invoice] })).toContainEqual(
      'lost: shipment W1 was not issued in the ERP under its number',
    );
    expect(what({ erp: [sale, issue] })).toContainEqual('lost: not invoiced: 10 of A at 2.5');
    expect(what({ crm: [] })).toEqual(['lost: the CRM was never told of the order']);
    expect(check({ erp: [sale, issue] })).toMatchObject({ lost: 1, asScripted: 1 });
  });

  test('a second release, a shipment twice, an issue twice, an invoice twice', () => {
    const again = { ...release, fulfilmentNumber: '100001-NORTH-2' };
    expect(what({ wms: [release, again, shipped] })).toContainEqual(
      'doubled: 2 releases to any: 100001-NORTH-1, 100001-NORTH-2',
    );
    expect(what({ wms: [release, release, shipped] })).toContainEqual(
      'doubled: release 100001-NORTH-1 is there 2 times',
    );
    expect(what({ wms: [release, shipped, shipped] })).toContainEqual('doubled: shipment W1 is there 2 times');
    expect(what({ erp: [sale, issue, issue, invoice] })).toContainEqual(
      'doubled: the goods issue of shipment W1 is there 2 times',
    );
    expect(check({ erp: [sale, issue, invoice, { ...invoice, number: 'I2' }] }).doubled).toBe(1);
  });

  test('a wrong quantity, price, split, tax', () => {
    const fewer = [{ ...goods[0], quantity: '9' }, ...documentLines.slice(1)];
    expect(what({ erp: [{ ...sale, lines: fewer }, issue, invoice] })[0]).toMatch(/^wrong: sales order S1 has 4 of B/);
    const dearer = [{ ...goods[0], unitPrice: '2.60' }, ...documentLines.slice(1)];
    expect(what({ erp: [sale, issue, { ...invoice, lines: dearer }] })).toContainEqual(
      'doubled: invoiced beyond what shipped: 10 of A at 2.6',
    );
    expect(what({ erp: [sale, issue, { ...invoice, tax: '9.59' }] })[0]).toMatch(/^wrong: invoice I1 says/);
    const split = [{ ...goods[0], quantity: '5' }, { ...goods[0], quantity: '5' }, ...documentLines.slice(1)];
    expect(what({ erp: [{ ...sale, lines: split }, issue, invoice] })[0]).toMatch(/^wrong: sales order S1 has/);
  });

  test('documents of an order that nobody was promised', () => {
    expect(what({ erp: [sale, issue, invoice, { ...sale, reference: '999' }] })).toContainEqual(
      'doubled: the ledgers hold 1 documents of order 999, which no answer named',
    );
  });
});

describe('what the sender saw counts', () => {
  test('another outcome, other findings, a hold that was not foreseen, a wrong answer', () => {
    expect(what({ observed: [seen({ orderNumber: '100001', state: 'held' }), wasRefused] })[0]).toBe(
      'wrong: it ended held; expected completed',
    );
    expect(what({ observed: [wentThrough, { ...wasRefused, findings: [] }] })).toEqual([
      'wrong: the door found nothing; expected /lines/0/quantity',
    ]);
    const odd = { holdsSeen: ['credit'], deeds: [{ what: 'cancel', asExpected: false, answered: '500' }] };
    expect(what({ observed: [{ ...wentThrough, ...odd }, wasRefused] })).toEqual([
      'wrong: it was held for credit',
      'wrong: cancel was answered 500',
    ]);
  });

  test('an acknowledged order that never ends is lost, and so is one that shares its number', () => {
    const stuck = seen({ orderNumber: '100001', state: 'booking', trouble: 'still booking after 60000 ms' });
    expect(what({ observed: [stuck, wasRefused] })[0]).toBe(
      'lost: it ended unfinished (still booking after 60000 ms); expected completed',
    );
    expect(what({ observed: [wentThrough, { ...wasRefused, orderNumber: '100001' }] })).toContainEqual(
      'lost: it was given the number of 1',
    );
  });
});

describe('a run that proves nothing fails', () => {
  test('when nothing was acknowledged', () => {
    expect(check({ observed: [], erp: [], wms: [], crm: [] }).vacuous).toEqual(['nothing was acknowledged']);
  });

  test('when a planned fault never fired', () => {
    const late: Plan = { ...plan, orders: [{ ...order, incident: { kind: 'reported-late' } }, refused] };
    expect(check({ plan: late }).vacuous).toEqual(['reported-late: planned 1, happened 0']);
    const scripts = [{ script: { purchaseOrder: 'PO-1', behaviour: 'late' }, times: 1, fired: 1 }];
    expect(check({ plan: late, scripts }).vacuous).toEqual([]);
    expect(isAsForeseen(check({ plan: late, scripts: [] }))).toBe(false);
  });
});
