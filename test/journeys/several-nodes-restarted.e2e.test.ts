import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doneFor, onceEach } from './support/done-for.ts';
import { openSite, type Site } from './support/installation.ts';
import { createOrdersApi } from './support/orders-api.ts';
import { type ServeProcess, startServe } from './support/serve-process.ts';
import { steadyLoad } from './support/steady-load.ts';

let site: Site;
let nodes: ServeProcess[] = [];
beforeAll(async () => {
  site = await openSite();
  nodes = [await startServe(site), await startServe(site)];
}, 120_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.end('SIGKILL')));
  await site?.stop();
});

test('nodes that are started without a name have different ones', () => {
  expect(nodes.map(({ node }) => node).toSorted()).toEqual(['node-1', 'node-2']);
});

test('one work is done by one node: each feed, the catalogue and the expiry are led by exactly one', async () => {
  const metrics = await Promise.all(nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  const leading = metrics.map((text) => [...text.matchAll(/crossdock_feed\{feed="([^"]+)",figure="leading"\} 1/g)]);
  const feeds = leading.flat().map(([, feed]) => feed);
  expect(feeds.length).toBeGreaterThan(2);
  expect(new Set(feeds).size).toBe(feeds.length);
  const led = nodes.flatMap((node) => node.events().filter((event) => event === 'catalogue-read'));
  expect(led).toHaveLength(1);
});

test('a second node of a name that runs already is refused, and says what to do', async () => {
  await expect(startServe({ ...site, words: ['--node', 'node-1'] })).rejects.toThrow(
    /a node of this name runs already on this database/,
  );
}, 60_000);

test('rolling restarts: a client that turns to the other node when a connection is refused sees no failure (S34)', async () => {
  const current = nodes.map((node) => ({ node, port: Number(new URL(node.url).port) }));
  const load = steadyLoad(
    current.map((each) => createOrdersApi(() => each.node.url, site.apiKey)),
    50,
  );
  await wait(1_000);
  for (let times = 0; times < 2; times += 1) {
    for (const [at, each] of current.entries()) {
      expect(await each.node.end('SIGTERM')).toBe('0');
      each.node = await startServe({ ...site, port: each.port, words: ['--node', each.node.node] });
      nodes[at] = each.node;
    }
  }
  const { acknowledged, answers } = await load.end();
  expect(Object.keys(answers).filter((answer) => !['202', 'refused'].includes(answer))).toEqual([]);
  expect(answers.refused).toBeGreaterThan(0);
  expect(acknowledged.length).toBeGreaterThan(50);
  const api = createOrdersApi(() => nodes[0]?.url ?? '', site.apiKey);
  for (const orderNumber of acknowledged) await api.in(orderNumber, 'completed');
  expect([...doneFor(site, acknowledged).values()]).toEqual(acknowledged.map(() => onceEach));
}, 180_000);
