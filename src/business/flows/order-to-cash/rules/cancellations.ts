import type { Moment, Outgoing } from '#platform/engine';
import { CancelFulfilment } from '../../fulfilment/events.ts';
import type { Cancellation, OrderDocument } from '../document.ts';
import { hasAny, moveAll } from './lines.ts';

interface CancelRequest {
  readonly requestedBy: string;
  readonly reason: string;
}

/** Somebody wants no more of it, and nobody has refused that. */
export const isBeingCancelled = ({ cancellation }: OrderDocument): boolean =>
  cancellation !== undefined && cancellation.verdict !== 'refused';

/** Shipments are named, so that the customer knows which parcels to expect all the same. */
const whatLeft = ({ shipments }: OrderDocument): string =>
  shipments.map(({ shipmentNumber }) => shipmentNumber).join(', ');

const judged = (
  { requestedBy, reason }: CancelRequest,
  at: Moment,
  verdict: Cancellation['verdict'],
  because?: string,
): Cancellation => ({
  requestedBy,
  reason,
  requestedAt: at.now,
  verdict,
  ...(because === undefined ? {} : { because }),
});

/** A change that waits for the warehouses will not happen any more. */
const withoutPendingChange = <Doc extends OrderDocument>(doc: Doc): Doc =>
  doc.changes === undefined
    ? doc
    : {
        ...doc,
        changes: doc.changes.map(({ wanted, ...change }) =>
          wanted === undefined
            ? change
            : {
                ...change,
                verdict: 'refused' as const,
                because: 'the order was cancelled before the warehouses had answered',
              },
        ),
      };

/** The warehouses have it: they are asked, and the verdict awaited. Asked twice, the first stands. */
export const noteCancellation = <Doc extends OrderDocument>(doc: Doc, request: CancelRequest, at: Moment): Doc =>
  isBeingCancelled(doc) ? doc : { ...withoutPendingChange(doc), cancellation: judged(request, at, 'pending') };

/** Too late, or too early: nothing changes, and the order says why. */
export const refuseCancellation =
  <Doc extends OrderDocument>(because: string) =>
  (doc: Doc, request: CancelRequest, at: Moment): Doc =>
    isBeingCancelled(doc) ? doc : { ...doc, cancellation: judged(request, at, 'refused', because) };

/** Everything that is neither shipped nor with a warehouse is given up. */
export const giveUp = (lines: OrderDocument['lines']): OrderDocument['lines'] =>
  moveAll(moveAll(lines, 'open', 'cancelled'), 'backordered', 'cancelled');

/** At once: whatever no warehouse has is cancelled; what left before stays. */
export function cancelAtOnce(doc: OrderDocument, request: CancelRequest, at: Moment): OrderDocument {
  const cancellation = hasAny(doc, 'shipped')
    ? judged(request, at, 'partly', `shipments had left before: ${whatLeft(doc)}; the rest is cancelled`)
    : judged(request, at, 'accepted');
  const lines = moveAll(giveUp(doc.lines), 'allocated', 'cancelled');
  return { ...withoutPendingChange(doc), cancellation, lines, holds: [] };
}

/** The warehouses have said all they will say. */
export function settleCancellation<Doc extends OrderDocument>(doc: Doc): Doc {
  const { cancellation } = doc;
  if (cancellation?.verdict !== 'pending') return doc;
  const lines = giveUp(doc.lines);
  const stopped = hasAny({ ...doc, lines }, 'cancelled');
  if (!hasAny(doc, 'shipped')) return { ...doc, lines, cancellation: { ...cancellation, verdict: 'accepted' } };
  const because = stopped
    ? `shipments had left before the warehouse could stop them: ${whatLeft(doc)}; the rest is cancelled`
    : `the warehouse had shipped everything: ${whatLeft(doc)}`;
  return { ...doc, lines, cancellation: { ...cancellation, verdict: stopped ? 'partly' : 'refused', because } };
}

/** Asks these fulfilments to ship nothing more. */
export const stopMessages = (fulfilmentNumbers: readonly string[], reason: string): readonly Outgoing[] =>
  fulfilmentNumbers.map((key) => ({
    to: { flow: 'fulfilment', key },
    type: CancelFulfilment.name,
    data: { reason },
  }));

/** Asks every open fulfilment to stop. */
export const askToStop = (doc: OrderDocument): readonly Outgoing[] =>
  stopMessages(
    doc.fulfilments.filter(({ ended }) => !ended).map(({ fulfilmentNumber }) => fulfilmentNumber),
    doc.cancellation?.reason ?? '',
  );
