import { demandOf, type OrderDocument, orderNews } from '#business/flows';
import type { Order } from '#model/canonical';
import type { Asking, Hearing } from '../exchanges/order-exchange.ts';
import { pairExchanges } from '../exchanges/pair-exchanges.ts';
import { runName } from '../narrative/run-journal.ts';
import type { OrderRun } from '../needs.ts';
import { documentOf } from '../order-run.ts';
import type { OrderRecord, RecordedRun } from '../record/order-record.ts';
import { type BookedOrder, gatherBooking } from './booked-order.ts';
import { gatherHandover, type Handover, named } from './handover.ts';
import { type Progressed, progressOf } from './progress.ts';

/** All that bears on who believes what. */
export interface Evidence {
  readonly order: OrderRun;
  readonly document: OrderDocument;
  readonly demand: Order;
  readonly asOf: string;
  readonly record: OrderRecord;
  readonly askings: readonly Asking[];
  readonly hearings: readonly Hearing[];
  readonly progress: Progressed;
  readonly bookings: readonly BookedOrder[];
  readonly handovers: readonly Handover[];
  readonly news?: RecordedRun;
}

/** Gathers from the journals what each system has said of the order, and how far it is with what it has not said. */
export function gatherEvidence(record: OrderRecord): Evidence {
  const { order, runs, asOf } = record;
  const document = documentOf(order);
  const exchanges = pairExchanges(record);
  const askings = exchanges.filter((each) => each.direction === 'out');
  const hearings = exchanges.filter((each) => each.direction === 'in');
  const byName = new Map(runs.map((each) => [runName(each), each]));
  const progress: Progressed = (asking) => progressOf(asking, byName.get(asking.run), asOf);
  const handovers = document.fulfilments.map((known) => gatherHandover(known, record, askings, hearings, progress));
  const latest = new Map(named('book-in-erp', askings).map((each) => [each.occurrence, each]));
  const news = runs.find(({ flow }) => flow === orderNews.name);
  return {
    ...{ order, document, demand: demandOf(document), asOf, record, askings, hearings, progress },
    bookings: [...latest.values()]
      .filter(({ request }) => request !== undefined)
      .map((each) => gatherBooking(each, askings, handovers, progress)),
    handovers,
    ...(news === undefined ? {} : { news }),
  };
}
