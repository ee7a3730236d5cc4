import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doneFor, entriesOf, onceEach } from './support/done-for.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { clocks, hearts, lanterns, orderOf, postage } from './support/orders.ts';

let site: Installation;
beforeAll(async () => {
  site = await openInstallation();
}, 120_000);
afterAll(() => site?.stop());

const entries = (orderNumber: string, kind: string) =>
  entriesOf(site, orderNumber).filter((entry) => entry.kind === kind);

describe('an order over the API', () => {
  test('is checked, reserved, booked, released, shipped and invoiced, once each', async () => {
    const order = orderOf([hearts('6'), postage]);
    const answer = await site.api.submit(order);
    expect(answer.status).toBe(202);
    const orderNumber = String(answer.json.orderNumber);
    expect(answer.headers.get('location')).toBe(`/api/orders/v1/orders/${orderNumber}`);

    const view = await site.api.in(orderNumber, 'completed');
    expect(view).toMatchObject({
      ending: 'completed',
      value: { amount: '33.00', currency: 'GBP' },
      lines: [{ quantities: { ordered: '6', shipped: '6', invoiced: '6' } }, { kind: 'charge', item: 'POST' }],
      bookings: [{ site: 'NORTH', untaxed: '33.00', tax: '6.60', total: '39.60' }],
      fulfilments: [{ fulfilmentNumber: `${orderNumber}-NORTH-1`, site: 'NORTH', ended: true }],
      holds: [],
      openCases: [],
    });
    expect(view.shipments).toHaveLength(1);
    expect(view.shipments[0]?.trackingNumber).toBe(`TRK${view.shipments[0]?.shipmentNumber}`);

    // In the ERP the charge gets an invoice of its own, beside the one of the shipment.
    expect(doneFor(site, [orderNumber]).get(orderNumber)).toEqual({ ...onceEach, invoices: 2 });
    expect(entries(orderNumber, 'sale-confirmed')).toMatchObject([
      {
        comment: `PO ${order.customerPurchaseOrder}`,
        description: `order-to-cash:${orderNumber}:book-in-erp:1.1-NORTH`,
        warehouse: 'NORTH',
        total: '39.60',
        lines: [
          { product: 'HEART', quantity: '6', unitPrice: '2.5' },
          { product: 'POST', quantity: '1', unitPrice: '18' },
        ],
      },
    ]);
    expect(entries(orderNumber, 'shipment-done')).toMatchObject([
      { shipment: view.shipments[0]?.shipmentNumber, lines: [{ product: 'HEART', quantity: '6' }] },
    ]);
    const invoiced = entries(orderNumber, 'invoice-posted').map(({ number, total }) => ({ number, total }));
    expect(invoiced.map(({ total }) => total).toSorted()).toEqual(['18.00', '21.60']);
    expect(view.invoices.map(({ number, total }) => ({ number, total }))).toEqual(expect.arrayContaining(invoiced));
    expect(site.crm.entries()).toEqual([]);
  });

  test('is told as confirmed at once to a caller who waits', async () => {
    const answer = await site.api.submit(orderOf([hearts('1')]), { prefer: 'wait=20' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('preference-applied')).toBe('wait=20');
    expect(answer.json).toMatchObject({ bookings: [{ site: 'NORTH', total: '3.00' }] });
    expect(['fulfilling', 'closing', 'completed']).toContain(answer.json.state);
    await site.api.in(String(answer.json.orderNumber), 'completed');
  });

  test('with only charges is booked and invoiced, and no warehouse hears of it', async () => {
    const orderNumber = await site.api.order(orderOf([postage]));
    const view = await site.api.in(orderNumber, 'completed');
    expect(view).toMatchObject({ fulfilments: [], shipments: [], invoices: [{ untaxed: '18.00', total: '21.60' }] });
    const nothing = { releases: 0, shipments: 0, goodsIssues: 0 };
    expect(doneFor(site, [orderNumber]).get(orderNumber)).toEqual({ ...onceEach, ...nothing });
  });
});

describe('an order of two warehouses', () => {
  test('is one sale, release, shipment and invoice for each', async () => {
    const orderNumber = await site.api.order(orderOf([hearts('2'), lanterns('3')]));
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.bookings.map((booking) => booking.site)).toEqual(['NORTH', 'SOUTH']);
    const twice = { sales: 2, releases: 2, shipments: 2, goodsIssues: 2, invoices: 2 };
    expect(doneFor(site, [orderNumber]).get(orderNumber)).toEqual({ ...onceEach, ...twice });
    const shipped = entries(orderNumber, 'shipped').map(({ system, lines }) => ({ system, lines }));
    expect(shipped).toEqual([
      { system: 'wms-NORTH', lines: [{ line: 1, item: 'HEART', quantity: '2' }] },
      { system: 'wms-SOUTH', lines: [{ line: 2, item: 'LANTERN', quantity: '3' }] },
    ]);
  });

  test('splits a line that neither has enough of', async () => {
    const orderNumber = await site.api.order(orderOf([clocks('20')]));
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.lines[0]?.quantities).toMatchObject({ ordered: '20', shipped: '20', invoiced: '20' });
    const left = entries(orderNumber, 'shipped').map(({ system, lines }) => [system, lines]);
    expect(left).toEqual([
      ['wms-NORTH', [{ line: 1, item: 'CLOCK', quantity: '12' }]],
      ['wms-SOUTH', [{ line: 1, item: 'CLOCK', quantity: '8' }]],
    ]);
  });
});

describe('when a warehouse does it another way', () => {
  test('what is not found at the pick is backordered, and only what left is invoiced', async () => {
    const order = orderOf([hearts('10')]);
    const script = {
      purchaseOrder: order.customerPurchaseOrder,
      behaviour: 'short-pick',
      item: 'HEART',
      quantity: '4',
    };
    await site.north.script([script]);
    const orderNumber = await site.api.order(order);
    const view = await site.api.in(orderNumber, 'awaiting-remainder');
    expect(view.lines[0]?.quantities).toMatchObject({ shipped: '6', backordered: '4', invoiced: '6' });
    expect(view.invoices).toMatchObject([{ untaxed: '15.00' }]);
    expect(entries(orderNumber, 'invoice-posted')).toMatchObject([{ lines: [{ product: 'HEART', quantity: '6' }] }]);
    expect(entries(orderNumber, 'shipment-done')).toMatchObject([{ lines: [{ product: 'HEART', quantity: '6' }] }]);
    expect((await site.north.scripts()).filter(({ fired }) => fired === 0)).toEqual([]);
  });

  test('what is not found is cancelled where the customer wants all at once or nothing more', async () => {
    const order = orderOf([hearts('10')], { shippingPolicy: 'fill-or-kill' });
    const script = {
      purchaseOrder: order.customerPurchaseOrder,
      behaviour: 'short-pick',
      item: 'HEART',
      quantity: '4',
    };
    await site.north.script([script]);
    const orderNumber = await site.api.order(order);
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.lines[0]?.quantities).toMatchObject({ shipped: '6', cancelled: '4', invoiced: '6' });
    expect(doneFor(site, [orderNumber]).get(orderNumber)).toEqual(onceEach);
  });

  test('part shipments are issued and invoiced one by one', async () => {
    const order = orderOf([hearts('10')]);
    await site.north.script([{ purchaseOrder: order.customerPurchaseOrder, behaviour: 'part-shipments' }]);
    const orderNumber = await site.api.order(order);
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.shipments).toHaveLength(2);
    expect(view.lines[0]?.quantities).toMatchObject({ shipped: '10', invoiced: '10' });
    const twice = { shipments: 2, goodsIssues: 2, invoices: 2 };
    expect(doneFor(site, [orderNumber]).get(orderNumber)).toEqual({ ...onceEach, ...twice });
  });
});

describe('when Crossdock is stopped and started again', () => {
  test('an order that its warehouse works on goes on as if nothing had been', async () => {
    const order = orderOf([hearts('5')]);
    await site.north.script([{ purchaseOrder: order.customerPurchaseOrder, behaviour: 'late', ms: 1_000 }]);
    const orderNumber = await site.api.order(order);
    await site.api.in(orderNumber, 'fulfilling');
    await site.restart();
    expect((await site.api.show(orderNumber)).state).not.toBe('completed');
    await site.api.in(orderNumber, 'completed');
    expect(doneFor(site, [orderNumber]).get(orderNumber)).toEqual(onceEach);
  });
});
