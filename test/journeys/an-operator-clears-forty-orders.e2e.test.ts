import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#platform/audit';
import { type CasesApi, createCasesApi, type GroupView } from './support/cases-api.ts';
import { doneFor } from './support/done-for.ts';
import { eventually } from './support/eventually.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { hearts, orderOf } from './support/orders.ts';

let site: Installation;
let cases: CasesApi;
beforeAll(async () => {
  site = await openInstallation();
  cases = createCasesApi(site.url, site.apiKey);
}, 120_000);
afterAll(() => site?.stop());

const confirm = 'model.sale.sale.confirm';
const count = 40;
const beforeBooking = new Set(['checking', 'reserving', 'booking']);

test('the ERP refuses forty orders for one cause; one retry of the group clears them, and the audit tells the story', async () => {
  // Somebody has taken away a right in the ERP.
  await site.erp.turn({ denied: [confirm] });
  const orders: string[] = [];
  for (let n = 0; n < count; n += 1) orders.push(await site.api.order(orderOf([hearts('2')])));

  // One group appears within seconds, with what is at risk: forty orders of two hearts at 2.50.
  const [group] = await eventually('one group of forty', async () => {
    const groups = (await cases.groups()).filter(({ cause }) => cause === 'failed-book-in-erp');
    return groups.length === 1 && groups[0]?.count === count ? (groups as [GroupView]) : undefined;
  });
  expect(group).toMatchObject({
    instance: 'erp-main',
    worth: [{ amount: '200', currency: 'GBP' }],
    sample: { summary: expect.stringContaining('right') },
  });
  const path = `/api/cases/v1/groups/${encodeURIComponent(group.group)}`;
  const list = await cases.list(`group=${encodeURIComponent(group.group)}&limit=200`);
  expect(list.map(({ key }) => key).toSorted()).toEqual(orders.toSorted());
  expect(list[0]).toMatchObject({
    customer: '17850',
    worth: { amount: '5', currency: 'GBP' },
    effect: { name: 'book-in-erp', standing: 'safe to send' },
    actions: expect.arrayContaining([{ action: 'retry', allowed: true }]),
    links: { narrative: `/api/orders/v1/orders/${list[0]?.key}/narrative` },
  });

  // One of them is tried: the cause is still there, and the case stays as it is.
  const [first, second] = list;
  if (first === undefined || second === undefined) throw new Error('there are no cases');
  const tried = await cases.act(first, 'retry', { reason: 'perhaps it is over' });
  expect(tried).toMatchObject({ status: 200, json: { verdict: 'applied' } });
  await eventually('the first to have failed again', async () => {
    const now = await cases.show(first.id);
    return now.state === 'open' && now.actions.some(({ action, allowed }) => action === 'retry' && allowed)
      ? now
      : undefined;
  });
  expect(await cases.act(first, 'retry', { reason: 'seen too long ago' })).toMatchObject({
    status: 409,
    json: { code: 'case-changed' },
  });
  expect(await cases.act(second, 'assign', { reason: 'she knows the ERP', to: 'jane' })).toMatchObject({ status: 200 });

  // The cause is mended, the bulk is looked at before it is begun, and begun once however often it is sent.
  await site.erp.turn({ denied: [] });
  const preview = await cases.write(`${path}/retry`, { reason: 'the right is back', dryRun: true });
  expect(preview.json).toEqual({
    count,
    allowed: count,
    worth: [{ amount: '200', currency: 'GBP' }],
    notAllowed: [],
    needsApproval: false,
  });
  const request = { reason: 'the right is back', atMost: count };
  const began = await Promise.all([1, 2, 3].map(() => cases.write(`${path}/retry`, request, 'clear-the-forty')));
  expect(new Set(began.map(({ status }) => status))).toEqual(new Set([202]));
  expect(new Set(began.map(({ json }) => json.id)).size).toBe(1);
  const bulk = await cases.ended(String(began[0]?.json.id));
  expect(bulk).toMatchObject({ state: 'finished', applied: count, refused: 0 });

  // All go on, each booked once, and the cases close by themselves and say why.
  for (const orderNumber of orders) {
    await site.api.reaches(orderNumber, 'confirmed', ({ state, bookings }) => {
      return !beforeBooking.has(state) && bookings.length === 1;
    });
  }
  expect([...doneFor(site, orders).values()].map(({ sales }) => sales)).toEqual(orders.map(() => 1));
  expect((await cases.groups()).filter(({ cause }) => cause === 'failed-book-in-erp')).toEqual([]);
  const closed = await cases.list('state=closed&cause=failed-book-in-erp&limit=200');
  expect(closed).toHaveLength(count);
  for (const one of closed) expect(one.closedBecause).toMatch(/\w/);

  // The audit tells who did what, and nobody has touched it.
  const { entries } = await cases.read<{ entries: readonly { action: string; by: string; details: object }[] }>(
    bulk.links.audit,
  );
  expect(entries).toMatchObject([
    { action: 'retry-group', by: 'api:shop', details: { reason: 'the right is back', total: count } },
    { action: 'finish', details: { applied: count } },
  ]);
  const story = await cases.read<{ entries: readonly { action: string; details: object }[] }>(
    `${second.links.self}/audit`,
  );
  expect(story.entries).toMatchObject([
    { action: 'assign', details: { to: 'jane', reason: 'she knows the ERP' } },
    { action: 'retry', details: { bulk: bulk.id, reason: 'the right is back' } },
  ]);
  expect(await verifyAudit(site.database.pool)).toMatchObject({ intact: true });
}, 120_000);
