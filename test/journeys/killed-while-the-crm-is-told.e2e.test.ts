import { describe, expect, test } from 'vitest';
import { crashJourney, type Travel } from './support/crash-journey.ts';
import { eventually } from './support/eventually.ts';
import { areRising, newsOf, told, win } from './support/opportunities.ts';

const opportunities: string[] = [];

/** A won opportunity becomes an order, and shows the end of it. */
const fromTheCrm: Travel = async ({ site, api, purchaseOrder }) => {
  const lines = [{ item: 'HEART', quantity: '3', unitPrice: '2.50' }];
  const opportunity = await win(site.crm, { purchaseOrder, lines });
  opportunities.push(opportunity);
  const { orderNumber } = await told(site.crm, opportunity, 'completed');
  await api.in(orderNumber, 'completed');
  await eventually('the end of the news', async () => {
    const { story } = await api.narrative(orderNumber);
    return (
      story.some(({ run, what, summary }) => run.startsWith('order-news') && what === 'run' && /ended/.test(summary)) ||
      undefined
    );
  });
  return orderNumber;
};

describe('kill -9 while a won opportunity becomes an order and is told of it (S01, S02)', () => {
  const journey = crashJourney(fromTheCrm);

  test.each([
    { point: 'before-batch', nth: 1 },
    { point: 'after-batch', nth: 1 },
    { point: 'before-batch', nth: 2 },
    { point: 'after-batch', nth: 2 },
  ])('at the intake, $point $nth: it becomes one order', async (plan) => {
    expect(await journey.travelThrough(plan)).toBe(true);
  });

  test.each(['before-send', 'after-send', 'after-settle'])(
    '%s: at the first news, the second … until an order gets through before it is reached',
    async (point) => {
      let nth = 1;
      while (await journey.travelThrough({ point, effect: 'tell-crm', nth })) nth += 1;
      expect(nth).toBeGreaterThan(2);
    },
    120_000,
  );

  test('every opportunity has one order, newer news after older, and shows the end of it', async () => {
    await journey.expectOnceEach();
    for (const opportunity of opportunities) {
      const news = newsOf(journey.site().crm, opportunity);
      expect(new Set(news.map(({ orderNumber }) => orderNumber)).size).toBe(1);
      expect(areRising(news)).toBe(true);
      expect(news.at(-1)).toMatchObject({ state: 'completed', tracking: expect.stringMatching(/^TRKNORTH-/) });
    }
    const orders = opportunities.map((opportunity) => newsOf(journey.site().crm, opportunity).at(-1)?.orderNumber);
    expect(new Set(orders).size).toBe(opportunities.length);
    const runs = orders.map((orderNumber) => ({ flow: 'order-news', key: orderNumber ?? '' }));
    expect(await journey.platform().audit(runs)).toEqual({ broken: [], parked: [] });
  });
});
