import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doneFor, onceEach } from './support/done-for.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { hearts, orderOf } from './support/orders.ts';

/** Every call by which an order of goods from one warehouse changes the ERP, and the effect that makes it. */
const writes = {
  'model.sale.sale.create': 'book-in-erp',
  'model.sale.sale.quote': 'book-in-erp',
  'model.sale.sale.confirm': 'book-in-erp',
  'model.stock.shipment.out.write': 'issue-goods',
  'model.stock.shipment.out.assign_try': 'issue-goods',
  'model.stock.shipment.out.pick': 'issue-goods',
  'model.stock.shipment.out.pack': 'issue-goods',
  'model.stock.shipment.out.done': 'issue-goods',
  'model.account.invoice.write': 'post-invoice',
  'model.account.invoice.post': 'post-invoice',
} as const;
/** After these the effect is complete: it is found, and never sent again. */
const completing = new Set(['model.sale.sale.confirm', 'model.stock.shipment.out.done', 'model.account.invoice.post']);

/** It was done, and then: answered 500; the connection lost; a page of HTML with status 200; JSON that stops in the middle. */
const spoilt = ['error-after', 'lose-answer', 'html-200', 'truncate'];

let site: Installation;
/** How often each effect was sent and asked about, by its key. */
const sent = new Map<string, number>();
const asked = new Map<string, number>();
const count = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

beforeAll(async () => {
  site = await openInstallation({
    crashAt: (point, { key }) => {
      if (point === 'before-send') count(sent, String(key));
      if (point === 'before-ask') count(asked, String(key));
    },
    // Faults of many orders at once are not an outage.
    breakerThreshold: 1_000,
  });
}, 120_000);
afterAll(() => site?.stop());

/** Sends an order on its way for each behaviour at this call of the ERP; answers their numbers when all are completed. */
async function travelWith(on: string, behaviours: readonly string[]): Promise<readonly string[]> {
  const orders = behaviours.map((behaviour) => ({ behaviour, order: orderOf([hearts('2')]) }));
  await site.erp.script(orders.map(({ behaviour, order }) => ({ on, text: order.customerPurchaseOrder, behaviour })));
  const numbers = await Promise.all(orders.map(({ order }) => site.api.order(order)));
  for (const orderNumber of numbers) await site.api.in(orderNumber, 'completed');
  return numbers;
}

/** The counts of an order's effect, whatever its occurrence. */
const countOf = (counts: ReadonlyMap<string, number>, orderNumber: string, effect: string): number =>
  [...counts].reduce(
    (sum, [key, times]) => (key.includes(`:${orderNumber}`) && key.includes(`:${effect}:`) ? sum + times : sum),
    0,
  );

describe('an ERP that does it and whose answer is spoilt (S03, S05)', () => {
  test.each(Object.entries(writes))('%s: found by asking, done once', async (on, effect) => {
    const numbers = await travelWith(on, spoilt);
    const done = doneFor(site, numbers);
    for (const orderNumber of numbers) {
      expect(done.get(orderNumber)).toEqual(onceEach);
      expect(countOf(asked, orderNumber, effect)).toBeGreaterThan(0);
      if (completing.has(on)) expect(countOf(sent, orderNumber, effect)).toBe(1);
      expect(await stillWrong(orderNumber)).toEqual([]);
    }
  });

  test.each([
    'model.sale.sale.create',
    'model.sale.sale.confirm',
    'model.stock.shipment.out.done',
    'model.account.invoice.post',
  ])('%s that answers 500 and did nothing: found missing by asking, sent again', async (on) => {
    const [orderNumber = ''] = await travelWith(on, ['error-before']);
    const effect = writes[on as keyof typeof writes];
    expect(doneFor(site, [orderNumber]).get(orderNumber)).toEqual(onceEach);
    expect(countOf(asked, orderNumber, effect)).toBeGreaterThan(0);
    expect(countOf(sent, orderNumber, effect)).toBe(2);
  });

  test('every planned fault was shown once', async () => {
    const scripts = await site.erp.scripts();
    expect(scripts.length).toBe(Object.keys(writes).length * spoilt.length + 4);
    expect(scripts.filter(({ fired }) => fired !== 1)).toEqual([]);
  });
});

/** Effects that are not done, as the narrative tells them. */
async function stillWrong(orderNumber: string): Promise<readonly string[]> {
  const { effects } = await site.api.narrative(orderNumber);
  return effects.filter(({ status }) => status !== 'done').map(({ name, status }) => `${name}: ${status}`);
}

describe('a warehouse whose connection is lost when the file is there', () => {
  test('has the release once', async () => {
    await site.north.turn({ loseAnswerRate: 0.3 });
    const numbers: string[] = [];
    for (let turn = 0; turn < 10; turn += 1) numbers.push(await site.api.order(orderOf([hearts('1')])));
    for (const orderNumber of numbers) {
      await site.api.reaches(
        orderNumber,
        'released',
        () => (doneFor(site, [orderNumber]).get(orderNumber)?.releases ?? 0) > 0,
      );
    }
    await site.north.turn({ loseAnswerRate: 0 });
    for (const orderNumber of numbers) await site.api.in(orderNumber, 'completed');
    expect([...doneFor(site, numbers).values()]).toEqual(numbers.map(() => onceEach));
    const releasesAsked = numbers.filter((orderNumber) => countOf(asked, orderNumber, 'release-to-warehouse') > 0);
    expect(releasesAsked.length).toBeGreaterThan(0);
  });
});
