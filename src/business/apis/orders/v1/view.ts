import type { Static } from 'typebox';
import { demandOf, orderToCash, orderWorth } from '#business/flows';
import type { OrderRun } from './needs.ts';
import { documentOf } from './order-run.ts';
import type { DoorCatalogue } from './submission/context.ts';
import type { Links, OrderView } from './view-schema.ts';

export const orderLinks = (orderNumber: string): Static<typeof Links> => {
  const self = `/api/orders/v1/orders/${encodeURIComponent(orderNumber)}`;
  return { self, narrative: `${self}/narrative`, cancellation: `${self}/cancellation`, changes: `${self}/changes` };
};

/** A state of the flow in its own words. */
export const stateMeans = (state: string): string => orderToCash.table.states[state]?.means ?? '';

const withLine = <Entry extends { readonly lineNumber?: number }>({ lineNumber, ...rest }: Entry) => ({
  ...rest,
  ...(lineNumber === undefined ? {} : { line: lineNumber }),
});

/** An order's run in the API's words. `catalogue`: who the customer is by name, where that is known. */
export function orderView(run: OrderRun, catalogue?: Pick<DoorCatalogue, 'customer'>): OrderView {
  const document = documentOf(run);
  const given = demandOf(document);
  const { lines, holds, waivers, bookings, fulfilments, shipments, invoices, changes = [], cancellation } = document;
  const value = orderWorth(document);
  const customerName = catalogue?.customer(given.customer)?.name;
  return {
    ...given,
    ...(customerName === undefined ? {} : { customerName }),
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
    bookings: bookings.map(({ site, withdrawn, booking: { reference, untaxed, tax, total } }) => ({
      reference,
      ...(site === undefined ? {} : { site }),
      untaxed,
      tax,
      total,
      ...(withdrawn === undefined ? {} : { withdrawn }),
    })),
    fulfilments: fulfilments.map(({ fulfilmentNumber, site, ended }) => ({ fulfilmentNumber, site, ended })),
    shipments: [...shipments],
    invoices: invoices.map(({ number, untaxed, tax, total }) => ({ number, untaxed, tax, total })),
    changes: changes.map(({ messageId: _, wanted: __, what, ...change }) => ({ ...change, what: [...what] })),
    ...(cancellation === undefined ? {} : { cancellation }),
    openCases: [...run.cases],
    acceptedAt: run.startedAt,
    updatedAt: run.updatedAt,
    links: orderLinks(given.orderNumber),
  };
}
