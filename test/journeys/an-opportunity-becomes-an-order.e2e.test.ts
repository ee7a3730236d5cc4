import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doneFor, onceEach } from './support/done-for.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { areRising, newsOf as newsIn, told as toldIn, win as winIn } from './support/opportunities.ts';
import { freshPurchaseOrder } from './support/orders.ts';

let site: Installation;
beforeAll(async () => {
  site = await openInstallation();
}, 120_000);
afterAll(() => site?.stop());

const win = (more: object = {}): Promise<string> => {
  const lines = [{ item: 'HEART', quantity: '4', unitPrice: '2.50' }];
  return winIn(site.crm, { purchaseOrder: freshPurchaseOrder(), lines, ...more });
};
const newsOf = (opportunity: string) => newsIn(site.crm, opportunity);
const told = (opportunity: string, state: string) => toldIn(site.crm, opportunity, state);

describe('a won opportunity', () => {
  test('becomes an order, and shows its number, its state and its tracking until the end', async () => {
    const opportunity = await win();
    const last = await told(opportunity, 'completed');
    const order = await site.api.in(last.orderNumber, 'completed');
    expect(order).toMatchObject({
      channel: 'crm',
      source: 'crm-main',
      sourceReference: opportunity,
      customer: '17850',
      lines: [{ item: 'HEART', quantities: { shipped: '4', invoiced: '4' } }],
    });
    expect(last.tracking).toBe(order.shipments[0]?.trackingNumber);
    expect(doneFor(site, [last.orderNumber]).get(last.orderNumber)).toEqual(onceEach);
    const news = newsOf(opportunity);
    expect(new Set(news.map(({ orderNumber }) => orderNumber))).toEqual(new Set([last.orderNumber]));
    expect(areRising(news)).toBe(true);
    expect(news.at(-1)).toEqual(last);
  });

  test('is one order though the CRM shows it in sweep after sweep and Crossdock is restarted', async () => {
    const opportunity = await win();
    const { orderNumber } = await told(opportunity, 'completed');
    await site.restart();
    // A later one has come through, so the feed has swept over the first again.
    await told(await win(), 'completed');
    expect(new Set(newsOf(opportunity).map((news) => news.orderNumber))).toEqual(new Set([orderNumber]));
    expect(doneFor(site, [orderNumber]).get(orderNumber)).toEqual(onceEach);
  });

  test('is told what keeps its order, and what a person decided', async () => {
    const opportunity = await win({ lines: [{ item: 'HEART', quantity: '4', unitPrice: '2.00' }] });
    const { orderNumber, state } = await told(opportunity, 'held');
    expect(state).toBe('held: price');
    await site.api.release(orderNumber, 'price', { reason: 'agreed on the phone' });
    await told(opportunity, 'completed');
    expect(areRising(newsOf(opportunity))).toBe(true);
  });

  test.each(['lose-answer', 'error-after', 'html-200', 'truncate'])(
    'is not written to twice when the CRM’s answer is spoilt: %s',
    async (behaviour) => {
      const purchaseOrder = freshPurchaseOrder();
      await site.crm.script([{ on: 'PATCH Opportunity', text: purchaseOrder, behaviour }]);
      const opportunity = await win({ purchaseOrder });
      const { orderNumber } = await told(opportunity, 'completed');
      await site.api.in(orderNumber, 'completed');
      const news = newsOf(opportunity);
      expect(areRising(news)).toBe(true);
      expect((await site.crm.scripts()).filter(({ fired }) => fired === 0)).toEqual([]);
    },
  );
});

describe('an opportunity that cannot be an order', () => {
  test('makes none, though its neighbour does', async () => {
    const before = site.erp.entries().length;
    const unknown = await win({ customer: '99999' });
    const unreadable = await win({ customer: undefined });
    const good = await told(await win(), 'completed');
    expect([...newsOf(unknown), ...newsOf(unreadable)]).toEqual([]);
    const sales = site.erp
      .entries()
      .slice(before)
      .filter(({ kind }) => kind === 'sale-confirmed');
    expect(sales.map(({ reference }) => reference)).toEqual([good.orderNumber]);
  });
});
