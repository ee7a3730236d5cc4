import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../simulators/kit/index.ts';
import { doneFor, onceEach } from './support/done-for.ts';
import { openSite, type Site } from './support/installation.ts';
import { hearts, lanterns, orderOf } from './support/orders.ts';
import type { CrashPlan } from './support/platform-messages.ts';
import { type RestartingPlatform, startRestartingPlatform } from './support/restarting-platform.ts';
import { stockAtRest } from './support/stock.ts';

/** Another seed kills elsewhere: `CRASH_SEED=7 npx vitest run test/journeys/killed-at-random`. */
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const deaths = 8;
const points = ['before-batch', 'after-batch', 'before-send', 'after-send', 'after-settle', 'before-delivery'];

let site: Site;
let platform: RestartingPlatform;
beforeAll(async () => {
  site = await openSite();
  platform = await startRestartingPlatform(site);
}, 120_000);
afterAll(async () => {
  await platform?.stop();
  await site?.stop();
});

function makePlans(): readonly CrashPlan[] {
  const random = createRandom(seed);
  const upTo = (most: number): number => Math.floor(random() * most);
  return Array.from({ length: deaths }, () => ({ point: points[upTo(points.length)] ?? '', nth: 1 + upTo(25) }));
}

test(`kill -9 in the middle of many orders, ${deaths} times (S02), seed ${seed}`, async () => {
  const plans = makePlans();
  const told = `seed ${seed}, ${JSON.stringify(plans)}`;
  const oneWarehouse: string[] = [];
  const twoWarehouses: string[] = [];
  await platform.throughAll(plans, async () => {
    const { api } = platform;
    const inOne = await Promise.all(Array.from({ length: 4 }, () => api.order(orderOf([hearts('2')]))));
    const inTwo = await Promise.all(Array.from({ length: 2 }, () => api.order(orderOf([hearts('1'), lanterns('1')]))));
    for (const orderNumber of [...inOne, ...inTwo]) await api.in(orderNumber, 'completed');
    oneWarehouse.push(...inOne);
    twoWarehouses.push(...inTwo);
  });
  expect(platform.deaths()).toBe(deaths);

  const twice = { ...onceEach, sales: 2, releases: 2, shipments: 2, goodsIssues: 2, invoices: 2 };
  expect([...doneFor(site, oneWarehouse).values()], told).toEqual(oneWarehouse.map(() => onceEach));
  expect([...doneFor(site, twoWarehouses).values()], told).toEqual(twoWarehouses.map(() => twice));
  const known = new Set([...oneWarehouse, ...twoWarehouses]);
  const unknown = site.erp.entries().filter(({ reference }) => !known.has(String(reference)));
  expect(unknown, told).toEqual([]);
  const runs = [...known].map((key) => ({ flow: 'order-to-cash', key }));
  expect(await platform.audit(runs), told).toEqual({ broken: [], parked: [] });
  const { ours, theirs, claimed } = await stockAtRest(site);
  expect(ours, told).toEqual(theirs);
  expect(claimed, told).toEqual([]);
}, 240_000);
