import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CasesApi, type CaseView, createCasesApi } from './support/cases-api.ts';
import { doneFor, entriesOf } from './support/done-for.ts';
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

const create = 'model.sale.sale.create';

/** An order that the ERP would not take, with its case. */
async function refusedOrder(): Promise<CaseView> {
  await site.erp.turn({ denied: [create] });
  const orderNumber = await site.api.order(orderOf([hearts('2')]));
  const found = await eventually('the case', async () => (await cases.list(`key=${orderNumber}`))[0]);
  await site.erp.turn({ denied: [] });
  return cases.show(found.id);
}

const closed = (id: string): Promise<CaseView> =>
  eventually('the case to close', async () => {
    const now = await cases.show(id);
    return now.state === 'closed' ? now : undefined;
  });

interface Request {
  readonly customerPurchaseOrder: string;
  readonly lines: readonly object[];
}

test('a request is edited, checked, and sent in place of the one that failed', async () => {
  const one = await refusedOrder();
  const request = one.request as Request;
  const wrong = await cases.act(one, 'edit-and-retry', {
    reason: 'x',
    request: { ...request, lines: [], colour: 'red' },
  });
  expect(wrong).toMatchObject({ status: 422, json: { code: 'invalid-request' } });
  const paths = (wrong.json.errors as readonly { path: string }[]).map(({ path }) => path);
  expect(paths.toSorted()).toEqual(['/request/colour', '/request/lines']);

  const edited = { ...request, customerPurchaseOrder: 'PO-EDITED' };
  const sent = await cases.act(one, 'edit-and-retry', { reason: 'they mistyped it', request: edited });
  expect(sent).toMatchObject({ status: 200, json: { verdict: 'applied' } });
  await site.api.in(one.key, 'completed');
  expect(doneFor(site, [one.key]).get(one.key)).toMatchObject({ sales: 1, invoices: 1 });
  expect(await closed(one.id)).toMatchObject({
    acts: [
      {
        action: 'edit-and-retry',
        by: 'api:shop',
        verdict: 'applied',
        difference: [{ path: '/customerPurchaseOrder', from: request.customerPurchaseOrder, to: 'PO-EDITED' }],
      },
    ],
  });
});

test('what the flow needs cannot be skipped, and a waiting effect keeps its case open: both are said', async () => {
  const one = await refusedOrder();
  for (const [action, because] of [
    ['skip', 'needs what book-in-erp answers'],
    ['not-done', 'not in doubt'],
    ['close', 'closes by itself'],
  ] as const) {
    expect(await cases.act(one, action, { reason: 'try' })).toMatchObject({
      status: 409,
      json: { code: 'action-not-allowed', detail: expect.stringContaining(because) },
    });
  }
  expect((await cases.show(one.id)).version).toBe(one.version);
});

test('a run is given up: what was done is undone, nothing is booked, and the case closes', async () => {
  const one = await refusedOrder();
  const given = await cases.act(one, 'compensate', { reason: 'the customer bought elsewhere' });
  expect(given).toMatchObject({ status: 200, json: { verdict: 'applied' } });
  const order = await site.api.reaches(one.key, 'at its end', ({ phase }) => phase === 'ended');
  expect(order.ending).toBe('compensated');
  expect((await closed(one.id)).closedBecause).toMatch(/undone/);
  expect(entriesOf(site, one.key)).toEqual([]);
});
