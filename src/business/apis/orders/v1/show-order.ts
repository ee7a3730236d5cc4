import { readRoute } from '#platform/gateway';
import type { OrdersNeeds } from './needs.ts';
import { OrderPath } from './order-path.ts';
import { findOrder, noSuchOrder } from './order-run.ts';
import { orderView } from './view.ts';
import { OrderView } from './view-schema.ts';

export const showOrder = readRoute<OrdersNeeds>()({
  name: 'showOrder',
  path: '/orders/{orderNumber}',
  summary: 'Show an order: its state, holds, quantities, bookings, shipments and invoices',
  access: { scope: 'orders:read' },
  params: OrderPath,
  answers: { ok: OrderView },
  problems: [],
  handle: async (request, { engine, catalogue }) => {
    const { orderNumber } = request.params;
    const run = await findOrder(engine, orderNumber, request);
    return run === undefined ? noSuchOrder(orderNumber) : { outcome: 'ok', body: orderView(run, catalogue) };
  },
});
