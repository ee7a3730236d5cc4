import { readRoute } from '#platform/gateway';
import { narrative } from './narrative/narrative.ts';
import { Narrative } from './narrative/story.ts';
import type { OrdersNeeds } from './needs.ts';
import { OrderPath } from './order-path.ts';
import { findOrder, noSuchOrder } from './order-run.ts';
import { readOrderRecord } from './record/order-record.ts';

export const narrateOrder = readRoute<OrdersNeeds>()({
  name: 'narrateOrder',
  path: '/orders/{orderNumber}/narrative',
  summary: 'Tell the whole story of an order',
  description:
    'Every state, message, effect, hold and person in order, where each effect stands, and what CRM, ERP and each ' +
    'warehouse last said.',
  access: { scope: 'orders:read' },
  params: OrderPath,
  answers: { ok: Narrative },
  problems: [],
  handle: async (request, needs) => {
    const { params, now } = request;
    const run = await findOrder(needs.engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    const { order, runs, standings } = await readOrderRecord(needs, run, now);
    return { outcome: 'ok', body: narrative(order, runs, standings) };
  },
});
