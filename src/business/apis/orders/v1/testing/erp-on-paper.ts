import type { Actor } from '#business/flows/testing';
import type { Booking, BookingRequest, GoodsIssueRequest, InvoiceRequest } from '#model/capabilities';
import { add, type Decimal, decimal, extendedAmount, multiply, roundHalfUp, sum } from '#model/kernel';

const taxed = (untaxed: Decimal) => {
  const tax = roundHalfUp(multiply(untaxed, decimal('0.20')), 2);
  return { untaxed, tax, total: add(untaxed, tax) };
};

/** An ERP that books what it is asked, and invoices what was issued; charges with the first invoice of a booking. */
export function erpOnPaper(): Readonly<Record<string, Actor>> {
  const booked = new Map<string, BookingRequest>();
  const issued = new Map<string, GoodsIssueRequest['lines'][number][]>();
  const charged = new Set<string>();
  let invoices = 0;
  return {
    'book-in-erp': (request: BookingRequest): Booking => {
      const id = String(booked.size + 1);
      booked.set(id, request);
      return {
        id,
        reference: `SO${id}`,
        ...taxed(sum(request.lines.map(({ unitPrice, quantity }) => extendedAmount(unitPrice, quantity)))),
      };
    },
    'issue-goods': ({ booking, lines }: GoodsIssueRequest) => {
      issued.set(booking.id, [...(issued.get(booking.id) ?? []), ...lines]);
      return { id: booking.id, reference: `SHP${booking.id}` };
    },
    'post-invoice': ({ booking }: InvoiceRequest) => {
      const request = booked.get(booking.id);
      const due = issued.get(booking.id) ?? [];
      issued.delete(booking.id);
      const charges = charged.has(booking.id) ? [] : (request?.lines ?? []).filter(({ kind }) => kind === 'charge');
      charged.add(booking.id);
      const priceOf = (line: number): Decimal =>
        request?.lines.find(({ lineNumber }) => lineNumber === line)?.unitPrice ?? decimal('0');
      const lines = [
        ...due.map(({ lineNumber, item, shipped }) => ({ item, quantity: shipped, unitPrice: priceOf(lineNumber) })),
        ...charges.map(({ item, quantity, unitPrice }) => ({ item, quantity, unitPrice })),
      ];
      invoices += 1;
      const untaxed = sum(lines.map(({ unitPrice, quantity }) => extendedAmount(unitPrice, quantity)));
      return { invoices: [{ id: String(invoices), number: `INV${invoices}`, ...taxed(untaxed), lines }] };
    },
    'invoice-charges': ({ booking }: InvoiceRequest) => {
      const charges = (booked.get(booking.id)?.lines ?? []).filter(({ kind }) => kind === 'charge');
      const lines = charges.map(({ item, quantity, unitPrice }) => ({ item, quantity, unitPrice }));
      const untaxed = sum(lines.map(({ unitPrice, quantity }) => extendedAmount(unitPrice, quantity)));
      return { invoices: [{ id: 'C', number: 'INVC', ...taxed(untaxed), lines }] };
    },
  };
}
