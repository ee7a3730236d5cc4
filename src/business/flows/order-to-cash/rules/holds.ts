import { at as quantityAt } from '#model/canonical';
import { isPositive } from '#model/kernel';
import type { Moment } from '#platform/engine';
import type { OrderDocument, Waiver } from '../document.ts';
import { hasAny } from './lines.ts';

interface Release {
  readonly hold: string;
  readonly releasedBy: string;
  readonly reason: string;
  readonly waiver?: { readonly amount?: Waiver['amount']; readonly expires?: string };
}

/** A line is kept back; the rest of the order may go on. */
const isLineHold = (hold: OrderDocument['holds'][number]): boolean => hold.lineNumber !== undefined;

/** Is the line itself kept back? */
export const isHeldBack = (doc: OrderDocument, lineNumber: number): boolean =>
  doc.holds.some((hold) => hold.lineNumber === lineNumber);

/** The order as a whole waits: for a hold on all of it, or for a line where nothing may ship without it. */
export const orderIsHeld = (doc: OrderDocument): boolean =>
  doc.holds.some((hold) => !isLineHold(hold) || doc.given.shippingPolicy !== 'ship-partial');

/** Takes the hold off and keeps the waiver. A hold that is not there (any more) changes nothing. */
export function recordWaiver<Doc extends OrderDocument>(doc: Doc, release: Release, moment: Moment): Doc {
  const hold = doc.holds.find((candidate) => candidate.hold === release.hold);
  if (hold === undefined) return doc;
  const waiver: Waiver = {
    kind: hold.kind,
    held: hold.reason,
    ...(hold.lineNumber === undefined ? {} : { lineNumber: hold.lineNumber }),
    ...(release.waiver?.amount === undefined ? {} : { amount: release.waiver.amount }),
    ...(release.waiver?.expires === undefined ? {} : { expires: release.waiver.expires }),
    grantedBy: release.releasedBy,
    reason: release.reason,
    grantedAt: moment.now,
  };
  return { ...doc, holds: doc.holds.filter((candidate) => candidate !== hold), waivers: [...doc.waivers, waiver] };
}

/** With this release no hold is left on the order. */
export const lastHold = (doc: OrderDocument, release: Release): boolean =>
  doc.holds.length > 0 && doc.holds.every((hold) => hold.hold === release.hold);

/** Looks again at everything: the same checks, which honour what was waived. */
export const checkAgain = (doc: OrderDocument): OrderDocument => ({
  ...doc,
  check: doc.check + 1,
  attempt: doc.attempt + 1,
});

export const waiveAndCheckAgain = (doc: OrderDocument, release: Release, moment: Moment): OrderDocument =>
  checkAgain(recordWaiver(doc, release, moment));

/** Some open quantity is not kept back and can be reserved. */
export const someLineMayGo = (doc: OrderDocument): boolean =>
  Object.entries(doc.lines).some(
    ([lineNumber, line]) => isPositive(quantityAt(line, 'open')) && !isHeldBack(doc, Number(lineNumber)),
  );

/** Stock is reserved and waits for its booking: the order was held after it was reserved. */
export const alreadyReserved = (doc: OrderDocument): boolean => hasAny(doc, 'allocated');
