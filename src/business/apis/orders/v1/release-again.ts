import { Type } from 'typebox';
import { fulfilment, ReleaseAgain, ReleasedByHand } from '#business/flows';
import { closed, Identifier } from '#model/canonical';
import { writeRoute } from '#platform/gateway';
import type { OrdersNeeds } from './needs.ts';
import { orderNumber } from './order-path.ts';
import { documentOf, findOrder, noSuchOrder, sourceOf } from './order-run.ts';
import { Reason } from './reason.ts';
import { messageIdOf, tellRun } from './tell-order.ts';
import { orderView } from './view.ts';
import { OrderView } from './view-schema.ts';

export const releaseAgain = writeRoute<OrdersNeeds>()({
  name: 'releaseAgain',
  method: 'POST',
  path: '/orders/{orderNumber}/fulfilments/{fulfilmentNumber}/release',
  summary: 'Release anew what a warehouse refused to read, or say that it was told by hand',
  description:
    'For a fulfilment whose release the warehouse’s translator refused. Anew: what it has is taken back and goes round again ' +
    'under a number of its own; mend the order first with a change. By hand: the warehouse was told otherwise and works on it.',
  access: { scope: 'orders:write' },
  params: Type.Object({ orderNumber, fulfilmentNumber: Identifier('As the order names it.', 40) }, closed),
  body: Type.Object(
    { reason: Reason, byHand: Type.Optional(Type.Boolean({ description: 'The warehouse was told by hand.' })) },
    closed,
  ),
  remembers: 'gateway',
  answers: { accepted: OrderView },
  problems: ['fulfilment-not-refused'],
  handle: async ({ params, body, consumer, may, intent, closing }, { engine }) => {
    const run = await findOrder(engine, params.orderNumber, { consumer, may });
    if (run === undefined) return noSuchOrder(params.orderNumber);
    const number = params.fulfilmentNumber;
    if (!documentOf(run).fulfilments.some(({ fulfilmentNumber }) => fulfilmentNumber === number)) {
      return { problem: 'not-found', detail: `Order ${run.key} has no fulfilment ${number}.` };
    }
    const found = await engine.view(fulfilment.name, number);
    if (found?.state !== 'refused' && !intent.repeated) {
      const detail = `${number} is ${found?.state ?? 'not begun'}: only what the warehouse refused is released anew.`;
      return { problem: 'fulfilment-not-refused', detail };
    }
    await tellRun(engine, {
      flow: fulfilment.name,
      key: number,
      id: messageIdOf(consumer, intent),
      source: sourceOf(consumer),
      type: body.byHand === true ? ReleasedByHand : ReleaseAgain,
      data: { requestedBy: sourceOf(consumer), reason: body.reason },
      until: (later) => later.state !== 'refused',
      closing,
    });
    const after = (await findOrder(engine, params.orderNumber, { consumer, may })) ?? run;
    return { outcome: 'accepted', body: orderView(after), ...(intent.repeated ? { replayed: true } : {}) };
  },
});
