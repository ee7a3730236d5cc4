import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doneFor, onceEach } from './support/done-for.ts';
import { eventually } from './support/eventually.ts';
import { openSite, type Site } from './support/installation.ts';
import { createOrdersApi, type OrdersApi } from './support/orders-api.ts';
import { type OwnServer, startOwnServer } from './support/own-server.ts';
import { type PlatformProcess, preparePlatform } from './support/platform-process.ts';
import { type Seen, steadyLoad } from './support/steady-load.ts';
import { stockAtRest } from './support/stock.ts';

const leaseMs = 5_000;

let server: OwnServer;
let site: Site;
let nodes: PlatformProcess[] = [];
const ended: string[] = [];
const apiOf = ({ url }: PlatformProcess): OrdersApi => createOrdersApi(() => url, site.apiKey);
const isReady = async ({ url }: PlatformProcess): Promise<boolean> => (await fetch(`${url}/health/ready`)).ok;

beforeAll(async () => {
  server = await startOwnServer();
  site = await openSite(async () => ({ url: server.url, database: server.database, drop: async () => undefined }));
  const start = (node: string) => preparePlatform({ ...site, node: { engine: { node, leaseMs } } }).start();
  nodes = [await start('first'), await start('second')];
  for (const node of nodes) void node.ended.then((how) => ended.push(how));
}, 120_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await site?.stop();
  await server?.stop();
});

/** The load while the database is maltreated, and for a moment after; every order that was taken must end, once. */
async function through(maltreat: () => Promise<void>): Promise<Seen> {
  const load = steadyLoad(nodes.map(apiOf));
  await wait(500);
  await maltreat();
  await eventually('both nodes to be ready again', async () =>
    (await Promise.all(nodes.map(isReady))).every(Boolean) ? true : undefined,
  );
  await wait(500);
  const seen = await load.end();
  const [first] = nodes;
  if (first === undefined) throw new Error('there is no node');
  for (const orderNumber of seen.acknowledged) await apiOf(first).in(orderNumber, 'completed');
  const done = doneFor(site, seen.acknowledged);
  expect(
    seen.acknowledged.filter((orderNumber) => JSON.stringify(done.get(orderNumber)) !== JSON.stringify(onceEach)),
  ).toEqual([]);
  expect(seen.acknowledged.length).toBeGreaterThan(10);
  // Taken, or "not now" with a time: never an error of ours, never a connection that ends without an answer.
  expect(Object.keys(seen.answers).filter((answer) => !['200', '201', '202', '503'].includes(answer))).toEqual([]);
  expect(seen.without).toBe(0);
  expect(ended).toEqual([]);
  return seen;
}

describe('two nodes under a light load recover by themselves, and nothing is lost or doubled', () => {
  test.each(['fast', 'immediate', 'kill'] as const)(
    'when PostgreSQL is restarted: %s (S24)',
    async (how) => {
      await through(() => server.restart(how));
    },
    120_000,
  );

  test('when connections are ended five times a second (S25)', async () => {
    let cut = 0;
    await through(async () => {
      for (let times = 0; times < 20; times += 1) {
        cut += await server.cut(0.3);
        await wait(200);
      }
    });
    expect(cut).toBeGreaterThan(20);
  }, 120_000);

  test('when the disk is full: nothing is acknowledged, and it goes on when there is room (S28)', async () => {
    const seen = await through(async () => {
      await server.database.pool.query(`
        create function no_room() returns trigger language plpgsql as $$
          begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
        create trigger no_room before insert or update on run for each statement execute function no_room();`);
      const before = await server.database.pool.query('select count(*)::int as runs from run');
      await eventually('the nodes to say that they are not ready', async () =>
        (await Promise.all(nodes.map(isReady))).some(Boolean) ? undefined : true,
      );
      expect((await server.database.pool.query('select count(*)::int as runs from run')).rows).toEqual(before.rows);
      await server.database.pool.query('drop function no_room cascade');
    });
    expect(seen.answers['503']).toBeGreaterThan(0);
  }, 120_000);

  test('and then the stock is what the warehouses have', async () => {
    const { ours, theirs, claimed } = await stockAtRest(site);
    expect(ours).toEqual(theirs);
    expect(claimed).toEqual([]);
  });
});
