import type { Static } from 'typebox';
import { fulfilment, orderToCash } from '#business/flows';
import { pairExchanges } from '../exchanges/pair-exchanges.ts';
import { tableOf } from '../narrative/run-journal.ts';
import type { OrderPictures } from '../picture-schema.ts';
import type { OrderRecord } from '../record/order-record.ts';
import { flowPicture } from './flow-picture.ts';

const drawn: ReadonlySet<string> = new Set([orderToCash.name, fulfilment.name]);

/** The order's flow and those of its fulfilments, each with the way that it has gone. */
export function orderPictures(record: OrderRecord): Static<typeof OrderPictures> {
  const { order, runs, asOf } = record;
  const askings = pairExchanges(record).filter((exchange) => exchange.direction === 'out');
  return {
    orderNumber: order.key,
    pictures: runs
      .filter(({ flow }) => drawn.has(flow))
      .map((recorded) => flowPicture(recorded, tableOf(recorded.flow, recorded.run?.version), runs, askings, asOf)),
  };
}
