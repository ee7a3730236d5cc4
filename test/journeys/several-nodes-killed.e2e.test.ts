import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doneFor, onceEach } from './support/done-for.ts';
import { openSite, type Site } from './support/installation.ts';
import { hearts, orderOf } from './support/orders.ts';
import { createOrdersApi, type OrdersApi } from './support/orders-api.ts';
import { type PlatformProcess, preparePlatform } from './support/platform-process.ts';
import { stockAtRest } from './support/stock.ts';

const leaseMs = 1_500;
const orders = 40;

let site: Site;
let nodes: PlatformProcess[] = [];
const apiOf = ({ url }: PlatformProcess): OrdersApi => createOrdersApi(() => url, site.apiKey);

beforeAll(async () => {
  site = await openSite();
  const start = (node: string) => preparePlatform({ ...site, node: { engine: { node, leaseMs } } }).start();
  nodes = [await start('first'), await start('second'), await start('third')];
}, 120_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await site?.stop();
});

describe('several nodes with orders in flight', () => {
  test('kill -9 of two of three: every order that was acknowledged ends, each effect once', async () => {
    const [first, second, third] = nodes;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three nodes are needed');
    const acknowledged: string[] = [];
    const submit = async (count: number, to: readonly PlatformProcess[]): Promise<void> => {
      const waiting = Array.from({ length: count }, (_, at) => to[at % to.length] ?? third);
      await Promise.all(
        waiting.map(async (node) => {
          const answer = await apiOf(node)
            .submit(orderOf([hearts('1')]))
            .catch(() => undefined);
          if (answer?.status === 202) acknowledged.push(String(answer.json.orderNumber));
        }),
      );
    };
    await submit(orders / 2, nodes);
    await first.kill();
    await submit(orders / 4, [second, third]);
    await second.kill();
    await submit(orders / 4, [third]);
    expect(acknowledged).toHaveLength(orders);

    for (const orderNumber of acknowledged) await apiOf(third).in(orderNumber, 'completed');
    expect([...doneFor(site, acknowledged).values()]).toEqual(acknowledged.map(() => onceEach));
    const runs = acknowledged.map((key) => ({ flow: 'order-to-cash', key }));
    expect(await third.audit(runs)).toEqual({ broken: [], parked: [] });
    const { ours, theirs, claimed } = await stockAtRest(site);
    expect(ours).toEqual(theirs);
    expect(claimed).toEqual([]);
  }, 120_000);
});
