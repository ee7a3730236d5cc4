import { describe, expect, test } from 'vitest';
import { crashJourney } from './support/crash-journey.ts';

/** Around each commit, and before a committed message is handed to its run. How many there are at the least. */
const points = { 'before-batch': 15, 'after-batch': 15, 'before-delivery': 4 };
/** Far more than an order has. */
const mostCommits = 60;

describe('kill -9 at every commit of an order (S02)', () => {
  const journey = crashJourney();

  test.each(Object.entries(points))(
    '%s: at the first, the second … until an order gets through before it is reached',
    async (point, least) => {
      let nth = 1;
      while (await journey.travelThrough({ point, nth })) {
        nth += 1;
        expect(nth).toBeLessThan(mostCommits);
      }
      expect(nth).toBeGreaterThan(least);
      expect(journey.platform().deaths()).toBeGreaterThanOrEqual(nth - 1);
    },
    240_000,
  );

  test('of every order there is one sale, one release, one shipment, one goods issue and one invoice', async () => {
    await journey.expectOnceEach();
    // An order of the API is no news for the CRM.
    expect(journey.site().crm.entries()).toEqual([]);
  });
});
