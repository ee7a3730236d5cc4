import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { freshPurchaseOrder } from './support/orders.ts';
import type { Narrative } from './support/orders-api.ts';

let site: Installation;
beforeAll(async () => {
  site = await openInstallation();
}, 120_000);
afterAll(() => site?.stop());

/** Wins an opportunity whose price is not the agreed one, over two warehouses; answers the held order's number. */
async function heldOrder(): Promise<string> {
  const { id } = (await site.crm.act('win-opportunity', {
    customer: '17850',
    purchaseOrder: freshPurchaseOrder(),
    lines: [
      { item: 'HEART', quantity: '4', unitPrice: '2.00' },
      { item: 'LANTERN', quantity: '2', unitPrice: '3.39' },
      { item: 'POST', kind: 'charge', quantity: '1', unitPrice: '18.00' },
    ],
  })) as { readonly id: string };
  return eventually('the order', () => {
    const told = site.crm.entries().find((entry) => entry.id === id && JSON.stringify(entry).includes('held: price'));
    return (told?.fields as { readonly Crossdock_Order_Number__c?: string } | undefined)?.Crossdock_Order_Number__c;
  });
}

const tellsOf = ({ story }: Narrative, run: string, what: string): readonly string[] =>
  story.filter((line) => line.run === run && line.what === what).map(({ summary }) => summary);

/** Each of these, in this order, with anything between. */
function expectInOrder(found: readonly string[], wanted: readonly string[]): void {
  let from = 0;
  for (const text of wanted) {
    const place = found.findIndex((line, index) => index >= from && line.includes(text));
    expect(place, `"${text}" after line ${from} of:\n${found.join('\n')}`).toBeGreaterThanOrEqual(0);
    from = place + 1;
  }
}

test('the narrative of an order names every state, message, effect, hold and person, in order', async () => {
  const orderNumber = await heldOrder();
  await site.api.in(orderNumber, 'held');
  await site.api.release(orderNumber, 'price', { reason: 'agreed on the phone' });
  await site.api.in(orderNumber, 'completed');
  const [north, south] = [`fulfilment/${orderNumber}-NORTH-1`, `fulfilment/${orderNumber}-SOUTH-1`];
  const order = `order-to-cash/${orderNumber}`;
  // The CRM's own run has its last word a little later.
  const told = await eventually('the CRM to be told the end', async () => {
    const narrative = await site.api.narrative(orderNumber);
    return narrative.story.some(({ run, summary }) => run.startsWith('order-news') && summary.includes('ended'))
      ? narrative
      : undefined;
  });

  expectInOrder(
    tellsOf(told, order, 'state').map((line) => line.split(':')[0] ?? ''),
    ['checking', 'held', 'checking', 'reserving', 'booking', 'fulfilling', 'closing', 'completed'],
  );
  for (const run of [north, south]) {
    expectInOrder(tellsOf(told, run, 'state'), ['releasing', 'released', 'issuing', 'invoicing', 'shipped']);
    const site = run === north ? 'wms-north' : 'wms-south';
    expectInOrder(tellsOf(told, run, 'effect'), [
      `Asked ${site} to release to warehouse`,
      `Done by ${site}: release to warehouse`,
      'Asked erp-main to issue goods',
      'Asked erp-main to post invoice',
      'Done by erp-main: post invoice',
    ]);
    expectInOrder(tellsOf(told, run, 'message'), [`${site} confirmed shipment`]);
    expect(tellsOf(told, run, 'message').join()).toContain(`${site} acknowledged the release`);
  }
  expectInOrder(tellsOf(told, order, 'effect'), [
    'Asked erp-main to check customer.',
    'Asked erp-main to check customer (2)',
    'Asked crossdock to reserve stock',
    'Asked erp-main to book in ERP (1.2-NORTH)',
    'Done by erp-main: book in ERP',
  ]);
  expectInOrder(tellsOf(told, order, 'hold'), ['order-held', 'api:shop released hold price: agreed on the phone']);
  expect(told.story.find(({ summary }) => summary.includes('released hold'))?.who).toBe('api:shop');
  const times = told.story.map(({ at }) => at);
  expect(times).toEqual(times.toSorted());

  // Every effect of every run is there and came back.
  expect(new Set(told.effects.map(({ status }) => status))).toEqual(new Set(['done']));
  const names = told.effects.map(({ run, name }) => `${run} ${name}`);
  expect(names).toEqual(
    expect.arrayContaining([
      `${order} book-in-erp`,
      `${order} release-stock`,
      `${order} release-purchase-order`,
      `${north} issue-goods`,
      `${south} take-out-of-stock`,
      `order-news/${orderNumber} tell-crm`,
    ]),
  );
  const keys = told.effects.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);

  // What CRM, ERP and each warehouse last said.
  const says = Object.fromEntries(told.says.map(({ system, about }) => [system, about]));
  expect(Object.keys(says).toSorted()).toEqual(['crm-main', 'crossdock', 'erp-main', 'wms-north', 'wms-south']);
  expect(says['crm-main']).toBe('tell-crm');
  expect(says['erp-main']).toBe('post-invoice');
  for (const warehouse of ['wms-north', 'wms-south']) {
    expect(['shipment.confirmed', 'fulfilment.acknowledged']).toContain(says[warehouse]);
  }
});
