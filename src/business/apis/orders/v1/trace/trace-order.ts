import { readRoute } from '#platform/gateway';
import { OrderTrace } from '../exchange-schema.ts';
import type { OrdersNeeds } from '../needs.ts';
import { OrderPath } from '../order-path.ts';
import { findOrder, noSuchOrder } from '../order-run.ts';
import { readOrderRecord } from '../record/order-record.ts';
import { orderTrace } from './order-trace.ts';

export const traceOrder = readRoute<OrdersNeeds>()({
  name: 'traceOrder',
  path: '/orders/{orderNumber}/trace',
  summary: 'The trace of an order, from its journals',
  description:
    'The order, its fulfilments and its news as spans: states, calls with what came of them, messages. Exported spans and outgoing ' +
    'headers stand under the same trace id.',
  access: { scope: 'orders:read' },
  params: OrderPath,
  answers: { ok: OrderTrace },
  problems: [],
  handle: async (request, needs) => {
    const { params, now } = request;
    const run = await findOrder(needs.engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    return { outcome: 'ok', body: orderTrace(await readOrderRecord(needs, run, now)) };
  },
});
