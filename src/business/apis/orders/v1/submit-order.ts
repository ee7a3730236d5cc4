import { Type } from 'typebox';
import { orderToCash } from '#business/flows';
import { closed, Identifier } from '#model/canonical';
import { OrderSubmission } from '#model/messages';
import { writeRoute } from '#platform/gateway';
import type { OrdersNeeds } from './needs.ts';
import { isDecided, waitForOrder } from './order-run.ts';
import { acceptSubmission, tradeFailures } from './submission/accept-submission.ts';
import { orderLinks, orderView } from './view.ts';
import { Links, OrderView } from './view-schema.ts';

/** The order is durably accepted; whether it can be fulfilled is told by its state. */
export const OrderReceipt = Type.Object(
  { orderNumber: Identifier('Ours; name it in every question.', 30), state: Type.String(), links: Links },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-receipt/1' },
);

export const submitOrder = writeRoute<OrdersNeeds>()({
  name: 'submitOrder',
  method: 'POST',
  path: '/orders',
  summary: 'Submit an order',
  description:
    'Answers as soon as the order is durable. With `Prefer: wait=10` it waits for the order to be confirmed or held. ' +
    'Sent again with the same Idempotency-Key and body it gives the same order again.',
  access: { scope: 'orders:write' },
  body: OrderSubmission,
  // The engine keeps the claim in the transaction that starts the order: there is no moment in which one is there without the other.
  remembers: 'handler',
  answers: { ok: OrderView, created: OrderView, accepted: OrderReceipt },
  problems: [],
  findMore: (body, { catalogue }, now) => tradeFailures(body, now, catalogue),
  handle: async ({ body, consumer, by, sites, intent, now, waitMs, closing }, { engine, numbers, catalogue }) => {
    // What a person calls so is another's than what a key of the same name does.
    const scope = `orders:${by.startsWith('person:') ? by : consumer}`;
    const accepted = acceptSubmission(body, {
      catalogue,
      // The same claim had a number before: after a restore it is given that one, by which the systems outside know the order.
      orderNumber: await numbers.next({ scope, key: intent.key }),
      channel: 'api',
      source: by,
      now,
    });
    if (!accepted.ok) {
      const count = accepted.failures.length;
      const detail = `The order was not taken: ${count === 1 ? accepted.failures[0]?.message : `${count} things are wrong; see errors.`}`;
      return { problem: 'invalid-request', detail, errors: accepted.failures };
    }
    const { outcome, key: orderNumber } = await engine.start({
      flow: orderToCash.name,
      key: accepted.value.orderNumber,
      input: accepted.value,
      source: by,
      claim: { scope, key: intent.key, fingerprint: intent.fingerprint },
    });
    if (outcome === 'conflicting') {
      const detail = 'This Idempotency-Key named another order. Use a new key for a new order.';
      return { problem: 'idempotency-key-reused', detail };
    }
    const repeated = outcome === 'repeated';
    const replayed = repeated ? { replayed: true as const } : {};
    const waited = waitMs > 0 ? { waited: waitMs / 1_000 } : {};
    const links = orderLinks(orderNumber);
    // Who sees some warehouses only is told that it was taken: which it goes to is not known yet.
    const run =
      waitMs > 0 && sites === undefined
        ? await waitForOrder(engine, orderNumber, isDecided, waitMs, closing)
        : undefined;
    if (run !== undefined && isDecided(run)) {
      const location = links.self;
      return {
        outcome: repeated ? 'ok' : 'created',
        body: orderView(run, catalogue),
        location,
        ...waited,
        ...replayed,
      };
    }
    const state = repeated ? (await engine.view(orderToCash.name, orderNumber))?.state : undefined;
    const receipt = { orderNumber, state: state ?? orderToCash.table.start, links };
    return { outcome: 'accepted', body: receipt, location: links.self, ...waited, ...replayed };
  },
});
