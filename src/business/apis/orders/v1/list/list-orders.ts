import { readRoute } from '#platform/gateway';
import { OrderListQuery, OrderPage } from '../list-schema.ts';
import type { OrdersNeeds } from '../needs.ts';
import { orderQuery } from './order-query.ts';
import { orderSummary } from './order-summary.ts';
import { writePlace } from './place.ts';
import { visibleTo } from './visible.ts';

export const listOrders = readRoute<OrdersNeeds>()({
  name: 'listOrders',
  path: '/orders',
  summary: 'List and search orders, page by page',
  description:
    'Give `next` of a page as `after` to have the one that follows; it is absent on the last. What is searched for exactly stands first.',
  access: { scope: 'orders:read' },
  query: OrderListQuery,
  answers: { ok: OrderPage },
  problems: [],
  handle: async (request, { lists }) => {
    const asked = orderQuery(request.query, visibleTo(request), lists.days, request.now);
    if (!asked.ok) {
      return { problem: 'invalid-request', detail: asked.failures[0]?.message ?? '', errors: asked.failures };
    }
    const { of, asked: query } = asked.value;
    const { runs, next } = await lists.runs.page(query);
    const more = next === undefined ? {} : { next: writePlace(of, next) };
    return { outcome: 'ok', body: { orders: runs.map(orderSummary), ...more } };
  },
});
