import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMailServer } from '#connectivity/connectors/smtp-notices/testing';
import { eventually } from './support/eventually.ts';
import { type Installation, openInstallation } from './support/installation.ts';
import { hearts, orderOf } from './support/orders.ts';

let mails: Awaited<ReturnType<typeof startMailServer>>;
let site: Installation;
beforeAll(async () => {
  mails = await startMailServer();
  site = await openInstallation({}, (configuration) => {
    const { systems, routing } = configuration as { readonly systems: object; readonly routing: readonly object[] };
    const settings = { host: '127.0.0.1', port: mails.port, security: 'none', from: 'orders@crossdock.example' };
    return {
      ...configuration,
      systems: { ...systems, 'mail-main': { connector: 'smtp-notices', settings } },
      routing: [...routing, { capability: 'notices', instance: 'mail-main' }],
      customerNotices: {
        customers: {
          '17850': { email: 'buyer@harbour-gifts.example', kinds: ['acknowledgement', 'dispatch', 'cancellation'] },
        },
      },
    };
  });
}, 120_000);
afterAll(async () => {
  await site?.stop();
  await mails?.close();
});

const subjects = (orderNumber: string): readonly string[] =>
  mails.taken.flatMap(({ raw }) => {
    const unfolded = raw.replaceAll(/\r\n[ \t]+/g, ' ');
    const subject = /^Subject: (.*)$/m.exec(unfolded)?.[1]?.trim();
    return subject?.includes(orderNumber) ? [subject] : [];
  });

test('a customer is told once that the order is there and once that it left, also when the facts are told again', async () => {
  const order = orderOf([hearts('6')], { customerPurchaseOrder: 'HG-4711' });
  const orderNumber = await site.api.order(order);
  await site.api.in(orderNumber, 'completed');
  const told = await eventually('both mails', () =>
    subjects(orderNumber).length >= 2 ? subjects(orderNumber) : undefined,
  );
  expect(told).toEqual([
    `We have your order ${orderNumber} (your order HG-4711)`,
    `Your order ${orderNumber} (your order HG-4711) is on its way`,
  ]);

  // The subscriber reads everything that ever happened once more, as after a restore of its cursor.
  await site.restart({
    meanwhile: async () => {
      const { rowCount } = await site.database.pool.query(
        "delete from crossdock.subscription where name = 'reactions'",
      );
      expect(rowCount).toBe(1);
    },
  });
  const other = await site.api.order(orderOf([hearts('1')], { customer: '17850' }));
  await eventually('the mails of a later order', () => subjects(other).length >= 2 || undefined);
  expect(subjects(orderNumber)).toHaveLength(2);
});

test('a customer who asked for nothing is told nothing', async () => {
  const orderNumber = await site.api.order(orderOf([{ item: 'HEART', quantity: '2' }], { customer: '13047' }));
  await site.api.in(orderNumber, 'completed');
  expect(subjects(orderNumber)).toEqual([]);
});
