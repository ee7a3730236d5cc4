import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doneFor, onceEach } from './support/done-for.ts';
import { eventually } from './support/eventually.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { hearts, orderOf } from './support/orders.ts';
import { type Advice, isTaken, report } from './support/shipping-advice.ts';

let site: Installation;
beforeAll(async () => {
  site = await openInstallation();
}, 120_000);
afterAll(() => site?.stop());

const done = (orderNumber: string) => doneFor(site, [orderNumber]).get(orderNumber);
const taken = (name: string) =>
  eventually(`${name} to be taken`, async () => (await isTaken(site.north, name)) || undefined);
const casesOf = async (orderNumber: string): Promise<readonly string[]> =>
  (await site.api.narrative(orderNumber)).story.filter(({ what }) => what === 'case').map(({ summary }) => summary);

/** How many cases wait for a person because goods left that nobody expected to. */
const openLateCases = async (): Promise<number> =>
  Number(/crossdock_open_cases\{cause="late-shipment\.confirmed"\} (\d+)/.exec(await site.metrics())?.[1] ?? '0');

/** An order of ten hearts whose release the warehouse keeps and never ships by itself. */
async function releasedOrder(): Promise<{ readonly orderNumber: string; readonly purchaseOrder: string }> {
  const order = orderOf([hearts('10')]);
  const purchaseOrder = order.customerPurchaseOrder;
  await site.north.script([{ purchaseOrder, behaviour: 'accept-cancellation' }]);
  const orderNumber = await site.api.order(order);
  await eventually('the release', () => done(orderNumber)?.releases === 1 || undefined);
  return { orderNumber, purchaseOrder };
}

const wholeAdvice = (orderNumber: string, purchaseOrder: string): Advice => ({
  fulfilmentNumber: `${orderNumber}-NORTH-1`,
  purchaseOrder,
  shipmentNumber: `HAND-${orderNumber}`,
  item: 'HEART',
  owed: '10',
  shipped: '10',
  status: 'CC',
});
/** The warehouse itself shipped nothing: the reports were written by hand. */
const reportedByHand = { ...onceEach, shipments: 0 };

describe('the same order fifty times at once with one key (S06)', () => {
  test('is one order; another body is refused, and so is none without a key', async () => {
    const order = orderOf([hearts('3')]);
    const key = 'fifty-at-once';
    const answers = await Promise.all(Array.from({ length: 50 }, () => site.api.submit(order, { key })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const numbers = [...new Set(answers.map(({ json }) => String(json.orderNumber)))];
    expect(numbers).toHaveLength(1);
    const replayed = answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true');
    expect(replayed).toHaveLength(49);

    const other = await site.api.submit({ ...order, lines: [hearts('4')] }, { key });
    expect(other).toMatchObject({ status: 422, json: { code: 'idempotency-key-reused' } });
    const without = await site.api.submit(order, { key: null });
    expect(without).toMatchObject({ status: 400, json: { code: 'idempotency-key-missing' } });

    const [orderNumber = ''] = numbers;
    await site.api.in(orderNumber, 'completed');
    expect(done(orderNumber)).toEqual(onceEach);
    const sales = site.erp.entries().filter(({ comment }) => comment === `PO ${order.customerPurchaseOrder}`);
    expect(sales.filter(({ kind }) => kind === 'sale-confirmed')).toHaveLength(1);
    // Later, and after a restart, the key still names the same order.
    await site.restart();
    const again = await site.api.submit(order, { key });
    expect(again.json.orderNumber).toBe(orderNumber);
  });
});

describe('a ship-confirm that comes five times (S11)', () => {
  test('in five files under five control numbers, and again after the end, is one shipment and one invoice', async () => {
    const { orderNumber, purchaseOrder } = await releasedOrder();
    const advice = wholeAdvice(orderNumber, purchaseOrder);
    const files = await Promise.all(Array.from({ length: 5 }, () => report(site.north, advice)));
    const view = await site.api.in(orderNumber, 'completed');
    for (const file of files) await taken(file);
    for (const file of [await report(site.north, advice), await report(site.north, advice)]) await taken(file);
    expect(view.shipments.map(({ shipmentNumber }) => shipmentNumber)).toEqual([`HAND-${orderNumber}`]);
    expect((await site.api.show(orderNumber)).state).toBe('completed');
    expect(done(orderNumber)).toEqual(reportedByHand);
    expect(await casesOf(orderNumber)).toEqual([]);
  });

  test('of two part shipments, the last part first, is two shipments, two invoices and nothing sent again', async () => {
    const { orderNumber, purchaseOrder } = await releasedOrder();
    const whole = wholeAdvice(orderNumber, purchaseOrder);
    const first: Advice = { ...whole, shipmentNumber: `HAND-${orderNumber}-1`, owed: '10', shipped: '6', status: 'BP' };
    const last: Advice = { ...whole, shipmentNumber: `HAND-${orderNumber}-2`, owed: '4', shipped: '4', status: 'CC' };
    for (const advice of [last, last, first, last, first]) await taken(await report(site.north, advice));
    const view = await site.api.in(orderNumber, 'completed');
    expect(view.lines[0]?.quantities).toMatchObject({ shipped: '10', invoiced: '10' });
    expect(done(orderNumber)).toEqual({ ...reportedByHand, goodsIssues: 2, invoices: 2 });
    expect(await casesOf(orderNumber)).toEqual([]);
  });

  test('from a warehouse that reports twice by itself is one shipment', async () => {
    const order = orderOf([hearts('10')]);
    await site.north.script([{ purchaseOrder: order.customerPurchaseOrder, behaviour: 'report-twice' }]);
    const orderNumber = await site.api.order(order);
    await site.api.in(orderNumber, 'completed');
    expect(done(orderNumber)).toEqual(onceEach);
  });
});

describe('a ship-confirm at the wrong time (S12)', () => {
  test('before the release was acknowledged is used', async () => {
    const order = orderOf([hearts('10')]);
    await site.north.script([{ purchaseOrder: order.customerPurchaseOrder, behaviour: 'early' }]);
    const orderNumber = await site.api.order(order);
    await site.api.in(orderNumber, 'completed');
    expect(done(orderNumber)).toEqual(onceEach);
  });

  test('before its order exists waits for it, and is then used', async () => {
    // Numbers follow each other on one node, so the next one is known.
    const now = Number(await site.api.order(orderOf([hearts('1')])));
    const next = String(now + 1);
    const order = orderOf([hearts('10')]);
    const purchaseOrder = order.customerPurchaseOrder;
    await site.north.script([{ purchaseOrder, behaviour: 'accept-cancellation' }]);
    await taken(await report(site.north, wholeAdvice(next, purchaseOrder)));
    expect((await site.api.ask(`/api/orders/v1/orders/${next}`)).status).toBe(404);
    expect(await site.api.order(order)).toBe(next);
    const view = await site.api.in(next, 'completed');
    expect(view.shipments).toMatchObject([{ shipmentNumber: `HAND-${next}` }]);
    expect(done(next)).toEqual(reportedByHand);
    expect(await casesOf(next)).toEqual([]);
  });

  test('after its cancellation is a case for a person, and books nothing', async () => {
    const lateBefore = await openLateCases();
    const { orderNumber, purchaseOrder } = await releasedOrder();
    await site.api.cancel(orderNumber, 'bought elsewhere');
    await site.api.in(orderNumber, 'cancelled');
    const before = done(orderNumber);
    expect(before).toMatchObject({ goodsIssues: 0, invoices: 0, salesCancelled: 1 });
    await taken(await report(site.north, wholeAdvice(orderNumber, purchaseOrder)));
    const found = await eventually('the case', async () => {
      const cases = await casesOf(orderNumber);
      return cases.length > 0 ? cases : undefined;
    });
    expect(found).toEqual([expect.stringContaining('late-shipment.confirmed')]);
    expect((await site.api.show(orderNumber)).state).toBe('cancelled');
    expect(done(orderNumber)).toEqual(before);
    // What is counted for all nodes is counted once in a few seconds.
    await eventually('its count', async () => (await openLateCases()) === lateBefore + 1 || undefined);
  });
});

test('every planned behaviour of the warehouse was shown', async () => {
  expect((await site.north.scripts()).filter(({ fired }) => fired !== 1)).toEqual([]);
});
