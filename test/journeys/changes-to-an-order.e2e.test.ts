import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doneFor, entriesOf, onceEach } from './support/done-for.ts';
import { eventually } from './support/eventually.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { hearts, lanterns, orderOf } from './support/orders.ts';
import { stockAtRest } from './support/stock.ts';

let site: Installation;
beforeAll(async () => {
  site = await openInstallation();
}, 120_000);
afterAll(() => site?.stop());

const done = (orderNumber: string) => doneFor(site, [orderNumber]).get(orderNumber);
const released = (orderNumber: string, releases = 1) =>
  eventually('the release', () => done(orderNumber)?.releases === releases || undefined);

describe('a change', () => {
  test('of a held order is made at once, checked anew, and shipped and invoiced as it was changed', async () => {
    const orderNumber = await site.api.order(orderOf([{ item: 'HEART', quantity: '100' }], { customer: '13047' }));
    await site.api.in(orderNumber, 'held');
    const answer = await site.api.change(
      orderNumber,
      { lines: [{ lineNumber: 1, quantity: '10' }], add: [{ item: 'LANTERN', quantity: '2' }] },
      { prefer: 'wait=20' },
    );
    expect(answer).toMatchObject({
      status: 200,
      json: {
        changes: [
          { id: '1', by: 'api:shop', verdict: 'accepted', what: ['line 1 from 100 to 10', 'add 2 EA of LANTERN'] },
        ],
      },
    });
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.lines).toMatchObject([
      { quantity: '10', quantities: { ordered: '100', shipped: '10', invoiced: '10', cancelled: '90' } },
      { quantity: '2', quantities: { shipped: '2', invoiced: '2' } },
    ]);
    expect(done(orderNumber)).toEqual({
      ...onceEach,
      sales: 2,
      releases: 2,
      shipments: 2,
      goodsIssues: 2,
      invoices: 2,
    });
  });

  test('while the ERP is booking takes that booking back before another is made', async () => {
    const order = orderOf([hearts('3')]);
    await site.erp.script([
      { on: 'model.sale.sale.confirm', text: order.customerPurchaseOrder, behaviour: 'delay', delayMs: 700 },
    ]);
    const orderNumber = await site.api.order(order);
    await eventually('the ERP to be asked', async () => {
      const scripts = await site.erp.scripts();
      return scripts.every(({ fired }) => fired === 1) ? true : undefined;
    });
    await site.api.change(orderNumber, { lines: [{ lineNumber: 1, quantity: '5' }] });
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.lines).toMatchObject([{ quantities: { ordered: '5', shipped: '5', invoiced: '5' } }]);
    expect(done(orderNumber)).toEqual({ ...onceEach, sales: 2, salesCancelled: 1 });
    const sales = entriesOf(site, orderNumber)
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith('sale-'));
    expect(sales.indexOf('sale-cancelled')).toBeLessThan(sales.lastIndexOf('sale-confirmed'));
  });

  test('after the release is asked of the warehouse, and what it stopped goes round again as changed', async () => {
    const order = orderOf([hearts('6')]);
    await site.north.script([{ purchaseOrder: order.customerPurchaseOrder, behaviour: 'accept-cancellation' }]);
    const orderNumber = await site.api.order(order);
    await released(orderNumber);
    const answer = await site.api.change(orderNumber, {
      lines: [{ lineNumber: 1, quantity: '4' }],
      shipTo: { name: 'Another shop', city: 'Leeds', country: 'GB' },
    });
    expect(answer).toMatchObject({ status: 202, json: { changes: [{ verdict: 'pending' }] } });
    const view = await site.api.in(orderNumber, 'completed');
    expect(view).toMatchObject({
      shipTo: { name: 'Another shop' },
      changes: [{ verdict: 'accepted' }],
      lines: [{ quantity: '4', quantities: { ordered: '6', shipped: '4', invoiced: '4', cancelled: '2' } }],
      openCases: [],
    });
    expect(done(orderNumber)).toEqual({ ...onceEach, sales: 2, salesCancelled: 1, releases: 2 });
  });

  test('that the warehouse does not heed is refused with the reason, in the view and in the story', async () => {
    const order = orderOf([hearts('6')]);
    await site.north.script([{ purchaseOrder: order.customerPurchaseOrder, behaviour: 'refuse-cancellation' }]);
    const orderNumber = await site.api.order(order);
    await released(orderNumber);
    const key = 'change-not-heeded';
    const wanted = { lines: [{ lineNumber: 1, quantity: '4' }] };
    expect(await site.api.change(orderNumber, wanted, { key, prefer: 'wait=20' })).toMatchObject({
      status: 409,
      json: { code: 'change-refused', detail: expect.stringContaining('line 1 cannot be less than 6') },
    });
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.changes).toMatchObject([{ verdict: 'refused', because: expect.stringContaining('has left') }]);
    expect(done(orderNumber)).toEqual(onceEach);
    const { story } = await site.api.narrative(orderNumber);
    expect(story.map(({ summary }) => summary).join('\n')).toMatch(/api:shop asked for a change: line 1 from 6 to 4/);
    expect(await site.api.change(orderNumber, wanted)).toMatchObject({ status: 409, json: { code: 'order-ended' } });
  });

  test('for more goes beside what the warehouse does, in a round of its own', async () => {
    const order = orderOf([lanterns('2')]);
    await site.south.script([{ purchaseOrder: order.customerPurchaseOrder, behaviour: 'late', ms: 1_500 }]);
    const orderNumber = await site.api.order(order);
    await eventually('the release', () => done(orderNumber)?.releases === 1 || undefined);
    await site.api.change(orderNumber, { lines: [{ lineNumber: 1, quantity: '3' }] });
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.lines).toMatchObject([{ quantities: { ordered: '3', shipped: '3', invoiced: '3' } }]);
    expect(entriesOf(site, orderNumber).filter(({ kind }) => kind === 'cancel-received')).toEqual([]);
  });

  test('that cannot be is refused by name, and nothing happens', async () => {
    const orderNumber = await site.api.order(orderOf([{ item: 'HEART', quantity: '100' }], { customer: '13047' }));
    await site.api.in(orderNumber, 'held');
    const wrong = {
      lines: [
        { lineNumber: 9, quantity: '1' },
        { lineNumber: 1, quantity: '1.5' },
      ],
      requestedDate: '2026-02-31',
    };
    const answer = await site.api.change(orderNumber, wrong);
    expect(answer).toMatchObject({ status: 422 });
    const errors = answer.json.errors as readonly { readonly path: string }[];
    expect(errors.map(({ path }) => path).toSorted()).toEqual([
      '/lines/0/lineNumber',
      '/lines/1/quantity',
      '/requestedDate',
    ]);
    expect(await site.api.change(orderNumber, {})).toMatchObject({ status: 422 });
    expect((await site.api.show(orderNumber)).changes).toEqual([]);
    const cancelled = await site.api.cancel(orderNumber, 'not wanted', { prefer: 'wait=20' });
    expect(cancelled).toMatchObject({
      status: 202,
      json: { state: 'cancelled', cancellation: { verdict: 'accepted' } },
    });
  });
});

test('when all is over nothing is claimed, and our stock is the warehouses’', async () => {
  const { ours, theirs, claimed } = await stockAtRest(site);
  expect(claimed).toEqual([]);
  expect(ours).toEqual(theirs);
});
