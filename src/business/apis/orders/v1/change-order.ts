import { ChangeRequested, demandOf, type OrderChange } from '#business/flows';
import { writeRoute } from '#platform/gateway';
import { acceptChange } from './change/accept-change.ts';
import { SubmittedChange } from './change/submitted-change.ts';
import { mayChange } from './deeds/may.ts';
import type { OrderRun, OrdersNeeds } from './needs.ts';
import { OrderPath } from './order-path.ts';
import { documentOf, findOrder, isDecided, noSuchOrder } from './order-run.ts';
import { messageIdOf, tellOrder } from './tell-order.ts';
import { orderView } from './view.ts';
import { OrderView } from './view-schema.ts';

const ofMessage = (run: OrderRun, messageId: string): OrderChange | undefined =>
  documentOf(run).changes?.find((change) => change.messageId === messageId);

/** Decided, and with nothing under way that the change has set going. */
const isSettled = (run: OrderRun, messageId: string): boolean => {
  const change = ofMessage(run, messageId);
  if (change === undefined || change.verdict === 'pending') return run.phase === 'ended';
  return change.verdict === 'refused' || (run.phase !== 'unwinding' && isDecided(run));
};

export const changeOrder = writeRoute<OrdersNeeds>()({
  name: 'changeOrder',
  method: 'POST',
  path: '/orders/{orderNumber}/changes',
  summary: 'Ask for an order to be changed',
  description:
    'Quantities up or down, lines more or fewer, another date, address or purchase order number; what is absent stays. ' +
    'Before release the change is made at once and the order is checked anew; after it each warehouse that has what is ' +
    'changed is asked, and the change waits for its verdict (202, `pending`). What has left cannot be changed. What came of ' +
    'it stands in `changes` of the order. With `Prefer: wait=10` the answer waits for the verdict and the new checks.',
  access: { scope: 'orders:write' },
  params: OrderPath,
  body: SubmittedChange,
  remembers: 'gateway',
  answers: { ok: OrderView, accepted: OrderView },
  problems: ['order-ended', 'change-refused'],
  handle: async (request, needs) => {
    const { engine, catalogue } = needs;
    const { params, body, by, intent, now, waitMs, closing } = request;
    const run = await findOrder(engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    const messageId = messageIdOf(by, intent);
    const known = ofMessage(run, messageId);
    const permission = mayChange(run);
    // Where it is too late the order itself says so, and keeps that it was asked.
    if (known === undefined && !permission.allowed && permission.problem === 'order-ended') {
      return { problem: permission.problem, detail: permission.because };
    }
    const wanted = acceptChange(body, { catalogue, now, order: demandOf(documentOf(run)) });
    if (!wanted.ok && known === undefined) {
      return { problem: 'invalid-request', detail: 'The change was not taken; see errors.', errors: wanted.failures };
    }
    const data = wanted.ok ? { requestedBy: by, reason: body.reason, ...wanted.value } : undefined;
    const after =
      data === undefined
        ? run
        : await tellOrder({
            needs,
            run,
            by,
            intent,
            type: ChangeRequested,
            data,
            act: {
              action: 'change',
              details: { reason: body.reason, changed: Object.keys(body).filter((name) => name !== 'reason') },
            },
            until: (later) =>
              waitMs > 0
                ? isSettled(later, messageId)
                : later.phase === 'ended' || ofMessage(later, messageId) !== undefined,
            waitMs,
            closing,
          });
    const change = ofMessage(after, messageId);
    if (change?.verdict === 'refused') {
      return { problem: 'change-refused', detail: `Order ${run.key} was not changed: ${change.because}.` };
    }
    const replayed = intent.repeated ? { replayed: true as const } : {};
    const isOver = change !== undefined && change.verdict !== 'pending';
    return { outcome: isOver ? 'ok' : 'accepted', body: orderView(after, catalogue), ...replayed };
  },
});
