import type { Listing } from '#platform/engine';
import type { FulfilmentDocument } from '../document.ts';
import { fulfilmentSubject } from './subject.ts';

/** A fulfilment in lists: a part of its order, by whose numbers it is found. */
export function listFulfilment(doc: FulfilmentDocument): Listing {
  const { orderNumber, site } = doc.given.fulfilment;
  const { party, worth, dueBy } = fulfilmentSubject(doc);
  return {
    root: { flow: 'order-to-cash', key: orderNumber },
    ...(party === undefined ? {} : { party }),
    ...(worth === undefined ? {} : { worth }),
    ...(dueBy === undefined ? {} : { dueBy }),
    sites: [site],
    terms: [],
    shows: { lines: doc.given.fulfilment.lines.length },
  };
}
