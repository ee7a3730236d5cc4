import { fulfilment, ReleaseAgain, ReleasedByHand } from '#business/flows';
import type { Json } from '#model/kernel';
import type { Act, Performer } from '#platform/approvals';
import type { OrderAct, OrderAudit, OrderRun, OrderRuns } from '../needs.ts';
import { tellRun } from '../tell-order.ts';
import { orderView } from '../view.ts';

/** What is asked about. */
export const releaseAgainWhat = 'order.release-again';
export const releaseIntent = (key: string): string => `orders:release:${key}`;

/** Which fulfilment, and how. */
export interface Release {
  readonly order: string;
  readonly fulfilment: string;
  readonly site: string;
  readonly byHand: boolean;
}

interface Told {
  readonly by: string;
  readonly requestedBy: string;
  readonly reason: string;
  /** Of the message: the same again is the same. */
  readonly id: string;
  readonly closing: AbortSignal;
}

/** The release, for the audit of its order. */
export const releaseDeed = (
  { order, fulfilment: number, site, byHand }: Release,
  { by, reason, id }: Pick<Told, 'by' | 'reason' | 'id'>,
): Omit<OrderAct, 'isRepeated'> => ({
  ...{ order, action: byHand ? 'release-by-hand' : 'release-again', by, message: id },
  details: { fulfilment: number, site, reason },
});

/** Tells a fulfilment that it is released anew, or was by hand; waits briefly for it to be taken. */
export const tellReleased = (
  engine: OrderRuns,
  { fulfilment: key, byHand }: Pick<Release, 'fulfilment' | 'byHand'>,
  { by, requestedBy, reason, id, closing }: Told,
): Promise<void> =>
  tellRun(engine, {
    flow: fulfilment.name,
    key,
    id,
    source: by,
    type: byHand ? ReleasedByHand : ReleaseAgain,
    data: { requestedBy, reason },
    until: (later) => later.state !== 'refused',
    closing,
  });

/** The release, to be asked about. */
export function releaseAct(
  release: Release,
  {
    by,
    reason,
    key,
    run,
  }: { readonly by: string; readonly reason: string; readonly key: string; readonly run: OrderRun },
): Act {
  const { order, fulfilment: number, site, byHand } = release;
  const { value } = orderView(run);
  const sentence = byHand
    ? `Say that ${site} was told of ${number} by hand, and go on`
    : `Release ${number} of order ${order} to ${site} again, under a number of its own`;
  return {
    what: releaseAgainWhat,
    target: `order:${order}`,
    summary: `${sentence}${value === undefined ? '' : `; the order is worth ${value.amount} ${value.currency}`}.`,
    ...(value === undefined ? {} : { worth: value }),
    sites: [site],
    by,
    reason,
    request: { ...release } satisfies Json,
    intent: releaseIntent(key),
  };
}

/** How a release is done once a second person has allowed it: once, with both names. */
export function releasePerformer(engine: OrderRuns, orderAudit: OrderAudit): Performer {
  return async ({ id, askedBy, decidedBy, reason, request }) => {
    const release = request as unknown as Release;
    const message = `approval:${id}`;
    const lines = await engine.journal(fulfilment.name, release.fulfilment);
    const isTaken = lines.some(({ entry }) => entry.kind === 'received' && entry.message.id === message);
    if (isTaken) return { done: true, outcome: 'It was done.' };
    const found = await engine.view(fulfilment.name, release.fulfilment);
    if (found?.state !== 'refused') {
      return {
        done: false,
        outcome: `Nothing was done: ${release.fulfilment} is ${found?.state ?? 'not begun'} by now.`,
      };
    }
    const told = {
      by: askedBy,
      requestedBy: askedBy,
      reason: `${reason} (allowed by ${decidedBy})`,
      id: message,
      closing: new AbortController().signal,
    };
    // It may have been begun by a node that died.
    await orderAudit({ ...releaseDeed(release, told), isRepeated: true });
    await tellReleased(engine, release, told);
    return { done: true, outcome: 'It was done.' };
  };
}
