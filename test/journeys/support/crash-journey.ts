import { afterAll, beforeAll, expect } from 'vitest';
import { doneFor, onceEach } from './done-for.ts';
import { openSite, type Site } from './installation.ts';
import type { OrdersApi } from './orders-api.ts';
import type { CrashPlan } from './platform-messages.ts';
import { type RestartingPlatform, startRestartingPlatform } from './restarting-platform.ts';
import { stockAtRest } from './stock.ts';

/** One order that travels all the way while its Crossdock is killed. */
export interface CrashJourney {
  readonly site: () => Site;
  readonly platform: () => RestartingPlatform;
  /** An order of goods from the north goes all the way; answers its number. */
  travel(name: string): Promise<string>;
  /** As `travel`, with a crash on the way; whether the process died there. */
  travelThrough(plan: CrashPlan): Promise<boolean>;
  /** Asserts of every order that travelled: one effect of each kind, journals intact; and that nothing is parked and stock is right. */
  expectOnceEach(): Promise<void>;
}

const where = ({ point, effect, nth }: CrashPlan): string =>
  `${point}${effect === undefined ? '' : `.${effect}`}.${nth}`;

/** Brings an order of three hearts in, and waits until it is over; answers its number. */
export type Travel = (given: {
  readonly site: Site;
  readonly api: OrdersApi;
  /** A short purchase order number, and a key for who submits it. */
  readonly purchaseOrder: string;
  readonly key: string;
}) => Promise<string>;

/** Over the API, submitted by a caller who insists. */
const overTheApi: Travel = async ({ api, purchaseOrder, key }) => {
  const order = {
    customer: '17850',
    customerPurchaseOrder: purchaseOrder,
    currency: 'GBP',
    lines: [{ item: 'HEART', quantity: '3', unitPrice: '2.50' }],
  };
  const orderNumber = await api.order(order, { key });
  await api.in(orderNumber, 'completed');
  return orderNumber;
};

/** Sets up, for a test file, an installation whose Crossdock is killed again and again. */
export function crashJourney(goThrough: Travel = overTheApi): CrashJourney {
  let opened: Site | undefined;
  let running: RestartingPlatform | undefined;
  /** What happened to each order, by its number. */
  const travelled = new Map<string, string>();

  const site = (): Site => {
    if (opened === undefined) throw new Error('the site is not open');
    return opened;
  };
  const platform = (): RestartingPlatform => {
    if (running === undefined) throw new Error('the platform does not run');
    return running;
  };

  beforeAll(async () => {
    opened = await openSite();
    running = await startRestartingPlatform(opened);
  }, 120_000);
  afterAll(async () => {
    await running?.stop();
    await opened?.stop();
  });

  const travel = async (name: string): Promise<string> => {
    const purchaseOrder = `KILL-${travelled.size + 1}`;
    const orderNumber = await goThrough({ site: site(), api: platform().api, purchaseOrder, key: name });
    travelled.set(orderNumber, name);
    return orderNumber;
  };

  return {
    site,
    platform,
    travel,
    travelThrough: async (plan) => (await platform().through(plan, () => travel(where(plan)))).died,
    expectOnceEach: async () => {
      const numbers = [...travelled.keys()];
      const done = doneFor(site(), numbers);
      const wrong = numbers.flatMap((orderNumber) => {
        const found = done.get(orderNumber);
        return JSON.stringify(found) === JSON.stringify(onceEach)
          ? []
          : [`${orderNumber} (${travelled.get(orderNumber)}): ${JSON.stringify(found)}`];
      });
      expect(wrong).toEqual([]);
      const runs = numbers.flatMap((orderNumber) => [
        { flow: 'order-to-cash', key: orderNumber },
        { flow: 'fulfilment', key: `${orderNumber}-NORTH-1` },
      ]);
      expect(await platform().audit(runs)).toEqual({ broken: [], parked: [] });
      const { ours, theirs, claimed } = await stockAtRest(site());
      expect(ours).toEqual(theirs);
      expect(claimed).toEqual([]);
    },
  };
}
