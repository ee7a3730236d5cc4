import type { BookingRequest } from '#model/capabilities';
import { Fault } from '#model/kernel';
import type { Erp } from '../erp.ts';
import { press } from '../records.ts';
import { findSales, isBooked, type SaleRecord } from './sale-record.ts';

/** Tryton deletes what it can cancel; a sale that is confirmed and waits to be processed it can only once that is a draft again. */
async function discard(erp: Erp, { id, state }: SaleRecord): Promise<void> {
  if (state === 'confirmed') await press(erp, 'sale.sale', 'draft', [id]);
  await press(erp, 'sale.sale', 'delete', [id]);
}

/**
 * Deletes the sales under this key that were never booked: they would stand among the quotations that people work on. One that was
 * cancelled is left: somebody decided on it, and it holds nothing.
 */
export async function discardBooking(erp: Erp, request: BookingRequest, key: string): Promise<void> {
  const sales = await findSales(erp, request.orderNumber, key);
  for (const sale of sales.filter((found) => !isBooked(found) && found.state !== 'cancelled')) await discard(erp, sale);
  const booked = sales.find(isBooked);
  if (booked === undefined) return;
  throw new Fault('ambiguous', {
    code: 'booking-stands',
    message: `The sale ${booked.number ?? booked.id} was booked in Tryton meanwhile.`,
  });
}
