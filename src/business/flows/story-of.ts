import { fulfilment } from './fulfilment/flow.ts';
import { orderToCash } from './order-to-cash/flow.ts';

/** A fulfilment's number begins with its order's: `100001-NORTH-1`. */
const fulfilmentNumber = /^(\d+)-/;

/** The order of which a run tells: of a fulfilment, of the news for the CRM and of the notices to the customer, by their keys alone. */
export function storyOf(flow: string, key: string): { readonly flow: string; readonly key: string } {
  const order = flow === fulfilment.name ? (fulfilmentNumber.exec(key)?.[1] ?? key) : key;
  return { flow: orderToCash.name, key: order };
}
