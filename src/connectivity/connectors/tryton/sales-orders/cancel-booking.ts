import { type Static, Type } from 'typebox';
import type { Booking } from '#model/capabilities';
import { Fault } from '#model/kernel';
import type { Erp } from '../erp.ts';
import { giveUpInvoices, giveUpMoves } from '../exceptions.ts';
import { press, readOne } from '../records.ts';
import { Id, idOf, rowsOf } from '../wire.ts';

const Row = Type.Object({
  id: Id,
  state: Type.String(),
  shipment_state: Type.String(),
  invoice_state: Type.String(),
  'shipments.': Type.Array(
    Type.Object({
      id: Id,
      state: Type.String(),
      'outgoing_moves.': Type.Array(Type.Object({ id: Id, state: Type.String() })),
    }),
  ),
  'invoices.': Type.Array(Type.Object({ id: Id, state: Type.String() })),
});
type Row = Static<typeof Row>;
const readRows = rowsOf(Row);
const fields = [
  'state',
  'shipment_state',
  'invoice_state',
  'shipments.state',
  'shipments.outgoing_moves.state',
  'invoices.state',
];
const readIt = (erp: Erp, sale: number): Promise<Row> => readOne(erp, readRows, 'sale.sale', sale, fields);

const idsIn = (rows: readonly { readonly id: number; readonly state: string }[], states: readonly string[]): number[] =>
  rows.filter(({ state }) => states.includes(state)).map(({ id }) => id);

const unfinished = ['draft', 'waiting', 'assigned', 'picked', 'packed'];
const openShipments = (sale: Row): number[] => idsIn(sale['shipments.'], unfinished);
const nothingLeft = (sale: Row): boolean => !sale['shipments.'].some(({ state }) => state === 'done');

/** Charges fall with the order, unless some of it was shipped or invoiced already. */
const draftInvoices = (sale: Row): number[] =>
  nothingLeft(sale) && idsIn(sale['invoices.'], ['posted', 'paid']).length === 0
    ? idsIn(sale['invoices.'], ['draft', 'validated'])
    : [];

/** The sale did not hear yet of what was cancelled: with a queue, or when its processing met a lock. */
const isUnaware = (sale: Row): boolean =>
  (openShipments(sale).length === 0 && sale.shipment_state === 'waiting') ||
  (sale.invoice_state === 'waiting' && idsIn(sale['invoices.'], ['cancelled']).length > 0);

async function aware(erp: Erp, sale: Row): Promise<Row> {
  if (!isUnaware(sale)) return sale;
  await press(erp, 'sale.sale', 'process', [sale.id]);
  return readIt(erp, sale.id);
}

/** A sale that is being processed has no cancel of its own: its shipments are cancelled and the sale is told to let go of them. */
async function takeBack(erp: Erp, sale: Row): Promise<Row> {
  const shipments = openShipments(sale);
  const invoices = draftInvoices(sale);
  if (shipments.length > 0) await press(erp, 'stock.shipment.out', 'cancel', shipments);
  if (invoices.length > 0) await press(erp, 'account.invoice', 'cancel', invoices);
  const touched = shipments.length + invoices.length > 0;
  const after = await aware(erp, touched ? await readIt(erp, sale.id) : sale);
  if (after.shipment_state !== 'exception' && after.invoice_state !== 'exception') return after;
  if (after.shipment_state === 'exception') {
    const moves = after['shipments.'].flatMap((shipment) => idsIn(shipment['outgoing_moves.'], ['cancelled']));
    await giveUpMoves(erp, sale.id, moves);
  }
  if (after.invoice_state === 'exception') {
    await giveUpInvoices(erp, sale.id, idsIn(after['invoices.'], ['cancelled']));
  }
  const settled = await readIt(erp, sale.id);
  if (settled.shipment_state !== 'exception' && settled.invoice_state !== 'exception') return settled;
  await press(erp, 'sale.sale', 'process', [sale.id]);
  return readIt(erp, sale.id);
}

/** Before processing a sale is simply cancelled, from `confirmed` by way of `draft`. */
async function cancelBefore(erp: Erp, sale: Row): Promise<Row> {
  if (sale.state === 'confirmed') await press(erp, 'sale.sale', 'draft', [sale.id]);
  await press(erp, 'sale.sale', 'cancel', [sale.id]);
  return readIt(erp, sale.id);
}

const beforeProcessing = ['draft', 'quotation', 'confirmed'];
const isTakenBack = (sale: Row): boolean =>
  sale.state === 'cancelled' ||
  (!beforeProcessing.includes(sale.state) && openShipments(sale).length === 0 && sale.shipment_state !== 'exception');

/** Takes back what was not shipped. Doing it again, or after somebody else did it, changes nothing. */
export async function cancelBooking(erp: Erp, booking: Booking): Promise<void> {
  const sale = await readIt(erp, idOf(booking.id));
  if (sale.state === 'cancelled') return;
  const after = beforeProcessing.includes(sale.state) ? await cancelBefore(erp, sale) : await takeBack(erp, sale);
  if (isTakenBack(after)) return;
  throw new Fault('ambiguous', {
    code: 'booking-not-taken-back',
    message: `The sale ${booking.reference} is "${after.state}" with shipments "${after.shipment_state}" in Tryton after it was cancelled.`,
  });
}
