import type { Big } from 'big.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { runTrytonDay, type TrytonDay } from './support/run-tryton-day.ts';

/** Enough for an order of its own for each kind of incident, and a few without. */
const orders = 24;
const seed = 1;

const keyOf = (parts: readonly string[]): string => parts.join(' ');

function sum<Entry>(entries: readonly Entry[], key: (entry: Entry) => string, quantity: (entry: Entry) => Big) {
  const sums: Record<string, string> = {};
  for (const entry of entries)
    sums[key(entry)] = quantity(entry)
      .plus(sums[key(entry)] ?? 0)
      .toFixed();
  return sums;
}

describe(`a day of ${orders} orders (seed ${seed}) with the real Tryton`, () => {
  let day: TrytonDay;
  beforeAll(async () => {
    day = await runTrytonDay(seed, orders);
  });

  test('ends as foreseen: nothing lost, nothing doubled, by what Tryton, CRM and warehouses hold', () => {
    const { differences, vacuous, asScripted, lost, doubled } = day.run.report;
    expect({ differences, vacuous }).toEqual({ differences: [], vacuous: [] });
    expect({ asScripted, lost, doubled }).toEqual({ asScripted: orders, lost: 0, doubled: 0 });
  });

  test('leaves one sale for each order and warehouse in Tryton, under one key, with the purchase order number', () => {
    const { sales } = day.books;
    const booked = sales.map(({ reference, warehouse }) => keyOf([reference, warehouse]));
    expect(booked).toEqual([...new Set(booked)]);
    expect(sales.length).toBeGreaterThan(orders / 2);
    const keys = sales.map(({ description }) => description);
    expect(keys).toEqual([...new Set(keys)]);
    const purchaseOrders = new Map(
      day.run.observed.flatMap(({ id, orderNumber }) => {
        const order = day.plan.orders.find((planned) => planned.id === id);
        return orderNumber === undefined || order === undefined
          ? []
          : [[orderNumber, `PO ${order.submission.customerPurchaseOrder}`] as const];
      }),
    );
    for (const { reference, comment, state } of sales) {
      expect([reference, comment]).toEqual([reference, purchaseOrders.get(reference)]);
      expect(['processing', 'done']).toContain(state);
    }
  });

  test('leaves no shipment half done: what left the warehouses left Tryton, and the rest was taken back', () => {
    const { shipments, sales } = day.books;
    const open = shipments.filter(({ state }) => state !== 'done' && state !== 'cancelled');
    expect(open).toEqual([]);
    const done = shipments.filter(({ state }) => state === 'done');
    const numbers = done.map(({ reference }) => reference);
    expect(numbers).toEqual([...new Set(numbers)]);
    for (const { orders: delivered, warehouse } of done) {
      expect(delivered).toHaveLength(1);
      expect(sales.map((sale) => keyOf([sale.reference, sale.warehouse]))).toContain(keyOf([...delivered, warehouse]));
    }
  });

  test('leaves every invoice posted: of one order, its tax a fifth, its goods what was shipped', () => {
    const { invoices, shipments } = day.books;
    expect(invoices.filter(({ state }) => state !== 'posted' && state !== 'cancelled')).toEqual([]);
    const posted = invoices.filter(({ state }) => state === 'posted');
    const numbers = posted.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)]);
    for (const { number, untaxed, tax, total, taxes, orders: of } of posted) {
      expect([number, of.length]).toEqual([number, 1]);
      expect([number, taxes.map(({ rate }) => rate.toFixed())]).toEqual([number, ['0.2']]);
      expect([number, tax.toFixed(2)]).toEqual([number, untaxed.times('0.2').round(2).toFixed(2)]);
      expect([number, total.toFixed(2)]).toEqual([number, untaxed.plus(tax).toFixed(2)]);
    }
    const charges = new Set(
      day.plan.orders.flatMap(({ submission }) =>
        submission.lines.flatMap(({ kind, item }) => (kind === 'charge' ? [item] : [])),
      ),
    );
    const left = shipments.flatMap(({ state, orders: of, moves }) =>
      state === 'done' ? moves.map((move) => ({ of, ...move })) : [],
    );
    const invoiced = posted.flatMap(({ orders: of, lines }) =>
      lines.filter(({ item }) => !charges.has(item)).map((line) => ({ of, ...line })),
    );
    const key = ({ of, item }: { readonly of: readonly string[]; readonly item: string }) => keyOf([...of, item]);
    const quantity = ({ quantity: each }: { readonly quantity: Big }) => each;
    expect(sum(invoiced, key, quantity)).toEqual(sum(left, key, quantity));
  });
});
