import { Type } from 'typebox';
import { CancelRequested } from '#business/flows';
import { closed } from '#model/canonical';
import { writeRoute } from '#platform/gateway';
import { mayCancel } from './deeds/may.ts';
import type { OrderRun, OrdersNeeds } from './needs.ts';
import { OrderPath } from './order-path.ts';
import { documentOf, findOrder, noSuchOrder } from './order-run.ts';
import { Reason } from './reason.ts';
import { tellOrder } from './tell-order.ts';
import { orderView } from './view.ts';
import { OrderView } from './view-schema.ts';

const isTaken = (run: OrderRun): boolean => run.phase !== 'forward' || documentOf(run).cancellation !== undefined;

const isRefused = (run: OrderRun): boolean => documentOf(run).cancellation?.verdict === 'refused';

export const cancelOrder = writeRoute<OrdersNeeds>()({
  name: 'cancelOrder',
  method: 'POST',
  path: '/orders/{orderNumber}/cancellation',
  summary: 'Ask for an order to be cancelled',
  description:
    'Before release the order is cancelled at once; after it each warehouse is asked and its verdict awaited. What has ' +
    'left is not called back. With `Prefer: wait=10` the answer waits until the order has ended; a refusal comes with its reason.',
  access: { scope: 'orders:write' },
  params: OrderPath,
  body: Type.Object({ reason: Reason }, closed),
  remembers: 'gateway',
  answers: { accepted: OrderView },
  problems: ['order-ended', 'cancellation-refused'],
  handle: async (request, needs) => {
    const { engine, catalogue } = needs;
    const { params, body, by, intent, waitMs, closing } = request;
    const run = await findOrder(engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    const permission = mayCancel(run);
    // Where it is too late the order itself says so, and keeps that it was asked.
    if (!permission.allowed && permission.problem === 'order-ended') {
      // The same request again gets the same answer, though by now the order has ended by it.
      if (intent.repeated) return { outcome: 'accepted', body: orderView(run, catalogue), replayed: true };
      return { problem: permission.problem, detail: permission.because };
    }
    const after = await tellOrder({
      needs,
      run,
      by,
      intent,
      type: CancelRequested,
      data: { requestedBy: by, reason: body.reason },
      act: { action: 'cancel', details: { reason: body.reason } },
      until: (now) => now.phase === 'ended' || isRefused(now) || (waitMs === 0 && isTaken(now)),
      waitMs,
      closing,
    });
    if (isRefused(after)) {
      const because = documentOf(after).cancellation?.because ?? '';
      return { problem: 'cancellation-refused', detail: `Order ${run.key} cannot be cancelled: ${because}.` };
    }
    return { outcome: 'accepted', body: orderView(after, catalogue), ...(intent.repeated ? { replayed: true } : {}) };
  },
});
