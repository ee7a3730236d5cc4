import type { CaseSubject } from '#platform/engine';
import type { FulfilmentDocument } from '../document.ts';

/** Who waits for this fulfilment, for how much, and until when. */
export const fulfilmentSubject = ({
  given: { fulfilment, booking, customer, currency },
}: FulfilmentDocument): CaseSubject => ({
  ...(customer === undefined ? {} : { party: customer }),
  ...(currency === undefined ? {} : { worth: { amount: booking.untaxed, currency } }),
  ...(fulfilment.requestedDate === undefined ? {} : { dueBy: `${fulfilment.requestedDate}T23:59:59.000Z` }),
});
