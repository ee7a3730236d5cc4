import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { doneFor, onceEach } from './support/done-for.ts';
import { eventually } from './support/eventually.ts';
import { openSite, type Site } from './support/installation.ts';
import { hearts, orderOf } from './support/orders.ts';
import { createOrdersApi, type OrdersApi } from './support/orders-api.ts';
import { type PlatformProcess, preparePlatform } from './support/platform-process.ts';

const leaseMs = 1_500;

let site: Site;
let first: PlatformProcess;
let second: PlatformProcess;
const apiOf = ({ url }: PlatformProcess): OrdersApi => createOrdersApi(() => url, site.apiKey);

beforeAll(async () => {
  site = await openSite();
  const start = (node: string) => preparePlatform({ ...site, node: { engine: { node, leaseMs } } }).start();
  first = await start('first');
  second = await start('second');
}, 120_000);
afterEach(() => {
  process.kill(first.pid, 'SIGCONT');
});
afterAll(async () => {
  await Promise.all([first?.kill(), second?.kill()]);
  await site?.stop();
});

/** Whether the ERP was called so, for this order. */
const wasCalled = async (text: string): Promise<true | undefined> => {
  const scripts = await site.erp.scripts();
  return scripts.some(({ script, fired }) => script.text === text && fired > 0) ? true : undefined;
};

describe('a node that stands still past its lease while it waits for the ERP (S09)', () => {
  test.each(['model.sale.sale.create', 'model.sale.sale.quote', 'model.sale.sale.confirm'])(
    'in %s: another node finishes the order; what the first one says when it wakes is refused',
    async (on) => {
      const order = orderOf([hearts('2')]);
      await site.erp.script([{ on, text: order.customerPurchaseOrder, behaviour: 'delay', delayMs: 400 }]);
      await first.watch();
      const orderNumber = await apiOf(first).order(order);
      await eventually('the call', () => wasCalled(order.customerPurchaseOrder));
      process.kill(first.pid, 'SIGSTOP');

      await apiOf(second).in(orderNumber, 'completed');
      expect(doneFor(site, [orderNumber]).get(orderNumber)).toEqual(onceEach);

      process.kill(first.pid, 'SIGCONT');
      // Its call comes back, and it tries to write what came of it.
      await eventually('the first to have heard the ERP', async () =>
        (await first.passed()).some(({ point, effect }) => point === 'after-send' && effect === 'book-in-erp')
          ? true
          : undefined,
      );
      await eventually('the first to be ready again', async () =>
        (await fetch(`${first.url}/health/ready`)).ok ? true : undefined,
      );
      // It works on, and nothing was done twice.
      const next = await apiOf(first).order(orderOf([hearts('1')]));
      await apiOf(first).in(next, 'completed');
      expect([...doneFor(site, [orderNumber, next]).values()]).toEqual([onceEach, onceEach]);
      const runs = [orderNumber, next].map((key) => ({ flow: 'order-to-cash', key }));
      expect(await second.audit(runs)).toEqual({ broken: [], parked: [] });
    },
    60_000,
  );

  test('does not keep what one node does for all: its feeds are read by the other', async () => {
    // Whoever reads the feeds now stands still.
    const leading = async ({ url }: PlatformProcess): Promise<boolean> =>
      /crossdock_feed\{feed="wms-north[^}]*figure="leading"\} 1/.test(await (await fetch(`${url}/metrics`)).text());
    const leader = (await leading(first)) ? first : second;
    const other = leader === first ? second : first;
    process.kill(leader.pid, 'SIGSTOP');
    try {
      const orderNumber = await apiOf(other).order(orderOf([hearts('1')]));
      await apiOf(other).in(orderNumber, 'completed');
      expect(await leading(other)).toBe(true);
    } finally {
      process.kill(leader.pid, 'SIGCONT');
    }
    await eventually('the paused one to know that it leads no more', async () =>
      (await leading(leader)) ? undefined : true,
    );
  }, 60_000);
});
