import type { Static } from 'typebox';
import { orderToCash } from '#business/flows';
import { type Decimal, extendedAmount, money, roundHalfUp, sum } from '#model/kernel';
import type { OrderRun } from './needs.ts';
import { documentOf } from './order-run.ts';
import type { Links, Money, OrderView } from './view-schema.ts';

export const orderLinks = (orderNumber: string): Static<typeof Links> => {
  const self = `/api/orders/v1/orders/${encodeURIComponent(orderNumber)}`;
  return { self, narrative: `${self}/narrative`, cancellation: `${self}/cancellation` };
};

/** A state of the flow in its own words. */
export const stateMeans = (state: string): string => orderToCash.table.states[state]?.means ?? '';

const withLine = <Entry extends { readonly lineNumber?: number }>({ lineNumber, ...rest }: Entry) => ({
  ...rest,
  ...(lineNumber === undefined ? {} : { line: lineNumber }),
});

type Document = ReturnType<typeof documentOf>;

/** Net of tax, at the prices given or quoted; undefined while a price is missing. */
function orderValue({ given, prices }: Document): Static<typeof Money> | undefined {
  const amounts: Decimal[] = [];
  for (const line of given.lines) {
    const price = line.unitPrice ?? prices[line.lineNumber]?.unitPrice;
    if (price === undefined) return undefined;
    amounts.push(extendedAmount(price, line.quantity));
  }
  return money(roundHalfUp(sum(amounts), 2), given.currency);
}

/** An order's run in the API's words. */
export function orderView(run: OrderRun): OrderView {
  const document = documentOf(run);
  const { given, lines, holds, waivers, bookings, fulfilments, shipments, invoices, cancellation } = document;
  const value = orderValue(document);
  return {
    ...given,
    state: run.state,
    stateMeans: stateMeans(run.state),
    phase: run.phase,
    ...(run.ending === undefined ? {} : { ending: run.ending }),
    ...(value === undefined ? {} : { value }),
    holds: holds.map(withLine),
    waivers: waivers.map(withLine),
    lines: given.lines.map((line) => {
      const quantities = lines[line.lineNumber];
      return quantities === undefined ? line : { ...line, quantities: { ...quantities } };
    }),
    bookings: bookings.map(({ site, booking: { reference, untaxed, tax, total } }) => ({
      reference,
      ...(site === undefined ? {} : { site }),
      untaxed,
      tax,
      total,
    })),
    fulfilments: fulfilments.map(({ fulfilmentNumber, site, ended }) => ({ fulfilmentNumber, site, ended })),
    shipments: [...shipments],
    invoices: invoices.map(({ number, untaxed, tax, total }) => ({ number, untaxed, tax, total })),
    ...(cancellation === undefined ? {} : { cancellation }),
    openCases: [...run.cases],
    acceptedAt: run.startedAt,
    updatedAt: run.updatedAt,
    links: orderLinks(given.orderNumber),
  };
}
