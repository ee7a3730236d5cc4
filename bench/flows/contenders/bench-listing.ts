import { extendedAmount, money, roundHalfUp, sum } from '#model/kernel';
import type { Listing } from '#platform/engine';
import type { BenchDocument } from '../work/order-document.ts';

/** What lists show of an order of the bench: as much as of the product's own. */
export function listBenchOrder({ given, prices, booking, shipment, invoice }: BenchDocument): Listing {
  const amounts = given.lines.flatMap(({ lineNumber, unitPrice, quantity }) => {
    const price = unitPrice ?? prices[lineNumber]?.unitPrice;
    return price === undefined ? [] : [extendedAmount(price, quantity)];
  });
  const term = (kind: string, value: string | undefined) => (value === undefined ? [] : [{ kind, value }]);
  return {
    party: given.customer,
    partyName: 'Corner Shop & Daughters',
    worth: money(roundHalfUp(sum(amounts), 2), given.currency),
    ...(given.requestedDate === undefined ? {} : { dueBy: `${given.requestedDate}T23:59:59.000Z` }),
    sites: booking === undefined ? [] : ['NORTH'],
    source: given.source,
    terms: [
      ...term('order', given.orderNumber),
      ...term('purchase-order', given.customerPurchaseOrder),
      ...term('erp-sales-order', booking?.reference),
      ...term('shipment', shipment?.shipmentNumber),
      ...term('tracking', shipment?.trackingNumber),
      ...term('invoice', invoice?.reference),
      ...term('channel', given.channel),
      ...given.lines.flatMap(({ item }) => term('item', item)),
    ],
    shows: { channel: given.channel, lines: given.lines.length },
  };
}
