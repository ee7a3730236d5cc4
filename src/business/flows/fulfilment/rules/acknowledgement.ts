import type { Released } from '#model/capabilities';
import type { FulfilmentDocument } from '../document.ts';

interface Acknowledgement {
  readonly document: 'release' | 'cancellation';
  readonly accepted: boolean;
  readonly reasons: readonly string[];
}

/** The translator refused the release itself: the warehouse does not know of it. */
export const releaseRefused = (_: FulfilmentDocument, acknowledgement: Acknowledgement): boolean =>
  acknowledgement.document === 'release' && !acknowledgement.accepted;

export const isAboutTheRelease = (_: FulfilmentDocument, { document }: Acknowledgement): boolean =>
  document === 'release';

/** The release is with the warehouse, and how long its acknowledgement may take is known. */
export const noteRelease = (doc: FulfilmentDocument, { answer }: { readonly answer: Released }): FulfilmentDocument =>
  answer.acknowledgeWithinMs === undefined ? doc : { ...doc, acknowledgeWithinMs: answer.acknowledgeWithinMs };

export const acknowledgesNothing = ({ acknowledgeWithinMs }: FulfilmentDocument): boolean =>
  acknowledgeWithinMs === undefined;

export const noteAcknowledgement = (
  doc: FulfilmentDocument,
  { document, accepted, reasons }: Acknowledgement,
): FulfilmentDocument => ({
  ...doc,
  ...(document === 'release' ? { acknowledged: accepted } : {}),
  refusals: accepted ? doc.refusals : [...doc.refusals, ...reasons],
});
