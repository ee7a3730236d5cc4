import { Type } from 'typebox';
import { HoldReleased } from '#business/flows';
import { closed, DecimalText, Identifier, InstantText } from '#model/canonical';
import { type Decimal, isPositive } from '#model/kernel';
import { type Failure, writeRoute } from '#platform/gateway';
import { mayReleaseHold } from './deeds/may.ts';
import type { OrdersNeeds } from './needs.ts';
import { orderNumber } from './order-path.ts';
import { documentOf, findOrder, noSuchOrder } from './order-run.ts';
import { Reason } from './reason.ts';
import { inFull, isRealInstant } from './submission/dates.ts';
import { tellOrder } from './tell-order.ts';
import { orderView } from './view.ts';
import { OrderView } from './view-schema.ts';

const Waiver = Type.Object(
  {
    amount: Type.Optional(DecimalText),
    expires: Type.Optional(InstantText),
  },
  {
    ...closed,
    description: 'How far the release goes: an amount over the limit, and until when. Absent: as far as it takes.',
  },
);

interface SubmittedWaiver {
  readonly amount?: Decimal;
  readonly expires?: string;
}

function waiverFailures({ amount, expires }: SubmittedWaiver, now: string): readonly Failure[] {
  const found: Failure[] = [];
  if (amount !== undefined && !isPositive(amount)) {
    found.push({
      code: 'not-positive',
      path: '/waiver/amount',
      message: 'Give an amount above zero, or leave it out.',
    });
  }
  if (expires !== undefined && !isRealInstant(expires)) {
    found.push({ code: 'date-not-real', path: '/waiver/expires', message: `There is no such moment as ${expires}.` });
  } else if (expires !== undefined && inFull(expires) <= now) {
    found.push({
      code: 'date-in-past',
      path: '/waiver/expires',
      message: 'It would be over already: give a later moment.',
    });
  }
  return found;
}

export const releaseHold = writeRoute<OrdersNeeds>()({
  name: 'releaseHold',
  method: 'POST',
  path: '/orders/{orderNumber}/holds/{hold}/release',
  summary: 'Release a hold',
  description: 'Takes responsibility for a hold. The waiver is kept, and the same check honours it from then on.',
  access: { scope: 'orders:release-holds' },
  params: Type.Object(
    { orderNumber, hold: Identifier('The hold, as the order names it: `credit`, `item-3`.', 40) },
    closed,
  ),
  body: Type.Object({ reason: Reason, waiver: Type.Optional(Waiver) }, closed),
  remembers: 'gateway',
  answers: { accepted: OrderView },
  problems: ['order-ended', 'hold-not-placed'],
  handle: async (request, needs) => {
    const { engine, catalogue } = needs;
    const { params, body, by, intent, now, waitMs, closing } = request;
    const failures = waiverFailures(body.waiver ?? {}, now);
    if (failures.length > 0 && !intent.repeated) {
      return { problem: 'invalid-request', detail: 'The waiver cannot be as it is given.', errors: failures };
    }
    const run = await findOrder(engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    const stands = documentOf(run).holds.some(({ hold }) => hold === params.hold);
    // The same request again gets the same answer, though the hold is gone by it.
    if (!stands && intent.repeated) return { outcome: 'accepted', body: orderView(run, catalogue), replayed: true };
    const permission = mayReleaseHold(run, params.hold);
    if (!permission.allowed) return { problem: permission.problem, detail: permission.because };
    const waiver = body.waiver ?? {};
    const after = await tellOrder({
      needs,
      run,
      by,
      intent,
      type: HoldReleased,
      data: { hold: params.hold, releasedBy: by, reason: body.reason, waiver },
      act: { action: 'release-hold', details: { hold: params.hold, reason: body.reason, waiver: { ...waiver } } },
      until: (later) =>
        later.phase === 'ended' ||
        later.visit > run.visit ||
        !documentOf(later).holds.some(({ hold }) => hold === params.hold),
      waitMs,
      closing,
    });
    return { outcome: 'accepted', body: orderView(after, catalogue), ...(intent.repeated ? { replayed: true } : {}) };
  },
});
