import { type Static, Type } from 'typebox';
import { Approval, approvalView, isSeenBy } from '#business/apis';
import { fulfilment } from '#business/flows';
import { closed, Identifier } from '#model/canonical';
import { writeRoute } from '#platform/gateway';
import { mayReleaseAgain } from './deeds/may.ts';
import type { OrdersNeeds } from './needs.ts';
import { orderNumber } from './order-path.ts';
import { documentOf, findOrder, noSuchOrder } from './order-run.ts';
import { Reason } from './reason.ts';
import { releaseAct, releaseAgainWhat, releaseDeed, releaseIntent, tellReleased } from './release/act-of-two.ts';
import { messageIdOf } from './tell-order.ts';
import { orderView } from './view.ts';
import { OrderView } from './view-schema.ts';

const Body = Type.Object(
  { reason: Reason, byHand: Type.Optional(Type.Boolean({ description: 'The warehouse was told by hand.' })) },
  closed,
);

export const releaseAgain = writeRoute<OrdersNeeds>()({
  name: 'releaseAgain',
  method: 'POST',
  path: '/orders/{orderNumber}/fulfilments/{fulfilmentNumber}/release',
  summary: 'Release anew what a warehouse refused to read, or say that it was told by hand',
  description:
    'For a fulfilment whose release the warehouse’s translator refused. Anew: what it has is taken back and goes round again ' +
    'under a number of its own; mend the order first with a change. By hand: the warehouse was told otherwise and works on it. ' +
    'Where a person asks, another must allow it first: the answer is then the approval.',
  access: { scope: 'orders:write' },
  params: Type.Object({ orderNumber, fulfilmentNumber: Identifier('As the order names it.', 40) }, closed),
  body: Body,
  remembers: 'gateway',
  answers: { accepted: Type.Union([OrderView, Approval]) },
  problems: ['fulfilment-not-refused'],
  handle: async (request, { engine, approvals, catalogue, orderAudit }) => {
    const { params, by, may, sites, intent, closing } = request;
    const body: Static<typeof Body> = request.body;
    const run = await findOrder(engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    const number = params.fulfilmentNumber;
    const part = documentOf(run).fulfilments.find(({ fulfilmentNumber }) => fulfilmentNumber === number);
    if (part === undefined || !isSeenBy(sites, [part.site])) {
      return { problem: 'not-found', detail: `Order ${run.key} has no fulfilment ${number}.` };
    }
    const replayed = intent.repeated ? { replayed: true as const } : {};
    const asked = intent.repeated ? await approvals.asked(by, releaseIntent(intent.key)) : undefined;
    const permission = mayReleaseAgain(number, await engine.view(fulfilment.name, number));
    const refusal =
      permission.allowed || asked !== undefined
        ? undefined
        : { problem: permission.problem, detail: permission.because };
    if (refusal !== undefined && !intent.repeated) return refusal;
    const release = { order: run.key, fulfilment: number, site: part.site, byHand: body.byHand === true };
    if (approvals.isNeeded(releaseAgainWhat, by)) {
      if (refusal !== undefined) return refusal;
      const approval =
        asked ?? (await approvals.ask(releaseAct(release, { by, reason: body.reason, key: intent.key, run })));
      const location = `/api/approvals/v1/approvals/${approval.id}`;
      return { outcome: 'accepted', body: approvalView(approval, { by, may }), location, ...replayed };
    }
    const told = { by, requestedBy: by, reason: body.reason, id: messageIdOf(by, intent), closing };
    await orderAudit({ ...releaseDeed(release, told), isRepeated: intent.repeated });
    await tellReleased(engine, release, told);
    const after = (await findOrder(engine, params.orderNumber, request)) ?? run;
    return { outcome: 'accepted', body: orderView(after, catalogue), ...replayed };
  },
});
