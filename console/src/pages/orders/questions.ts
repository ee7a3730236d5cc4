import { queryOptions } from '@tanstack/react-query';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';
import type { Question } from './views.ts';

/** A page of a list of orders. */
export async function ordersPage(question: Question, after: string | undefined) {
  const query = { ...question, ...(after === undefined ? {} : { after }) };
  const { orders, next } = await answered(client.GET('/api/orders/v1/orders', { params: { query } }));
  return { rows: orders, next };
}

/** The states that an order passes, in their order. */
export const statesQuestion = queryOptions({
  // Below no topic: only another version of the platform has other ones, and each call counts all orders.
  queryKey: ['order-states'],
  queryFn: () => answered(client.GET('/api/orders/v1/stages')),
  staleTime: 'static',
  gcTime: Number.POSITIVE_INFINITY,
  select: ({ stages }) => stages.map(({ state }) => state),
});
