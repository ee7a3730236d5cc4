import type { LedgerEntry, LedgerNote } from '../../../simulators/kit/index.ts';
import type { BookedInvoice, BookedSale, BookedShipment, BookLine, TrytonBooks } from './tryton-books.ts';

/** A sale that came so far was confirmed. */
const confirmed: readonly string[] = ['confirmed', 'processing', 'done'];

const documentLines = (lines: readonly BookLine[]) =>
  lines.map(({ item, quantity, unitPrice }) => ({
    product: item,
    quantity: quantity.toFixed(),
    unitPrice: unitPrice.toFixed(),
  }));

const amounts = ({ untaxed, tax, total }: BookedSale | BookedInvoice) => ({
  untaxed: untaxed.toFixed(2),
  tax: tax.toFixed(2),
  total: total.toFixed(2),
});

function saleNotes(sale: BookedSale): readonly LedgerNote[] {
  const { reference, description, comment, warehouse, number, state, isDated } = sale;
  const about = { reference, description, comment, warehouse, number };
  const booked = { kind: 'sale-confirmed', ...about, lines: documentLines(sale.lines), ...amounts(sale) };
  if (confirmed.includes(state)) return [booked];
  if (state !== 'cancelled') return [];
  // Confirmation gives a sale its date: without one it was given up as a draft.
  return [...(isDated ? [booked] : []), { kind: 'sale-cancelled', ...about }];
}

function shipmentNotes(shipment: BookedShipment): readonly LedgerNote[] {
  const { orders, reference, number, warehouse, state, moves } = shipment;
  const kind = state === 'done' ? 'shipment-done' : 'shipment-cancelled';
  if (state !== 'done' && state !== 'cancelled') return [];
  const lines = moves.filter((move) => move.state === state);
  return [
    {
      kind,
      reference: orders.join(' '),
      shipment: reference,
      number,
      warehouse,
      lines: lines.map(({ item, quantity }) => ({ product: item, quantity: quantity.toFixed() })),
    },
  ];
}

const isPosted = ({ state }: BookedInvoice): boolean => state === 'posted' || state === 'paid';

const invoiceNote = (invoice: BookedInvoice): LedgerNote => ({
  kind: 'invoice-posted',
  // One of several orders at once would be of none that was promised, and so be found out.
  reference: invoice.orders.join(' '),
  number: invoice.number,
  lines: documentLines(invoice.lines),
  ...amounts(invoice),
});

/** What the books show to have been done, in the words of the simulated ERP's ledger. `at`: when they were read. */
export const ledgerOf = ({ sales, shipments, invoices }: TrytonBooks, at: string): readonly LedgerEntry[] =>
  [...sales.flatMap(saleNotes), ...shipments.flatMap(shipmentNotes), ...invoices.filter(isPosted).map(invoiceNote)].map(
    (note) => ({ at, system: 'erp', ...note }),
  );
