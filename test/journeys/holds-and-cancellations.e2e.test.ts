import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doneFor, entriesOf, onceEach } from './support/done-for.ts';
import { eventually } from './support/eventually.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { hearts, lanterns, orderOf } from './support/orders.ts';

let site: Installation;
beforeAll(async () => {
  site = await openInstallation();
}, 120_000);
afterAll(() => site?.stop());

const nothing = {
  sales: 0,
  salesCancelled: 0,
  releases: 0,
  releasesRepeated: 0,
  shipments: 0,
  goodsIssues: 0,
  invoices: 0,
};
const done = (orderNumber: string) => doneFor(site, [orderNumber]).get(orderNumber);
const holdsOf = ({ holds }: { readonly holds: readonly { readonly hold: string }[] }) => holds.map(({ hold }) => hold);
const overLimit = (more: object = {}) => orderOf([{ item: 'HEART', quantity: '100' }], { customer: '13047', ...more });

describe('a held order', () => {
  test('over the credit limit waits, and goes on with a waiver that the ERP is given as an override', async () => {
    const orderNumber = await site.api.order(overLimit());
    const held = await site.api.in(orderNumber, 'held');
    expect(held.holds).toMatchObject([{ hold: 'credit', kind: 'credit', reason: expect.stringContaining('206') }]);
    expect(held.openCases).toEqual(['order-held']);
    expect(done(orderNumber)).toEqual(nothing);

    // A waiver that does not reach far enough is honoured as far as it goes: the same check finds the rest.
    await site.api.release(orderNumber, 'credit', { reason: 'a little', waiver: { amount: '50' } });
    const again = await site.api.reaches(
      orderNumber,
      'held again',
      ({ state, waivers }) => state === 'held' && waivers.length === 1,
    );
    expect(holdsOf(again)).toEqual(['credit']);
    expect(done(orderNumber)).toEqual(nothing);

    await site.api.release(orderNumber, 'credit', { reason: 'paid by card', waiver: { amount: '500' } });
    const view = await site.api.in(orderNumber, 'completed');
    expect(view).toMatchObject({
      holds: [],
      openCases: [],
      waivers: [{ amount: '50' }, { grantedBy: 'api:shop', reason: 'paid by card' }],
    });
    expect(done(orderNumber)).toEqual(onceEach);
  });

  test('has all its holds at once, and goes on when the last is released', async () => {
    const first = overLimit({ customerPurchaseOrder: 'PO-TWICE' });
    const elder = await site.api.order(first);
    await site.api.in(elder, 'held');
    const order = { ...first, lines: [hearts('100', '9.99')] };
    const orderNumber = await site.api.order(order, { prefer: 'wait=20' });
    const held = await site.api.in(orderNumber, 'held');
    expect(holdsOf(held).toSorted()).toEqual(['credit', 'duplicate', 'price']);
    for (const hold of ['duplicate', 'price']) await site.api.release(orderNumber, hold, { reason: 'known' });
    expect(holdsOf(await site.api.in(orderNumber, 'held'))).toEqual(['credit']);
    await site.api.release(orderNumber, 'credit', { reason: 'known' });
    await site.api.in(orderNumber, 'completed');
    expect(done(orderNumber)).toEqual(onceEach);
    await site.api.cancel(elder, 'ordered twice');
    await site.api.in(elder, 'cancelled');
  });

  test('of a blocked customer is told as held at once to a caller who waits', async () => {
    const answer = await site.api.submit(orderOf([hearts('1', '2.55')], { customer: '12583' }), { prefer: 'wait=20' });
    expect(answer).toMatchObject({ status: 201, json: { state: 'held', holds: [{ hold: 'credit' }] } });
    expect(done(String(answer.json.orderNumber))).toEqual(nothing);
  });

  test('has no hold of another name to release, and none when it is over', async () => {
    const orderNumber = await site.api.order(overLimit());
    await site.api.in(orderNumber, 'held');
    const wrong = await site.api.release(orderNumber, 'price', { reason: 'a mistake' });
    expect(wrong).toMatchObject({ status: 404, json: { code: 'hold-not-placed' } });
    await site.api.cancel(orderNumber, 'not wanted');
    await site.api.in(orderNumber, 'cancelled');
    const late = await site.api.release(orderNumber, 'credit', { reason: 'too late' });
    expect(late).toMatchObject({ status: 409, json: { code: 'order-ended' } });
  });
});

describe('an unknown item', () => {
  test('keeps its line back, and the rest is shipped and invoiced', async () => {
    const orderNumber = await site.api.order(
      orderOf([hearts('2'), { item: 'NOSUCH', quantity: '1', unitPrice: '1.00' }]),
    );
    const waiting = await site.api.in(orderNumber, 'awaiting-remainder');
    expect(waiting.holds).toMatchObject([{ hold: 'item-2', kind: 'item', line: 2 }]);
    expect(waiting.openCases).toContain('hold-item-2');
    expect(waiting.lines).toMatchObject([
      { quantities: { shipped: '2' } },
      { quantities: { ordered: '1', open: '1' } },
    ]);
    await site.api.cancel(orderNumber, 'no longer made');
    await site.api.in(orderNumber, 'completed');
    expect(done(orderNumber)).toEqual(onceEach);
  });

  test('keeps the whole order back where all must ship together', async () => {
    const lines = [hearts('2'), { item: 'NOSUCH', quantity: '1', unitPrice: '1.00' }];
    const orderNumber = await site.api.order(orderOf(lines, { shippingPolicy: 'ship-complete' }));
    expect(holdsOf(await site.api.in(orderNumber, 'held'))).toEqual(['item-2']);
    expect(done(orderNumber)).toEqual(nothing);
  });
});

describe('a cancellation', () => {
  test('of a held order leaves nothing anywhere', async () => {
    const orderNumber = await site.api.order(overLimit());
    await site.api.in(orderNumber, 'held');
    const answer = await site.api.cancel(orderNumber, 'changed their mind');
    expect(answer.status).toBe(202);
    const view = await site.api.in(orderNumber, 'cancelled');
    expect(view).toMatchObject({
      cancellation: { requestedBy: 'api:shop', reason: 'changed their mind' },
      holds: [],
      openCases: [],
    });
    expect(done(orderNumber)).toEqual(nothing);
  });

  test('while the ERP is booking waits for the answer, and takes the booking back', async () => {
    const order = orderOf([hearts('3')]);
    const text = order.customerPurchaseOrder;
    await site.erp.script([{ on: 'model.sale.sale.confirm', text, behaviour: 'delay', delayMs: 700 }]);
    const orderNumber = await site.api.order(order);
    await eventually('the ERP to be asked', async () => {
      const scripts = await site.erp.scripts();
      return scripts.every(({ fired }) => fired === 1) ? true : undefined;
    });
    expect((await site.api.cancel(orderNumber, 'too slow')).status).toBe(202);
    await site.api.in(orderNumber, 'cancelled');
    expect(done(orderNumber)).toEqual({ ...nothing, sales: 1, salesCancelled: 1 });
  });

  test('after the release is asked of the warehouse, which stops', async () => {
    const order = orderOf([hearts('3')]);
    await site.north.script([{ purchaseOrder: order.customerPurchaseOrder, behaviour: 'accept-cancellation' }]);
    const orderNumber = await site.api.order(order);
    await eventually('the release', () => done(orderNumber)?.releases === 1 || undefined);
    await site.api.cancel(orderNumber, 'bought elsewhere');
    const view = await site.api.in(orderNumber, 'cancelled');
    expect(view).toMatchObject({ ending: 'cancelled', shipments: [], invoices: [], openCases: [] });
    expect(view.lines[0]?.quantities).toMatchObject({ cancelled: '3' });
    expect(done(orderNumber)).toEqual({ ...nothing, sales: 1, salesCancelled: 1, releases: 1 });
    const kinds = entriesOf(site, orderNumber).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'cancel-received')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'cancelled')).toHaveLength(1);
    expect(await site.api.cancel(orderNumber, 'once more')).toMatchObject({
      status: 409,
      json: { code: 'order-ended' },
    });
  });

  test('after the release that the warehouse does not heed: what left is issued and invoiced', async () => {
    const order = orderOf([hearts('3')]);
    await site.north.script([{ purchaseOrder: order.customerPurchaseOrder, behaviour: 'refuse-cancellation' }]);
    const orderNumber = await site.api.order(order);
    await eventually('the release', () => done(orderNumber)?.releases === 1 || undefined);
    await site.api.cancel(orderNumber, 'bought elsewhere');
    const view = await site.api.in(orderNumber, 'completed');
    expect(view).toMatchObject({ cancellation: { reason: 'bought elsewhere' }, openCases: [] });
    expect(view.lines[0]?.quantities).toMatchObject({ shipped: '3', invoiced: '3' });
    expect(done(orderNumber)).toEqual(onceEach);
  });

  test('that one warehouse heeds and the other does not ends with what left', async () => {
    const order = orderOf([hearts('3'), lanterns('2')]);
    const purchaseOrder = order.customerPurchaseOrder;
    await site.north.script([{ purchaseOrder, behaviour: 'accept-cancellation' }]);
    await site.south.script([{ purchaseOrder, behaviour: 'refuse-cancellation' }]);
    const orderNumber = await site.api.order(order);
    await eventually('both releases', () => done(orderNumber)?.releases === 2 || undefined);
    await site.api.cancel(orderNumber, 'half of it');
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.lines.map(({ quantities }) => quantities)).toMatchObject([
      { cancelled: '3' },
      { shipped: '2', invoiced: '2' },
    ]);
    expect(done(orderNumber)).toEqual({ ...onceEach, sales: 2, salesCancelled: 1, releases: 2 });
  });
});

test('every planned behaviour of ERP and warehouses was shown', async () => {
  const scripts = await Promise.all([site.erp.scripts(), site.north.scripts(), site.south.scripts()]);
  expect(scripts.flat().filter(({ fired, times }) => fired !== times)).toEqual([]);
});
