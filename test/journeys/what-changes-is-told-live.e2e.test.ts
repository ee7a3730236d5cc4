import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '#platform/gateway/runtime';
import { eventually } from './support/eventually.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { orderOf } from './support/orders.ts';

interface Told {
  readonly topic: string;
  readonly keys?: readonly string[];
}

let site: Installation;
let authorization: string;
const leave = new AbortController();
const told: Told[] = [];

beforeAll(async () => {
  site = await openInstallation();
  const topics = [
    'orders:read',
    'orders:read-all',
    'cases:read',
    'lanes:read',
    'lanes:operate',
    'feeds:read',
    'approvals:read',
  ];
  const scopes = [...topics, 'live:read', 'products:read', 'audit:read', 'audit:verify'];
  authorization = `Bearer ${(await createKey(site.database, { consumer: 'screen', scopes })).key}`;
  const events = await fetch(`${site.url()}/api/live/v1/events`, { headers: { authorization }, signal: leave.signal });
  expect(events.status).toBe(200);
  const read = async (): Promise<void> => {
    let text = '';
    for await (const part of events.body ?? []) {
      text += new TextDecoder().decode(part);
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const event of whole) {
        const data = /^event: changed\ndata: (.*)$/.exec(event)?.[1];
        if (data !== undefined) told.push(JSON.parse(data));
      }
    }
  };
  read().catch(() => undefined);
}, 240_000);
afterAll(async () => {
  leave.abort();
  await site?.stop();
});

const isTold = (topic: string, key: string): Promise<Told> =>
  eventually(`${topic} ${key} to be told`, () =>
    told.find((each) => each.topic === topic && (each.keys?.includes(key) ?? true)),
  );
const ask = async (path: string, body?: object) => {
  const write = { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(site.url() + path, {
    ...(body === undefined ? {} : write),
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  });
  expect(answer.status).toBe(200);
  return JSON.parse(await answer.text());
};

describe('who listens', () => {
  test('hears of an order that moves, of a case that opens and closes, of a lane that is paused', async () => {
    const orderNumber = await site.api.order(orderOf([{ item: 'HEART', quantity: '100' }], { customer: '13047' }));
    await isTold('orders', orderNumber);
    await site.api.in(orderNumber, 'held');
    const { cases } = await ask(`/api/cases/v1/cases?key=${orderNumber}`);
    await isTold('cases', cases[0].id);
    told.length = 0;
    await site.api.release(orderNumber, 'credit', { reason: 'paid by card', waiver: { amount: '500' } });
    await isTold('cases', cases[0].id);
    await ask('/api/lanes/v1/lanes/erp-main/pause', { reason: 'stocktaking' });
    await isTold('lanes', 'erp-main');
    await ask('/api/lanes/v1/lanes/erp-main/resume', { reason: 'done' });
    await site.api.in(orderNumber, 'completed');
  }, 120_000);

  test('finds every API in the catalogue, and its document', async () => {
    const { products } = await ask('/api/products/v1/products');
    const bases: readonly string[] = products.map(({ base }: { base: string }) => base);
    expect(bases).toEqual(expect.arrayContaining(['/api/orders/v1', '/api/live/v1', '/api/audit/v1']));
    for (const { openapi } of products) expect((await ask(openapi)).openapi).toBe('3.1.0');
  });

  test('finds what was done in the audit, and the chains whole: of acts, and of what happened to runs', async () => {
    const { entries } = await ask('/api/audit/v1/entries?target=lane:');
    const target = 'lane:erp-main';
    const [resumed, paused] = entries;
    expect([paused, resumed]).toMatchObject([
      { target, by: 'api:screen', details: { reason: 'stocktaking' } },
      { target, by: 'api:screen', details: { reason: 'done' } },
    ]);
    expect(await ask('/api/audit/v1/verifications', { of: 'acts' })).toMatchObject({ verified: true });
    const journals = await ask('/api/audit/v1/verifications', { of: 'journals' });
    expect(journals).toMatchObject({ verified: true });
    expect(journals.entries).toBeGreaterThan(0);
  });

  test('finds the console, or how it is built, at every address', async () => {
    const page = await fetch(`${site.url()}/orders/1`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toMatch(/<div id="console">|npm run console:build/);
    expect((await fetch(`${site.url()}/api/none`)).status).toBe(404);
  });
});
