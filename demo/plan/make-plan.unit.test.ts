import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Day } from '../day/day.ts';
import { dayOf, readDay } from '../day/read-day.ts';
import { doorFindings } from './expectations.ts';
import { makePlan } from './make-plan.ts';
import { incidentKinds, type PlannedOrder } from './plan.ts';

let day: Day;
beforeAll(async () => {
  const read = await readDay(fileURLToPath(new URL('../data/online-retail-2010-12-01-to-03.csv', import.meta.url)));
  if (!read.ok) throw new Error('the sample cannot be read');
  day = read.value;
});

const incidentOrders = (orders: readonly PlannedOrder[]) => orders.filter(({ incident }) => incident !== undefined);

describe('a plan', () => {
  test('is the same for the same day, number and seed, and another for another seed', () => {
    expect(makePlan(day, { seed: 1, orders: 200 })).toEqual(makePlan(day, { seed: 1, orders: 200 }));
    expect(makePlan(day, { seed: 1, orders: 200 })).not.toEqual(makePlan(day, { seed: 2, orders: 200 }));
  });

  test.each([60, 200, 418, 600])('lays every kind of incident over %i orders, each on its own order', (orders) => {
    for (const seed of [1, 2, 3]) {
      const plan = makePlan(day, { seed, orders });
      expect(plan.orders).toHaveLength(orders);
      const least = Math.max(1, Math.floor(orders / 100));
      for (const kind of incidentKinds) expect([kind, plan.incidents[kind]]).toEqual([kind, least]);
      expect(incidentOrders(plan.orders)).toHaveLength(least * incidentKinds.length);
    }
  });

  test('lays other kinds over a few orders with every seed', () => {
    const kinds = [1, 2, 3, 4, 5, 6].map((seed) =>
      incidentOrders(makePlan(day, { seed, orders: 12 }).orders).map(({ incident }) => incident?.kind),
    );
    for (const laid of kinds) expect(laid.length).toBeGreaterThan(0);
    expect(new Set(kinds.flat()).size).toBeGreaterThan(6);
  });

  test('lays no incident of a kind that is left out, and all of the others', () => {
    const without = ['erp-loses-create', 'short-pick'] as const;
    for (const seed of [1, 2, 3]) {
      const { incidents } = makePlan(day, { seed, orders: 200, without });
      for (const kind of incidentKinds)
        expect([kind, incidents[kind]]).toEqual([kind, without.some((left) => left === kind) ? 0 : 2]);
    }
    const few = [1, 2, 3, 4, 5, 6].flatMap((seed) =>
      incidentOrders(makePlan(day, { seed, orders: 12, without: incidentKinds.slice(1) }).orders),
    );
    expect(new Set(few.map(({ incident }) => incident?.kind))).toEqual(new Set([incidentKinds[0]]));
  });

  test('lays every kind over a few orders when it is asked to, each on its own order', () => {
    const plan = makePlan(day, { seed: 1, orders: 36, every: true });
    for (const kind of incidentKinds) expect([kind, plan.incidents[kind]]).toEqual([kind, 1]);
    expect(incidentOrders(plan.orders)).toHaveLength(incidentKinds.length);
  });

  test('begins the day again with fresh numbers when it has too few orders', () => {
    const plan = makePlan(day, { seed: 1, orders: 1_000 });
    expect(new Set(plan.orders.map(({ id }) => id)).size).toBe(1_000);
    expect(new Set(plan.orders.map(({ submission }) => submission.customerPurchaseOrder)).size).toBe(1_000);
  });

  test.each([200, 1_000])(
    'keeps what an incident changes in the world away from every other of %i orders',
    (orders) => {
      const plan = makePlan(day, { seed: 7, orders });
      for (const { incident, submission, id } of incidentOrders(plan.orders)) {
        const others = plan.orders.filter((other) => other.id !== id);
        if (incident?.creditLimit !== undefined) {
          expect(others.filter((other) => other.submission.customer === submission.customer)).toEqual([]);
        }
        if (incident?.stock !== undefined) {
          const item = submission.lines[incident.line ?? -1]?.item;
          expect(item).toBeDefined();
          expect(others.filter((other) => other.submission.lines.some((line) => line.item === item))).toEqual([]);
        }
      }
    },
  );

  test('sends about a fifth by the CRM, and nothing there that needs the API', () => {
    const plan = makePlan(day, { seed: 1, orders: 418 });
    const crm = plan.orders.filter(({ channel }) => channel === 'crm');
    expect(crm.length).toBeGreaterThan(40);
    expect(crm.length).toBeLessThan(130);
    expect(crm.map(({ incident }) => incident?.kind)).not.toContain('repeated-submission');
  });

  test('lays nothing over an order that the door refuses', () => {
    const plan = makePlan(day, { seed: 1, orders: 418 });
    expect(incidentOrders(plan.orders).flatMap(({ submission }) => doorFindings(submission))).toEqual([]);
    expect(plan.orders.filter(({ submission }) => doorFindings(submission).length > 0).length).toBe(103);
  });

  test('lays no script over an order whose number stands inside another number', () => {
    const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
    const rows = ['5', '53', '9'].map((invoice) => `${invoice},2263${invoice},X,6,12/1/10 8:26,2.55,1,United Kingdom`);
    const small = dayOf(new TextEncoder().encode([header, ...rows].join('\n')), 'small.csv');
    if (!small.ok) throw new Error('cannot be read');
    for (const seed of [1, 2, 3, 4]) {
      const laid = incidentOrders(makePlan(small.value, { seed, orders: 3 }).orders).map(({ id }) => id);
      expect(laid).not.toContain('5');
    }
  });
});
