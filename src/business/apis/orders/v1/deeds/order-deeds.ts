import type { Static } from 'typebox';
import { isBeingCancelled, lastHold } from '#business/flows';
import { type CaseView, caseActions } from '#platform/exceptions';
import type { Access } from '#platform/gateway';
import { cancelOrder } from '../cancel-order.ts';
import { changeOrder } from '../change-order.ts';
import type { OrderDeeds } from '../exchange-schema.ts';
import type { OrderRun } from '../needs.ts';
import { documentOf } from '../order-run.ts';
import { releaseAgain } from '../release-again.ts';
import { releaseHold } from '../release-hold.ts';
import { mayCancel, mayChange, mayReleaseAgain, mayReleaseHold, type Permission } from './may.ts';

type Deed = OrderDeeds['deeds'][number];
type May = (scope: string) => boolean;

/** What stands at the order when it is asked what may be done. */
export interface Standing {
  readonly order: OrderRun;
  /** The fulfilments that have begun and that the caller may see, by number. */
  readonly fulfilments: ReadonlyMap<string, OrderRun>;
  readonly cases: readonly CaseView[];
  /** Another person must allow that the caller has something released anew. */
  readonly takesTwo: boolean;
}

function permitted(access: Access, may: May, permission: Permission): Pick<Deed, 'allowed' | 'because'> {
  if (!permission.allowed) return { allowed: false, because: permission.because };
  if (access === 'public' || may(access.scope)) return { allowed: true };
  return { allowed: false, because: `You have not the permission ${access.scope}.` };
}

/** No warehouse has been told of it. */
const beforeRelease: ReadonlySet<string> = new Set(['checking', 'held', 'reserving', 'awaiting-stock', 'booking']);

function cancellation({ order }: Standing, may: May): Deed {
  const { cancellation: asked } = documentOf(order);
  const again: Permission | undefined =
    order.phase !== 'ended' && asked !== undefined && isBeingCancelled(documentOf(order))
      ? {
          allowed: false,
          problem: 'cancellation-refused',
          because: `It is being cancelled already: ${asked.requestedBy} asked for it, because: ${asked.reason}.`,
        }
      : undefined;
  return {
    deed: cancelOrder.name,
    title: 'Cancel the order',
    ...permitted(cancelOrder.access, may, again ?? mayCancel(order)),
    consequence: beforeRelease.has(order.state)
      ? 'It is cancelled at once: what is reserved and booked is taken back.'
      : order.state === 'awaiting-remainder'
        ? 'What has not left is cancelled at once.'
        : 'Each warehouse that has not finished is asked to stop, and its verdict awaited. What has left is not called back.',
  };
}

const change = ({ order }: Standing, may: May): Deed => ({
  deed: changeOrder.name,
  title: 'Change the order',
  ...permitted(changeOrder.access, may, mayChange(order)),
  consequence:
    beforeRelease.has(order.state) || order.state === 'awaiting-remainder'
      ? 'The change is made at once, and the order is checked, reserved and booked anew.'
      : 'What no warehouse has is changed at once. For the rest the warehouses are asked to stop, and the change waits for their verdict.',
});

function holds({ order }: Standing, may: May): readonly Deed[] {
  const document = documentOf(order);
  if (order.phase === 'ended') return [];
  return document.holds.map(({ hold, reason }): Deed => {
    const isLast = lastHold(document, { hold, releasedBy: '', reason: '' });
    const others = document.holds.filter((each) => each.hold !== hold).map((each) => each.hold);
    return {
      deed: releaseHold.name,
      title: `Release the hold ${hold}: ${reason}`,
      subject: hold,
      ...permitted(releaseHold.access, may, mayReleaseHold(order, hold)),
      consequence:
        isLast || order.state !== 'held'
          ? 'The order is checked again at once; the same check honours your waiver from then on.'
          : `Your waiver is kept. The order goes on when ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} released too.`,
    };
  });
}

const refusedReleases = ({ fulfilments, takesTwo }: Standing, may: May): readonly Deed[] =>
  [...fulfilments]
    .filter(([number, run]) => mayReleaseAgain(number, run).allowed)
    .map(
      ([number, run]): Deed => ({
        deed: releaseAgain.name,
        title: `Release ${number} again`,
        subject: number,
        ...permitted(releaseAgain.access, may, mayReleaseAgain(number, run)),
        consequence: `${takesTwo ? 'Another person is asked to allow it. Then: ' : ''}What it has is taken back and goes round again under a number of its own. By hand: the warehouse was told otherwise and works on it.`,
      }),
    );

function caseDeed({ record, allowances }: CaseView, may: May): Deed {
  const possible = caseActions
    .filter((action) => allowances[action].allowed)
    .map((action) => action.replaceAll('-', ' '));
  const isTheirs = may('cases:work') || may('cases:decide');
  return {
    deed: 'workOnCase',
    title: `Work on the case: ${record.summary}`,
    subject: record.id,
    allowed: isTheirs,
    ...(isTheirs ? {} : { because: 'You have not the permission cases:work.' }),
    consequence: `It allows: ${possible.join(', ')}.`,
    link: `/api/cases/v1/cases/${record.id}`,
  };
}

/** What may be done with an order now, and why not: by the same rules as the operations themselves. `may`: the caller's scopes. */
export function orderDeeds(standing: Standing, may: May): Static<typeof OrderDeeds> {
  return {
    orderNumber: standing.order.key,
    deeds: [
      ...holds(standing, may),
      ...refusedReleases(standing, may),
      ...standing.cases.map((each) => caseDeed(each, may)),
      change(standing, may),
      cancellation(standing, may),
    ],
  };
}
