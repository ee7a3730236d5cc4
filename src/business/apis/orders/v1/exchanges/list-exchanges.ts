import { Type } from 'typebox';
import { closed, Identifier } from '#model/canonical';
import { readRoute } from '#platform/gateway';
import { Exchange, OrderExchanges } from '../exchange-schema.ts';
import type { OrdersNeeds } from '../needs.ts';
import { OrderPath, orderNumber } from '../order-path.ts';
import { findOrder, noSuchOrder } from '../order-run.ts';
import { readOrderRecord } from '../record/order-record.ts';
import { earlierOnes, exchangeView } from './exchange-view.ts';
import { pairExchanges } from './pair-exchanges.ts';

export const listExchanges = readRoute<OrdersNeeds>()({
  name: 'listExchanges',
  path: '/orders/{orderNumber}/exchanges',
  summary: 'Every call and message of an order, with what came of it',
  description:
    'Oldest first: what was asked of which system and what it answered, what systems and people said, and where each stands. Each is ' +
    'compared with the one before it of the same name and system.',
  access: { scope: 'orders:read' },
  params: OrderPath,
  answers: { ok: OrderExchanges },
  problems: [],
  handle: async (request, needs) => {
    const { params, now } = request;
    const run = await findOrder(needs.engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    const found = pairExchanges(await readOrderRecord(needs, run, now));
    const earlier = earlierOnes(found);
    const exchanges = found.map((each) => exchangeView(run.key, each, earlier.get(each.id), false));
    return { outcome: 'ok', body: { orderNumber: run.key, exchanges } };
  },
});

export const showExchange = readRoute<OrdersNeeds>()({
  name: 'showExchange',
  path: '/orders/{orderNumber}/exchanges/{exchange}',
  summary: 'One call or message, with its payloads whole',
  access: { scope: 'orders:read' },
  params: Type.Object({ orderNumber, exchange: Identifier('The exchange, by its id.', 200) }, closed),
  answers: { ok: Exchange },
  problems: [],
  handle: async (request, needs) => {
    const { params, now } = request;
    const run = await findOrder(needs.engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    const found = pairExchanges(await readOrderRecord(needs, run, now));
    const exchange = found.find(({ id }) => id === params.exchange);
    if (exchange === undefined) {
      return { problem: 'not-found', detail: `Order ${run.key} has no exchange ${params.exchange}.` };
    }
    const before = earlierOnes(found).get(exchange.id);
    return { outcome: 'ok', body: exchangeView(run.key, exchange, before, true) };
  },
});
