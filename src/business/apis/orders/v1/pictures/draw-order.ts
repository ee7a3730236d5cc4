import { readRoute } from '#platform/gateway';
import type { OrdersNeeds } from '../needs.ts';
import { OrderPath } from '../order-path.ts';
import { findOrder, noSuchOrder } from '../order-run.ts';
import { OrderPictures } from '../picture-schema.ts';
import { readOrderRecord } from '../record/order-record.ts';
import { orderPictures } from './order-pictures.ts';

export const drawOrder = readRoute<OrdersNeeds>()({
  name: 'drawOrder',
  path: '/orders/{orderNumber}/pictures',
  summary: 'The flows of an order as pictures, with the way that it has gone',
  description:
    'The order’s flow first, then each fulfilment’s: states and arrows, how often and how long it was where, its deadline and what ' +
    'happens then, and what it waits for.',
  access: { scope: 'orders:read' },
  params: OrderPath,
  answers: { ok: OrderPictures },
  problems: [],
  handle: async (request, needs) => {
    const { params, now } = request;
    const run = await findOrder(needs.engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    return { outcome: 'ok', body: orderPictures(await readOrderRecord(needs, run, now)) };
  },
});
