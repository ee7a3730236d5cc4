import type { SalesOrdersVerbs } from '#model/capabilities';
import { foundDone, notDone } from '#model/kernel';
import type { ErpAccess } from '../erp.ts';
import { type Booker, book } from './book.ts';
import { cancelBooking } from './cancel-booking.ts';
import { discardBooking } from './discard-booking.ts';
import { bookingOf, findSale, isBooked } from './sale-record.ts';

/** A booking is a sale: `reference` is the order number, `description` our key, `comment` the customer's purchase order. */
export const createSalesOrders = (erps: ErpAccess, booker: Booker): SalesOrdersVerbs => ({
  book: (request, call) => erps.during(call, (erp) => book(erp, booker, request, call)),
  findBooking: (request, call) =>
    erps.during(call, async (erp) => {
      const sale = await findSale(erp, request.orderNumber, call.key);
      return sale !== undefined && isBooked(sale) ? foundDone(bookingOf(sale)) : notDone;
    }),
  discardBooking: (request, call) => erps.during(call, (erp) => discardBooking(erp, request, call.key)),
  cancelBooking: (booking, call) => erps.during(call, (erp) => cancelBooking(erp, booking)),
});
