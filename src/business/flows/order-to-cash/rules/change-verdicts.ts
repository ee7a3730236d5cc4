import { compare, isPositive, subtract } from '#model/kernel';
import type { Moment, Outgoing } from '#platform/engine';
import type { OrderChange, OrderDocument, WantedChange } from '../document.ts';
import { isBeingCancelled, stopMessages } from './cancellations.ts';
import { type Changed, changeInWords, headerMembers, makeChange, stillFree } from './changes.ts';
import { liveQuantity, moveAll } from './lines.ts';

/** The data of a `ChangeRequested`. */
export interface ChangeRequest extends WantedChange {
  readonly requestedBy: string;
  readonly reason: string;
}

const wantedOf = ({ requestedBy: _, reason: __, ...wanted }: ChangeRequest): WantedChange => wanted;

function recorded(
  doc: OrderDocument,
  request: ChangeRequest,
  at: Moment,
  verdict: Pick<OrderChange, 'verdict' | 'because' | 'wanted'>,
): readonly OrderChange[] {
  const changes = doc.changes ?? [];
  const change: OrderChange = {
    id: String(changes.length + 1),
    messageId: at.messageId,
    requestedAt: at.now,
    by: request.requestedBy,
    reason: request.reason,
    what: changeInWords(doc, wantedOf(request)),
    ...verdict,
  };
  return [...changes, change];
}

function verdictOf({ isChanged, notes }: Changed<unknown>): Pick<OrderChange, 'verdict' | 'because'> {
  if (notes.length > 0) return { verdict: isChanged ? 'partly' : 'refused', because: notes.join('; ') };
  return isChanged ? { verdict: 'accepted' } : { verdict: 'refused', because: 'the order is so already' };
}

/** What was claimed and booked in this round is taken back: the order is as it was before, for another round of checks. */
function takenBack(doc: OrderDocument): OrderDocument {
  const lines = moveAll(moveAll(doc.lines, 'allocated', 'open'), 'backordered', 'open');
  const bookings = doc.bookings.map((booking) =>
    booking.round === doc.round ? { ...booking, withdrawn: true as const } : booking,
  );
  return { ...doc, lines, bookings, plan: [], holds: [], round: doc.round + 1, check: doc.check + 1 };
}

/** Nothing of it can be had: not worth taking anything back for. */
export const changesNothing = (doc: OrderDocument, request: ChangeRequest): boolean =>
  !makeChange(takenBack(doc), wantedOf(request)).isChanged;

/** No warehouse has it: the change is made at once, and everything is checked, reserved and booked anew. */
export function changeNow(doc: OrderDocument, request: ChangeRequest, at: Moment): OrderDocument {
  const changed = makeChange(takenBack(doc), wantedOf(request));
  return { ...changed.doc, changes: recorded(doc, request, at, verdictOf(changed)) };
}

const refused =
  (because: (doc: OrderDocument, request: ChangeRequest) => string) =>
  <Doc extends OrderDocument>(doc: Doc, request: ChangeRequest, at: Moment): Doc => ({
    ...doc,
    changes: recorded(doc, request, at, { verdict: 'refused', because: because(doc, request) }),
  });

/** Recorded, and nothing happens: with what the change itself runs into. */
export const refuseImpossible = refused(
  (doc, request) => verdictOf(makeChange(takenBack(doc), wantedOf(request))).because ?? 'it changes nothing',
);

/** Recorded, and nothing happens, because … */
export const refuseChange = <Doc extends OrderDocument>(because: string) => refused(() => because)<Doc>;

/** One thing after the other: another change, or a cancellation, waits for the warehouses. */
export const isPending = (doc: OrderDocument): boolean =>
  isBeingCancelled(doc) || doc.changes?.some(({ verdict }) => verdict === 'pending') === true;

/** Why no other change is taken while something is pending. */
export const whyNoSecond = (doc: OrderDocument): string =>
  isBeingCancelled(doc)
    ? 'the order is being cancelled'
    : 'another change waits for the answer of the warehouses: ask again when it is decided';

export const refuseSecond = refused(whyNoSecond);

type Fulfilment = OrderDocument['fulfilments'][number];

function touches(doc: OrderDocument, wanted: WantedChange, { left }: Fulfilment): boolean {
  if (headerMembers.some((name) => wanted[name] !== undefined)) return true;
  const isMore = (wanted.add ?? []).some(({ kind }) => kind === 'goods');
  return (
    (wanted.lines ?? []).some(({ lineNumber, quantity }) => {
      const line = doc.lines[lineNumber];
      if (line === undefined || !left.some((each) => each.lineNumber === lineNumber)) return false;
      const less = subtract(liveQuantity(line), quantity);
      // What was ordered to leave together is not sent after.
      return compare(less, stillFree(line)) > 0 && isPositive(less);
    }) ||
    (doc.given.shippingPolicy === 'ship-complete' && (isMore || asksForMore(doc, wanted)))
  );
}

const asksForMore = (doc: OrderDocument, wanted: WantedChange): boolean =>
  (wanted.lines ?? []).some(({ lineNumber, quantity }) => {
    const line = doc.lines[lineNumber];
    return line !== undefined && compare(quantity, liveQuantity(line)) > 0;
  });

/** The fulfilments that must be stopped for it: they have what shall not leave so. */
const toStop = (doc: OrderDocument, wanted: WantedChange): readonly Fulfilment[] =>
  doc.fulfilments.filter((fulfilment) => !fulfilment.ended && touches(doc, wanted, fulfilment));

/** The warehouses have nothing of what is changed: more of a line, a new one, less of what is backordered. */
export const needsNoWarehouse = (doc: OrderDocument, request: ChangeRequest): boolean =>
  toStop(doc, wantedOf(request)).length === 0;

/** Made beside what the warehouses do; what is new goes in the next round. */
export function changeBeside<Doc extends OrderDocument>(doc: Doc, request: ChangeRequest, at: Moment): Doc {
  const changed = makeChange(doc, wantedOf(request));
  return { ...changed.doc, changes: recorded(doc, request, at, verdictOf(changed)) };
}

/** The warehouses are asked to stop, and the change waits for what they say. */
export const awaitVerdict = <Doc extends OrderDocument>(doc: Doc, request: ChangeRequest, at: Moment): Doc => ({
  ...doc,
  changes: recorded(doc, request, at, { verdict: 'pending', wanted: wantedOf(request) }),
});

const pendingChange = (doc: OrderDocument): OrderChange | undefined =>
  doc.changes?.find(({ verdict }) => verdict === 'pending');

/** A change waits: what a stopped warehouse did not ship is free for it. */
export const awaitsChange = (doc: OrderDocument): boolean => pendingChange(doc) !== undefined;

export function askToStopForChange(doc: OrderDocument): readonly Outgoing[] {
  const pending = pendingChange(doc);
  if (pending?.wanted === undefined) return [];
  const numbers = toStop(doc, pending.wanted).map(({ fulfilmentNumber }) => fulfilmentNumber);
  return stopMessages(numbers, `change ${pending.id}: ${pending.what.join(', ')}`);
}

/** The warehouses have said all they will say: what they did not ship is changed. */
export function settleChange<Doc extends OrderDocument>(doc: Doc): Doc {
  const pending = pendingChange(doc);
  if (pending?.wanted === undefined) return doc;
  const changed = makeChange(doc, pending.wanted);
  const { wanted: _, ...settled } = { ...pending, ...verdictOf(changed) };
  return { ...changed.doc, changes: (doc.changes ?? []).map((change) => (change === pending ? settled : change)) };
}
