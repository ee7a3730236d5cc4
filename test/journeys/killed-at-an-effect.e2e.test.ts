import { describe, expect, test } from 'vitest';
import { crashJourney } from './support/crash-journey.ts';

/** Every effect of an order of goods from one warehouse, on its way from the API to its invoice. */
const effects = [
  'check-customer',
  'check-prices',
  'claim-purchase-order',
  'reserve-stock',
  'book-in-erp',
  'release-to-warehouse',
  'issue-goods',
  'take-out-of-stock',
  'post-invoice',
  'release-stock',
  'release-purchase-order',
];
/** Before the call, after it and before our commit, after our commit. */
const points = ['before-send', 'after-send', 'after-settle'];

describe('kill -9 around every effect of an order (S01, S02)', () => {
  const journey = crashJourney();

  test('an order that nobody disturbs asks each of these effects once', async () => {
    const passed = await journey.platform().count(() => journey.travel('undisturbed'));
    for (const point of points) {
      const seen = passed.filter((each) => each.point === point).map(({ effect }) => effect);
      expect(seen.toSorted()).toEqual(effects.toSorted());
    }
  });

  test.each(points.flatMap((point) => effects.map((effect) => ({ point, effect }))))(
    '$point $effect: the process dies there, and the next one finishes the order',
    async ({ point, effect }) => {
      expect(await journey.travelThrough({ point, effect, nth: 1 })).toBe(true);
    },
  );

  test('of every order there is one sale, one release, one shipment, one goods issue and one invoice', async () => {
    expect(journey.platform().deaths()).toBe(points.length * effects.length);
    await journey.expectOnceEach();
    // An order of the API is no news for the CRM.
    expect(journey.site().crm.entries()).toEqual([]);
  });
});
