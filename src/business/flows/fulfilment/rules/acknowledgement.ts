import type { FulfilmentDocument } from '../document.ts';

interface Acknowledgement {
  readonly document: 'release' | 'cancellation';
  readonly accepted: boolean;
  readonly reasons: readonly string[];
}

/** The translator refused the release itself: the warehouse does not know of it. */
export const releaseRefused = (_: FulfilmentDocument, acknowledgement: Acknowledgement): boolean =>
  acknowledgement.document === 'release' && !acknowledgement.accepted;

export const noteAcknowledgement = (
  doc: FulfilmentDocument,
  { document, accepted, reasons }: Acknowledgement,
): FulfilmentDocument => ({
  ...doc,
  ...(document === 'release' ? { acknowledged: accepted } : {}),
  refusals: accepted ? doc.refusals : [...doc.refusals, ...reasons],
});
